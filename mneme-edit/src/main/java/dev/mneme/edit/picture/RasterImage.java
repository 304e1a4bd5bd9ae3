package dev.mneme.edit.picture;

import java.util.Arrays;

/**
 * A whole picture in 8 bits a sample, small enough to hold photographs of many megapixels: three
 * bytes a pixel, and one more where it has transparency. An editor reads it window by window with
 * {@link #toPicture(int, int, int, int)} and writes its results back with {@link #put}.
 *
 * <p>Colours are not multiplied by alpha. Reading from several threads is safe; so is writing to
 * windows that do not overlap.
 */
public final class RasterImage {
  private static final float[] UNIT = new float[256];

  static {
    for (int i = 0; i < 256; i++) {
      UNIT[i] = i / 255f;
    }
  }

  private final int width;
  private final int height;
  private final byte[] rgb; // interleaved: 3 * (y * width + x) + channel
  private final byte[] alpha; // y * width + x, or null when opaque

  /** A black, opaque picture. */
  public RasterImage(int width, int height) {
    this(width, height, new byte[samples(width, height)], null);
  }

  /** Takes ownership of the arrays; {@code alpha} may be null. */
  RasterImage(int width, int height, byte[] rgb, byte[] alpha) {
    if (rgb.length != samples(width, height) || (alpha != null && alpha.length != width * height)) {
      throw new IllegalArgumentException(
          "A raster of %d x %d needs %d colour bytes, found %d (alpha %s)"
              .formatted(
                  width,
                  height,
                  samples(width, height),
                  rgb.length,
                  alpha == null ? "none" : alpha.length));
    }
    this.width = width;
    this.height = height;
    this.rgb = rgb;
    this.alpha = alpha;
  }

  /** The picture rounded to 8 bits; values outside [0, 1] are clamped. */
  public static RasterImage of(Picture picture) {
    RasterImage image = new RasterImage(picture.width(), picture.height());
    image.put(picture, 0, 0);
    return image;
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** Bytes of pixel memory. */
  public long bytes() {
    return rgb.length + (alpha == null ? 0L : alpha.length);
  }

  public boolean hasAlpha() {
    return alpha != null;
  }

  /** Opacity of a pixel: 0 transparent, 255 opaque. */
  public int alphaAt(int x, int y) {
    return alpha == null ? 255 : alpha[y * width + x] & 0xff;
  }

  /** Colour of a pixel as {@code 0xRRGGBB}. */
  public int rgbAt(int x, int y) {
    int i = 3 * (y * width + x);
    return (rgb[i] & 0xff) << 16 | (rgb[i + 1] & 0xff) << 8 | (rgb[i + 2] & 0xff);
  }

  /**
   * A black picture of the same size that shares this one's transparency: where an edit is written
   * to.
   */
  public RasterImage blank() {
    return new RasterImage(width, height, new byte[rgb.length], alpha);
  }

  /** The same picture, to be written into. */
  public RasterImage copy() {
    return new RasterImage(width, height, rgb.clone(), alpha);
  }

  /** This picture's colours, shared, without its transparency. */
  public RasterImage opaque() {
    return alpha == null ? this : new RasterImage(width, height, rgb, null);
  }

  /** The whole picture as floats; mind that this takes four times the memory. */
  public Picture toPicture() {
    return toPicture(0, 0, width, height);
  }

  /**
   * A window as floats.
   *
   * @throws IllegalArgumentException if the window is not inside the picture
   */
  public Picture toPicture(int x, int y, int windowWidth, int windowHeight) {
    requireInside(x, y, windowWidth, windowHeight);
    int plane = Math.multiplyExact(windowWidth, windowHeight);
    float[] out = new float[Math.multiplyExact(3, plane)];
    for (int row = 0; row < windowHeight; row++) {
      int from = 3 * ((y + row) * width + x);
      int to = row * windowWidth;
      for (int i = 0; i < windowWidth; i++, from += 3, to++) {
        out[to] = UNIT[rgb[from] & 0xff];
        out[to + plane] = UNIT[rgb[from + 1] & 0xff];
        out[to + 2 * plane] = UNIT[rgb[from + 2] & 0xff];
      }
    }
    return new Picture(windowWidth, windowHeight, out);
  }

  /**
   * A window resampled to {@code outWidth x outHeight} as {@link Resize} does, reading nothing
   * outside the window.
   *
   * @throws IllegalArgumentException if the window is not inside the picture or the size is below 1
   *     x 1
   */
  public Picture toPicture(
      int x, int y, int windowWidth, int windowHeight, int outWidth, int outHeight) {
    if (windowWidth == outWidth && windowHeight == outHeight) {
      return toPicture(x, y, windowWidth, windowHeight);
    }
    requireInside(x, y, windowWidth, windowHeight);
    Resize.requireSize(outWidth, outHeight);
    Resize.Rows rows =
        (row, weight, sum) -> {
          int from = 3 * ((y + row) * width + x);
          float unit = weight / 255f;
          for (int i = 0; i < sum.length; i++) {
            sum[i] += unit * (rgb[from + i] & 0xff);
          }
        };
    float[] out = new float[Math.multiplyExact(3, Math.multiplyExact(outWidth, outHeight))];
    Taps across = Taps.of(windowWidth, outWidth, Resize.Kernel.CUBIC);
    Taps down = Taps.of(windowHeight, outHeight, Resize.Kernel.CUBIC);
    Resize.resample(rows, windowWidth, 3, across, down, out, 0);
    return new Picture(outWidth, outHeight, out);
  }

  /**
   * Writes a window back, rounded to 8 bits and clamped; NaN becomes black. Transparency stays as
   * it is.
   *
   * @throws IllegalArgumentException if the window is not inside the picture
   */
  public void put(Picture window, int x, int y) {
    requireInside(x, y, window.width(), window.height());
    float[] in = window.rgb();
    int plane = window.plane();
    for (int row = 0; row < window.height(); row++) {
      int to = 3 * ((y + row) * width + x);
      int from = row * window.width();
      for (int i = 0; i < window.width(); i++, from++, to += 3) {
        rgb[to] = eightBits(in[from]);
        rgb[to + 1] = eightBits(in[from + plane]);
        rgb[to + 2] = eightBits(in[from + 2 * plane]);
      }
    }
  }

  /** Whether any pixel is not fully opaque. */
  public boolean hasTransparency() {
    if (alpha != null) {
      for (byte a : alpha) {
        if (a != (byte) 255) {
          return true;
        }
      }
    }
    return false;
  }

  /** An opaque picture: this one as it looks on white paper. */
  public RasterImage onWhite() {
    if (!hasTransparency()) {
      return opaque();
    }
    byte[] out = new byte[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      int a = alpha[i / 3] & 0xff;
      out[i] = (byte) (((rgb[i] & 0xff) * a + 255 * (255 - a) + 127) / 255);
    }
    return new RasterImage(width, height, out, null);
  }

  /** Whether size, colours and transparency are the same. */
  public boolean sameAs(RasterImage other) {
    return width == other.width
        && height == other.height
        && Arrays.equals(rgb, other.rgb)
        && Arrays.equals(alpha, other.alpha);
  }

  /** One row of interleaved RGB, or RGBA where there is alpha. */
  void copyRow(int y, byte[] into) {
    if (alpha == null) {
      System.arraycopy(rgb, 3 * width * y, into, 0, 3 * width);
      return;
    }
    for (int x = 0, i = y * width; x < width; x++, i++) {
      into[4 * x] = rgb[3 * i];
      into[4 * x + 1] = rgb[3 * i + 1];
      into[4 * x + 2] = rgb[3 * i + 2];
      into[4 * x + 3] = alpha[i];
    }
  }

  byte[] rgbBytes() {
    return rgb;
  }

  byte[] alphaBytes() {
    return alpha;
  }

  private static byte eightBits(float value) {
    return (byte) (value > 0 ? (int) (Math.min(value, 1f) * 255f + 0.5f) : 0);
  }

  private static int samples(int width, int height) {
    Resize.requireSize(width, height);
    long samples = 3L * width * height;
    if (samples > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "A raster holds at most 715 megapixels, found %d x %d".formatted(width, height));
    }
    return (int) samples;
  }

  private void requireInside(int x, int y, int w, int h) {
    if (x < 0 || y < 0 || w < 1 || h < 1 || (long) x + w > width || (long) y + h > height) {
      throw new IllegalArgumentException(
          "Expected a window inside %d x %d, found %d x %d at (%d, %d)"
              .formatted(width, height, w, h, x, y));
    }
  }
}
