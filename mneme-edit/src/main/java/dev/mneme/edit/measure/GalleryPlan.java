package dev.mneme.edit.measure;

/**
 * How large a gallery is.
 *
 * @param pairs of before and after, at least 1; every task comes up before any comes again
 * @param longest side of a picture in pixels, at least 16
 */
public record GalleryPlan(int pairs, int longest) {
  /** 48 pairs of pictures that four fit beside each other on a page. */
  public static final GalleryPlan USUAL = new GalleryPlan(48, 224);

  /**
   * @throws IllegalArgumentException if there is nothing to show
   */
  public GalleryPlan {
    if (pairs < 1 || longest < 16) {
      throw new IllegalArgumentException(
          "Expected at least 1 pair of pictures of at least 16 pixels, found %d of %d"
              .formatted(pairs, longest));
    }
  }
}
