package dev.mneme.edit.picture;

import java.util.Arrays;

/** A picture before an edit and after it, next to each other with a thin grey line between. */
public final class SideBySide {
  private static final byte GREY = (byte) 128;

  private SideBySide() {}

  /**
   * Before on the left, after on the right; what is transparent is laid on white.
   *
   * @throws IllegalArgumentException if the sizes differ
   */
  public static RasterImage of(RasterImage before, RasterImage after) {
    if (before.width() != after.width() || before.height() != after.height()) {
      throw new IllegalArgumentException(
          "Expected two pictures of one size, found %d x %d and %d x %d"
              .formatted(before.width(), before.height(), after.width(), after.height()));
    }
    int line = divider(before.width());
    int width = Math.addExact(Math.multiplyExact(2, before.width()), line);
    RasterImage out = new RasterImage(width, before.height());
    byte[] left = before.onWhite().rgbBytes();
    byte[] right = after.onWhite().rgbBytes();
    int row = 3 * before.width();
    for (int y = 0; y < before.height(); y++) {
      int to = 3 * width * y;
      System.arraycopy(left, row * y, out.rgbBytes(), to, row);
      Arrays.fill(out.rgbBytes(), to + row, to + row + 3 * line, GREY);
      System.arraycopy(right, row * y, out.rgbBytes(), to + row + 3 * line, row);
    }
    return out;
  }

  /** Columns of the line between two pictures of this width: about half a percent, at least 2. */
  static int divider(int width) {
    return Math.max(2, width / 200);
  }
}
