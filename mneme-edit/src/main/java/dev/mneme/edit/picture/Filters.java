package dev.mneme.edit.picture;

import java.util.Arrays;

/**
 * Filters on single planes: row-major {@code width * height} values, beyond the border the nearest
 * value repeats.
 *
 * <p>Every method returns new arrays. What takes several planes is quicker than one after another.
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
    return gaussianBlur(new float[][] {plane}, width, height, sigma)[0];
  }

  /** Gaussian blur of each plane; {@code sigma} in pixels, above 0. */
  public static float[][] gaussianBlur(float[][] planes, int width, int height, double sigma) {
    return separable(planes, width, height, gaussianKernel(sigma));
  }

  /** Gaussian blur of every channel; {@code sigma} in pixels, above 0. */
  public static Picture gaussianBlur(Picture picture, double sigma) {
    int plane = picture.plane();
    float[][] channels = new float[3][];
    for (int c = 0; c < 3; c++) {
      channels[c] = Arrays.copyOfRange(picture.rgb(), c * plane, (c + 1) * plane);
    }
    float[][] blurred = gaussianBlur(channels, picture.width(), picture.height(), sigma);
    float[] out = new float[3 * plane];
    for (int c = 0; c < 3; c++) {
      System.arraycopy(blurred[c], 0, out, c * plane, plane);
    }
    return new Picture(picture.width(), picture.height(), out);
  }

  /** Mean over a square of {@code 2 * radius + 1} pixels; {@code radius} at least 0. */
  public static float[] boxBlur(float[] plane, int width, int height, int radius) {
    return boxBlur(new float[][] {plane}, width, height, radius)[0];
  }

  /** Mean of each plane over a square of {@code 2 * radius + 1} pixels, at most 2,001. */
  public static float[][] boxBlur(float[][] planes, int width, int height, int radius) {
    if (radius < 0 || radius > 1000) {
      throw new IllegalArgumentException("Radius must be 0 to 1000 pixels, found " + radius);
    }
    requireSize(planes, width, height);
    return new PlaneRows(planes, width, height, radius).means();
  }

  /** Correlates columns and then rows with one kernel of odd length. */
  public static float[] separable(float[] plane, int width, int height, float[] kernel) {
    return separable(new float[][] {plane}, width, height, kernel)[0];
  }

  private static float[][] separable(float[][] planes, int width, int height, float[] kernel) {
    requireSize(planes, width, height);
    return new PlaneRows(planes, width, height, kernel.length / 2).correlated(kernel);
  }

  /** Correlates with nine weights, row by row from the upper left. */
  public static float[] stencil(float[] plane, int width, int height, float... weights) {
    return stencil(new float[][] {plane}, width, height, weights)[0];
  }

  /** Correlates each plane with nine weights, row by row from the upper left. */
  public static float[][] stencil(float[][] planes, int width, int height, float... weights) {
    if (weights.length != 9) {
      throw new IllegalArgumentException(
          "A 3 x 3 stencil needs 9 weights, found " + weights.length);
    }
    requireSize(planes, width, height);
    return new PlaneRows(planes, width, height, 1).stencil(weights);
  }

  private static void requireSize(float[][] planes, int width, int height) {
    for (float[] plane : planes) {
      if (width < 1 || height < 1 || plane.length != (long) width * height) {
        throw new IllegalArgumentException(
            "A plane of %d x %d needs %d values, found %d"
                .formatted(width, height, (long) width * height, plane.length));
      }
    }
  }
}
