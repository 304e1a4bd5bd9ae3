package dev.mneme.edit.task;

import dev.mneme.edit.picture.Picture;
import java.util.Arrays;

/**
 * Filters on single planes: row-major {@code width * height} values, beyond the border the nearest
 * value repeats.
 *
 * <p>Every method returns a new array. The inner loops run along rows so that the compiler can
 * vectorise them.
 */
public final class Filters {
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

  /** Correlates rows and then columns with one kernel of odd length. */
  static float[] separable(float[] plane, int width, int height, float[] kernel) {
    requireSize(plane, width, height);
    int radius = kernel.length / 2;
    float[] rows = new float[plane.length];
    float[] padded = new float[width + 2 * radius];
    float[] sum = new float[width];
    for (int y = 0; y < height; y++) {
      System.arraycopy(plane, y * width, padded, radius, width);
      Arrays.fill(padded, 0, radius, plane[y * width]);
      Arrays.fill(padded, radius + width, padded.length, plane[y * width + width - 1]);
      Arrays.fill(sum, 0);
      for (int k = 0; k < kernel.length; k++) {
        addScaled(sum, padded, k, kernel[k]);
      }
      System.arraycopy(sum, 0, rows, y * width, width);
    }
    float[] out = new float[plane.length];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sum, 0);
      for (int k = 0; k < kernel.length; k++) {
        addScaled(sum, rows, clamp(y + k - radius, height) * width, kernel[k]);
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
    float[] padded = new float[width + 2];
    float[] sum = new float[width];
    float[] out = new float[plane.length];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sum, 0);
      for (int dy = 0; dy < 3; dy++) {
        int row = clamp(y + dy - 1, height) * width;
        System.arraycopy(plane, row, padded, 1, width);
        padded[0] = plane[row];
        padded[width + 1] = plane[row + width - 1];
        for (int dx = 0; dx < 3; dx++) {
          addScaled(sum, padded, dx, weights[3 * dy + dx]);
        }
      }
      System.arraycopy(sum, 0, out, y * width, width);
    }
    return out;
  }

  private static void addScaled(float[] sum, float[] values, int from, float weight) {
    for (int x = 0; x < sum.length; x++) {
      sum[x] += weight * values[from + x];
    }
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
