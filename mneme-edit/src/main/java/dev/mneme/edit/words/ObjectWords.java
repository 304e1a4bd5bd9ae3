package dev.mneme.edit.words;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How objects are said in one language: {@code objects.txt}.
 *
 * @param pattern finds an object and what points at it ("the red car")
 * @param pointing what points at it
 */
record ObjectWords(String pattern, Pattern pointing) {
  private static final String THE =
      "(?:the|that|this|my|your|his|her|its|their|our) (?:whole |entire )?";
  private static final String LIKE =
      "(?:(?:red|orange|yellow|green|blue|purple|pink|brown|white|grey|gray|black|big|little|small|large|old|wooden|golden|shiny) ){0,2}";
  private static final String THAT =
      "(?:(?:画面|照片|图片)?(?:里|中|上)的)?[那这](?:个|只|条|朵|棵|辆|本|把|匹|头|艘|架|顶|件|双|张|块|颗|瓶|杯|座|栋|台|盏|碗|根|枚)?";

  static ObjectWords of(Language language) {
    List<String> names =
        RuleFile.read("objects.txt").section(language.heading("objects")).stream()
            .flatMap(line -> Stream.of(line.split("\\|")))
            .sorted(Comparator.comparing(String::length).reversed().thenComparing(n -> n))
            .toList();
    if (language == Language.ENGLISH) {
      return new ObjectWords(
          THE + LIKE + any(names.stream()) + "(?:e?s)?(?![a-z-])", RuleFile.pattern("^" + THE));
    }
    String bare = any(names.stream().filter(name -> name.length() > 1));
    return new ObjectWords(
        "(?:" + THAT + any(names.stream()) + "|" + bare + ")", RuleFile.pattern("^" + THAT));
  }

  private static String any(Stream<String> names) {
    return names.map(Pattern::quote).collect(Collectors.joining("|", "(?:", ")"));
  }

  /** What an object is called, without what points at it. */
  String name(String words) {
    return pointing.matcher(words.strip()).replaceFirst("").strip();
  }
}
