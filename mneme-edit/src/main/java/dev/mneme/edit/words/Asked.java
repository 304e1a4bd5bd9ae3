package dev.mneme.edit.words;

import dev.mneme.edit.region.Region;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a sentence asks for, how strongly, and where.
 *
 * @param sentence as it was said
 * @param wish what an encoder is to read: the sentence without intensity and place
 * @param intensity what the strength is multiplied by; 1 where nothing is said
 * @param place empty for the whole picture
 * @param deed what is done there
 */
public record Asked(
    String sentence, String wish, double intensity, Optional<Region> place, Deed deed) {
  /** The most an edit is done: twice as learned. */
  private static final double MOST = 2;

  /** Reads a sentence. "Make the sky slightly warmer" is "make it warmer", 0.5, the sky. */
  public static Asked of(String sentence) {
    Placed placed = Placed.of(sentence);
    Intensity intensity = Intensity.of(placed.wish());
    Deed deed = placed.place().isPresent() ? Deed.of(placed.wish()) : new Deed.Rewrite();
    return new Asked(sentence, intensity.wish(), intensity.factor(), placed.place(), deed);
  }

  /**
   * What was heard beside the wish, for people: {@code intensity 0.5, place "sky"}.
   *
   * @return empty where the sentence says neither
   */
  public String heard() {
    List<String> heard = new ArrayList<>();
    if (intensity != 1) {
      heard.add("intensity " + BigDecimal.valueOf(intensity).stripTrailingZeros().toPlainString());
    }
    place.ifPresent(region -> heard.add("place \"" + region.name() + '"'));
    return String.join(", ", heard);
  }

  /** The same of a sentence that was said in other words. */
  public Asked saying(String said) {
    return new Asked(said, wish, intensity, place, deed);
  }

  /** The same without the place, which something else says. */
  public Asked anywhere() {
    return new Asked(sentence, wish, intensity, Optional.empty(), Deed.of(wish));
  }

  /** The strength that a base strength of 0 to 2 becomes, at most 2. */
  public double strength(double base) {
    return Math.min(MOST, base * intensity);
  }
}
