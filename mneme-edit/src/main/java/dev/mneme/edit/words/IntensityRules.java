package dev.mneme.edit.words;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The rules of {@code intensity.txt} for one language. Immutable. */
final class IntensityRules {
  /** A place where a word is an intensity, and what is put instead of it. */
  private record Rule(Pattern pattern, String instead) {}

  private final Map<String, Double> factors = new HashMap<>();
  private final List<Rule> rules = new ArrayList<>();
  private final List<Rule> wholes = new ArrayList<>(); // what a clause of its own says of all
  private final Set<String> endings;
  private final Pattern before;
  private final Clauses clauses;

  IntensityRules(RuleFile file, Language language) {
    for (String line : file.section(language.heading("words"))) {
      String[] words = line.split("\\|");
      for (int i = 1; i < words.length; i++) {
        factors.put(words[i].strip(), Double.parseDouble(words[0].strip()));
      }
    }
    String any = // longest first, or "a little" would hide "a little bit"
        factors.keySet().stream()
            .sorted(Comparator.comparing(String::length).reversed().thenComparing(w -> w))
            .map(Pattern::quote)
            .collect(Collectors.joining("|", "(?<word>", ")"));
    for (String line : file.section(language.heading("patterns"))) {
      rules.add(rule(line, any));
    }
    for (String line : file.section(language.heading("of all"))) {
      wholes.add(rule(line, any));
    }
    endings = new HashSet<>();
    for (String line : file.section(language.heading("only at the end"))) {
      for (String word : line.split("\\|")) {
        endings.add(word.strip());
      }
    }
    before = file.any(language.heading("before"));
    clauses = new Clauses(file, language);
  }

  private static Rule rule(String line, String any) {
    String[] parts = line.split(" => ");
    String pattern =
        parts[0].replace("<cut>", "(?<cut>").replace("</cut>", ")").replace("{word}", any);
    return new Rule(RuleFile.pattern(pattern), parts.length > 1 ? parts[1] : "");
  }

  Intensity read(String sentence) {
    for (Rule whole : wholes) {
      Matcher found = whole.pattern().matcher(sentence);
      if (found.find() && cuts(sentence.substring(0, found.start("cut"))).isEmpty()) {
        Cut cut = cut(found, whole);
        return new Intensity(Cut.tidy(Cut.out(sentence, List.of(cut))), cut.factor());
      }
    }
    List<Cut> cuts = cuts(sentence);
    if (cuts.isEmpty() || !clauses.allow(sentence, cuts)) {
      return new Intensity(sentence, 1);
    }
    double least = cuts.stream().mapToDouble(Cut::factor).min().getAsDouble();
    double most = cuts.stream().mapToDouble(Cut::factor).max().getAsDouble();
    String wish = Cut.tidy(Cut.out(sentence, cuts));
    if ((least < 1 && most > 1) || wish.isBlank()) { // two wishes, and one strength
      return new Intensity(sentence, 1);
    }
    return new Intensity(wish, most < 1 ? least : most);
  }

  private Cut cut(Matcher found, Rule rule) {
    double factor = factors.get(found.group("word").toLowerCase(Locale.ROOT));
    return new Cut(found.start("cut"), found.end("cut"), factor, rule.instead());
  }

  private List<Cut> cuts(String sentence) {
    List<Cut> cuts = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      Matcher found = rules.get(i).pattern().matcher(sentence);
      while (found.find()) {
        String word = found.group("word").toLowerCase(Locale.ROOT);
        int from = found.start("cut");
        int to = found.end("cut");
        boolean lone = i < rules.size() - 1 || endings.contains(word); // the last rule is for these
        boolean described = before.matcher(sentence.substring(0, found.start("word"))).find();
        if (lone && !described && cuts.stream().noneMatch(cut -> cut.meets(from, to))) {
          cuts.add(cut(found, rules.get(i)));
        }
      }
    }
    cuts.sort(Comparator.comparingInt(Cut::from));
    return cuts;
  }
}
