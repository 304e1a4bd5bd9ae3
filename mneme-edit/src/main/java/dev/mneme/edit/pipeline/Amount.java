package dev.mneme.edit.pipeline;

import dev.mneme.edit.picture.Mask;
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

  /** The same strength, inside a mask only. */
  public Amount within(Mask where) {
    return new Amount(strength, Optional.of(where));
  }
}
