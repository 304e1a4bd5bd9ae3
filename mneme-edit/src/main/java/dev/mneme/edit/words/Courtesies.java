package dev.mneme.edit.words;

import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What people say around a wish to be polite: {@code courtesies.txt}. It asks for nothing, and an
 * encoder takes it for a part of what is meant.
 */
public final class Courtesies {
  private static final String GAP = "[\\s,，.。!！?？、~～]*";

  private static final Map<Language, Courtesies> RULES = new EnumMap<>(Language.class);

  static {
    RuleFile file = RuleFile.read("courtesies.txt");
    for (Language language : Language.values()) {
      RULES.put(language, new Courtesies(file, language));
    }
  }

  private final Pattern before;
  private final Pattern after;

  private Courtesies(RuleFile file, Language language) {
    String first = file.any(language.heading("before")).pattern();
    String last = file.any(language.heading("after")).pattern();
    before = RuleFile.pattern("^" + GAP + "(?:" + first + ")" + GAP);
    after = RuleFile.pattern(GAP + "(?:" + last + ")" + GAP + "$");
  }

  /**
   * The sentence without them, "could you please make it warmer, thanks" as "make it warmer"; the
   * sentence itself where there are none, where it is nothing else, or where it is longer than
   * 1,000 letters.
   */
  public static String without(String sentence) {
    if (Limit.exceededBy(sentence)) {
      return sentence;
    }
    Courtesies rules = RULES.get(Language.of(sentence));
    String wish = sentence;
    // One after another: a pattern that repeats itself would go as deep as there are repeats.
    for (Matcher end = rules.after.matcher(wish); end.find(); end = rules.after.matcher(wish)) {
      wish = wish.substring(0, end.start());
    }
    for (Matcher begin = rules.before.matcher(wish);
        begin.find();
        begin = rules.before.matcher(wish)) {
      wish = wish.substring(begin.end());
    }
    return wish.codePoints().anyMatch(Character::isLetter) ? wish : sentence;
  }
}
