package dev.mneme.edit.picture;

import dev.mneme.edit.picture.PictureException.Kind;

/**
 * How large a picture may be. Checked against the header, before anything is decoded.
 *
 * @param longestSide columns or rows
 * @param pixels columns times rows; reading takes up to about ten bytes of memory a pixel
 * @param fileBytes size of the file
 */
public record PictureLimits(int longestSide, long pixels, long fileBytes) {
  /** 100 megapixels, sides of 30 000, files of 512 MiB. */
  public static final PictureLimits USUAL = new PictureLimits(30_000, 100_000_000, 512L << 20);

  /**
   * No format packs photographs this tightly: deflate ends at 1 032 bytes for one, so a bilevel PNG
   * at 8 256 pixels a byte. Beyond it a file is built to exhaust memory.
   */
  private static final long PIXELS_PER_BYTE = 10_000;

  /** Pictures this small are harmless whatever their file size. */
  private static final long HARMLESS_PIXELS = 1_000_000;

  /** Beyond these the arrays of Java end. */
  private static final long MOST_PIXELS = 700_000_000;

  private static final long MOST_BYTES = 2_000_000_000;

  public PictureLimits {
    if (pixels > MOST_PIXELS || fileBytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "Expected limits of at most %d pixels and %d bytes, found %d and %d"
              .formatted(MOST_PIXELS, MOST_BYTES, pixels, fileBytes));
    }
    if (longestSide < 1 || pixels < 1 || fileBytes < 1) {
      throw new IllegalArgumentException(
          "Expected limits of at least 1, found %d, %d, %d"
              .formatted(longestSide, pixels, fileBytes));
    }
  }

  void checkSize(String file, long width, long height) throws PictureException {
    if (width < 1 || height < 1) {
      throw new PictureException(
          Kind.TRUNCATED,
          file,
          "expected a picture of at least 1 x 1, found a header that says %d x %d"
              .formatted(width, height),
          "Fetch or export the file again");
    }
    if (width > longestSide || height > longestSide || width * height > pixels) {
      throw new PictureException(
          Kind.TOO_LARGE,
          file,
          "expected at most %d pixels with sides of at most %d, found %d x %d"
              .formatted(pixels, longestSide, width, height),
          "Reduce the picture, or raise the limit");
    }
  }

  void checkPlausible(String file, long width, long height, long bytes) throws PictureException {
    if (width * height > HARMLESS_PIXELS && width * height > PIXELS_PER_BYTE * bytes) {
      throw new PictureException(
          Kind.TOO_LARGE,
          file,
          "expected pixels in proportion to the file, found %d x %d claimed by %d bytes"
              .formatted(width, height, bytes),
          "If the picture is genuine, export it again with less compression");
    }
  }
}
