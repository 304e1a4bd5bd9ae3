package dev.mneme.edit.words;

import dev.mneme.edit.region.Region;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a sentence asks for its change: "blur the background" is the wish "blur it", in the
 * background.
 *
 * @param wish the sentence without the words of its place
 * @param place empty for the whole picture
 */
public record Placed(String wish, Optional<Region> place) {
  private static final class Known {
    static final Map<Language, PlaceRules> RULES = new EnumMap<>(Language.class);

    static {
      RuleFile file = RuleFile.read("places.txt");
      for (Language language : Language.values()) {
        RULES.put(language, new PlaceRules(file, ObjectWords.of(language), language));
      }
    }
  }

  /**
   * What a sentence says; one that names two places, or a place and no wish, or has more than 1,000
   * letters, is left whole.
   */
  public static Placed of(String sentence) {
    return Limit.exceededBy(sentence)
        ? new Placed(sentence, Optional.empty())
        : Known.RULES.get(Language.of(sentence)).read(sentence);
  }
}
