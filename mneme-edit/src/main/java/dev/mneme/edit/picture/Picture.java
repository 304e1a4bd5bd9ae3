package dev.mneme.edit.picture;

import java.util.Objects;

/**
 * An RGB picture in memory: sRGB-encoded values in [0, 1], channel by channel.
 *
 * <p>The value of channel {@code c} (0 red, 1 green, 2 blue) at column {@code x} and row {@code y}
 * is {@code rgb[(c * height + y) * width + x]}. The array is owned by the picture: nobody writes to
 * it after construction.
 *
 * @param width columns, at least 1
 * @param height rows, at least 1
 * @param rgb {@code 3 * width * height} values
 */
public record Picture(int width, int height, float[] rgb) {
  public Picture {
    Objects.requireNonNull(rgb, "rgb");
    if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
      throw new IllegalArgumentException(
          "A picture of %d x %d needs %d values, found %d"
              .formatted(width, height, 3L * width * height, rgb.length));
    }
  }

  /** Number of values of one channel: {@code width * height}. */
  public int plane() {
    return width * height;
  }

  /** The value of one channel at one pixel. */
  public float at(int channel, int x, int y) {
    return rgb[(channel * height + y) * width + x];
  }

  /**
   * A copy of the rectangle whose upper left corner is (x, y).
   *
   * @throws IllegalArgumentException if the rectangle does not lie inside the picture
   */
  public Picture crop(int x, int y, int cropWidth, int cropHeight) {
    if (x < 0
        || y < 0
        || cropWidth < 1
        || cropHeight < 1
        || x + cropWidth > width
        || y + cropHeight > height) {
      throw new IllegalArgumentException(
          "Rectangle %d x %d at (%d, %d) is outside a picture of %d x %d"
              .formatted(cropWidth, cropHeight, x, y, width, height));
    }
    float[] out = new float[3 * cropWidth * cropHeight];
    for (int c = 0; c < 3; c++) {
      for (int row = 0; row < cropHeight; row++) {
        System.arraycopy(
            rgb,
            (c * height + y + row) * width + x,
            out,
            (c * cropHeight + row) * cropWidth,
            cropWidth);
      }
    }
    return new Picture(cropWidth, cropHeight, out);
  }

  /**
   * The picture with every brighter value brought down to this one.
   *
   * @param ceiling in (0, 1]; 1 leaves a picture as it is
   */
  public Picture below(double ceiling) {
    if (ceiling == 1) {
      return this;
    }
    float[] out = new float[rgb.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.min(rgb[i], (float) ceiling);
    }
    return new Picture(width, height, out);
  }

  /** A copy with every value clamped to [0, 1]; NaN becomes 0. */
  public Picture clamped() {
    float[] out = new float[rgb.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = rgb[i] > 0 ? Math.min(rgb[i], 1) : 0;
    }
    return new Picture(width, height, out);
  }
}
