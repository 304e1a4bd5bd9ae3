package dev.mneme.edit.words;

import java.util.Optional;
import java.util.regex.Matcher;

/** The rules of {@code deeds.txt}. */
final class DeedRules {
  private static final RuleFile FILE = RuleFile.read("deeds.txt");

  private DeedRules() {}

  static Optional<Deed> read(String wish) {
    String said = wish.strip();
    Language language = Language.of(said);
    if (FILE.any(language.heading("remove")).matcher(said).matches()) {
      return Optional.of(new Deed.Remove());
    }
    Matcher recolour = FILE.any(language.heading("recolour")).matcher(said);
    return recolour.matches() ? colour(language, recolour.group("colour")) : Optional.empty();
  }

  private static Optional<Deed> colour(Language language, String word) {
    for (Colour colour : Colour.values()) {
      String names = FILE.section(language.heading("colours")).get(colour.ordinal());
      if (RuleFile.pattern(names).matcher(word).matches()) {
        return Optional.of(new Deed.Recolour(colour));
      }
    }
    return Optional.empty();
  }
}
