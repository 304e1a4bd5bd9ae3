package dev.mneme.edit.pipeline;

import dev.mneme.edit.picture.Mask;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.edit.words.Asked;
import java.util.Optional;

/**
 * How much of an edit is done, and where.
 *
 * <p>A pixel becomes {@code source + m (edited - source)}, where {@code edited} is the edit at this
 * strength, clamped to [0, 1], and m the mask's amount there: as a layer mask in a picture editor.
 *
 * @param strength over the whole picture: 0 gives the same pixels back, 1 the edit as learned, up
 *     to 2
 * @param mask where; empty for everywhere
 */
public record Amount(double strength, Optional<Mask> mask) {
  /**
   * @throws IllegalArgumentException if the strength is not in [0, 2]
   */
  public Amount {
    if (!(strength >= 0 && strength <= 2)) {
      throw new IllegalArgumentException("Strength must be from 0 to 2, found " + strength);
    }
  }

  /** Everywhere alike. */
  public static Amount of(double strength) {
    return new Amount(strength, Optional.empty());
  }

  /**
   * As strongly as a sentence asks, where it asks.
   *
   * @param strength of the sentence without its intensity, in [0, 2]
   * @param photo where the place of the sentence is sought
   * @throws dev.mneme.edit.region.PlaceNotFoundException if the photo does not show that place
   */
  public static Amount of(Asked asked, double strength, RasterImage photo) {
    return new Amount(asked.strength(strength), asked.place().map(region -> region.in(photo)));
  }

  /** The same strength, inside a mask only. */
  public Amount within(Mask where) {
    return new Amount(strength, Optional.of(where));
  }
}
