package dev.mneme.edit.retouch;

import dev.mneme.edit.picture.Mask;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.edit.words.Deed;

/** Does what needs no weights. */
public final class Retouch {
  private Retouch() {}

  /**
   * A photograph after a deed.
   *
   * @param photo unchanged
   * @param deed a retouch
   * @param where what it is done to; pixels outside stay as they are
   * @param strength 0 for nothing, 1 and more for all of it
   * @throws IllegalArgumentException if the deed is the memory's
   */
  public static RasterImage of(RasterImage photo, Deed deed, Mask where, double strength) {
    double share = Math.min(1, strength);
    if (deed instanceof Deed.Recolour recolour) {
      return Recolour.of(photo, where, recolour.colour().oklab(), share);
    } else if (deed instanceof Deed.Remove) {
      return Fill.of(photo, where, share);
    }
    throw new IllegalArgumentException("Expected a retouch, found a wish that the memory answers");
  }
}
