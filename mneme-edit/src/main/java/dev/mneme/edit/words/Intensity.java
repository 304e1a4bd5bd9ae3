package dev.mneme.edit.words;

import java.util.EnumMap;
import java.util.Map;

/**
 * How strongly a sentence asks: "make it slightly warmer" is the wish "make it warmer" at half its
 * strength. Words that describe the picture ("much too dark", "a lot of noise") stay in the wish.
 *
 * @param wish the sentence without the words of its intensity
 * @param factor what the strength is multiplied by: 0.3 to 2, and 1 where no word says more or less
 */
public record Intensity(String wish, double factor) {
  private static final class Known {
    static final Map<Language, IntensityRules> RULES = new EnumMap<>(Language.class);

    static {
      RuleFile file = RuleFile.read("intensity.txt");
      for (Language language : Language.values()) {
        RULES.put(language, new IntensityRules(file, language));
      }
    }
  }

  /**
   * What a sentence says; white space is tidied where words leave it. One of more than 1,000
   * letters says nothing.
   */
  public static Intensity of(String sentence) {
    return Limit.exceededBy(sentence)
        ? new Intensity(sentence, 1)
        : Known.RULES.get(Language.of(sentence)).read(sentence);
  }
}
