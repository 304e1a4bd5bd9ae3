package dev.mneme.edit.picture;

import java.util.Arrays;

/**
 * Filters on single planes: row-major {@code width * height} values, beyond the border the nearest
 * value repeats.
 *
 * <p>Every method returns a new array. The inner loops add four weighed rows at a time, each an
 * array of its own: where all are read from their beginning the JVM makes vector instructions of
 * them, which it does not where one begins at an offset.
 */
public final class Filters {
  /** Rows that are added in one loop. */
  private static final int FOUR = 4;

  private Filters() {}

  /** Rec. 709 luminance of one pixel, taken on the sRGB-encoded values as video does. */
  public static float luminance(float red, float green, float blue) {
    return 0.2126f * red + 0.7152f * green + 0.0722f * blue;
  }

  /** Rec. 709 luminance of every pixel, taken on the sRGB-encoded values as video does. */
  public static float[] luminance(Picture picture) {
    int plane = picture.plane();
    float[] rgb = picture.rgb();
    float[] out = new float[plane];
    for (int i = 0; i < plane; i++) {
      out[i] = luminance(rgb[i], rgb[plane + i], rgb[2 * plane + i]);
    }
    return out;
  }

  /**
   * Weights of a Gaussian, cut at three sigma and summing to one.
   *
   * @param sigma standard deviation in pixels, above 0
   * @return {@code 2 * ceil(3 * sigma) + 1} weights
   */
  public static float[] gaussianKernel(double sigma) {
    if (!(sigma > 0) || sigma > 1000) {
      throw new IllegalArgumentException(
          "Sigma must be above 0 and at most 1000 pixels, found " + sigma);
    }
    int radius = (int) Math.ceil(3 * sigma);
    double[] weights = new double[2 * radius + 1];
    double sum = 0;
    for (int i = -radius; i <= radius; i++) {
      weights[i + radius] = Math.exp(-i * i / (2 * sigma * sigma));
      sum += weights[i + radius];
    }
    float[] kernel = new float[weights.length];
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = (float) (weights[i] / sum);
    }
    return kernel;
  }

  /** Gaussian blur of one plane; {@code sigma} in pixels, above 0. */
  public static float[] gaussianBlur(float[] plane, int width, int height, double sigma) {
    return separable(plane, width, height, gaussianKernel(sigma));
  }

  /** Gaussian blur of every channel; {@code sigma} in pixels, above 0. */
  public static Picture gaussianBlur(Picture picture, double sigma) {
    float[] kernel = gaussianKernel(sigma);
    int plane = picture.plane();
    float[] out = new float[3 * plane];
    for (int c = 0; c < 3; c++) {
      float[] channel = new float[plane];
      System.arraycopy(picture.rgb(), c * plane, channel, 0, plane);
      float[] blurred = separable(channel, picture.width(), picture.height(), kernel);
      System.arraycopy(blurred, 0, out, c * plane, plane);
    }
    return new Picture(picture.width(), picture.height(), out);
  }

  /** Mean over a square of {@code 2 * radius + 1} pixels; {@code radius} at least 0. */
  public static float[] boxBlur(float[] plane, int width, int height, int radius) {
    if (radius < 0) {
      throw new IllegalArgumentException("Radius must be at least 0, found " + radius);
    }
    float[] kernel = new float[2 * radius + 1];
    Arrays.fill(kernel, 1f / kernel.length);
    return separable(plane, width, height, kernel);
  }

  /** Correlates columns and then rows with one kernel of odd length. */
  public static float[] separable(float[] plane, int width, int height, float[] kernel) {
    requireSize(plane, width, height);
    float[][] rows = rows(plane, width, height);
    Shifted shifted = new Shifted(width, kernel.length / 2);
    float[] sum = new float[width];
    float[] out = new float[plane.length];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sum, 0);
      for (int k = 0; k < kernel.length; k += FOUR) {
        int first = y + k - kernel.length / 2;
        float[][] four = new float[FOUR][];
        for (int i = 0; i < FOUR; i++) {
          four[i] = rows[clamp(first + i, height)];
        }
        addScaled(sum, four, kernel, k);
      }
      shifted.take(sum);
      Arrays.fill(sum, 0);
      for (int k = 0; k < kernel.length; k += FOUR) {
        addScaled(sum, shifted.by(k), kernel, k);
      }
      System.arraycopy(sum, 0, out, y * width, width);
    }
    return out;
  }

  /** Correlates with nine weights, row by row from the upper left. */
  public static float[] stencil(float[] plane, int width, int height, float... weights) {
    if (weights.length != 9) {
      throw new IllegalArgumentException(
          "A 3 x 3 stencil needs 9 weights, found " + weights.length);
    }
    requireSize(plane, width, height);
    float[][] rows = rows(plane, width, height);
    Shifted shifted = new Shifted(width, 1);
    float[] sum = new float[width];
    float[] out = new float[plane.length];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sum, 0);
      for (int dy = 0; dy < 3; dy++) {
        shifted.take(rows[clamp(y + dy - 1, height)]);
        addScaled(sum, shifted.by(0), Arrays.copyOfRange(weights, 3 * dy, 3 * dy + 3), 0);
      }
      System.arraycopy(sum, 0, out, y * width, width);
    }
    return out;
  }

  private static float[][] rows(float[] plane, int width, int height) {
    float[][] rows = new float[height][];
    for (int y = 0; y < height; y++) {
      rows[y] = Arrays.copyOfRange(plane, y * width, (y + 1) * width);
    }
    return rows;
  }

  /** A row beside itself, moved by one pixel after another. */
  private static final class Shifted {
    private final int reach;
    private final float[] padded;
    private final float[][] four;

    Shifted(int width, int reach) {
      this.reach = reach;
      this.padded = new float[width + 2 * reach];
      this.four = new float[FOUR][width];
    }

    void take(float[] row) {
      Arrays.fill(padded, 0, reach, row[0]);
      System.arraycopy(row, 0, padded, reach, row.length);
      Arrays.fill(padded, reach + row.length, padded.length, row[row.length - 1]);
    }

    /** Four rows, the first moved so far; the last one again where there is none. */
    float[][] by(int first) {
      for (int i = 0; i < FOUR; i++) {
        System.arraycopy(padded, Math.min(first + i, 2 * reach), four[i], 0, four[i].length);
      }
      return four;
    }
  }

  /** Adds four rows by four weights; where there are no more, by none. */
  private static void addScaled(float[] sum, float[][] four, float[] weights, int first) {
    float[] a = four[0];
    float[] b = four[1];
    float[] c = four[2];
    float[] d = four[3];
    float wa = weight(weights, first);
    float wb = weight(weights, first + 1);
    float wc = weight(weights, first + 2);
    float wd = weight(weights, first + 3);
    for (int x = 0; x < sum.length; x++) {
      sum[x] += wa * a[x] + wb * b[x] + wc * c[x] + wd * d[x];
    }
  }

  private static float weight(float[] weights, int index) {
    return index < weights.length ? weights[index] : 0;
  }

  private static void requireSize(float[] plane, int width, int height) {
    if (width < 1 || height < 1 || plane.length != (long) width * height) {
      throw new IllegalArgumentException(
          "A plane of %d x %d needs %d values, found %d"
              .formatted(width, height, (long) width * height, plane.length));
    }
  }

  private static int clamp(int index, int length) {
    return Math.max(0, Math.min(index, length - 1));
  }
}
