package dev.mneme.edit.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiltersTest {
  /** Two-dimensional correlation with a clamped border, in double precision. */
  private static float[] reference(float[] plane, int width, int height, double[][] kernel) {
    int radius = kernel.length / 2;
    float[] out = new float[plane.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double sum = 0;
        for (int dy = -radius; dy <= radius; dy++) {
          for (int dx = -radius; dx <= radius; dx++) {
            int row = Math.max(0, Math.min(height - 1, y + dy));
            int column = Math.max(0, Math.min(width - 1, x + dx));
            sum += kernel[dy + radius][dx + radius] * plane[row * width + column];
          }
        }
        out[y * width + x] = (float) sum;
      }
    }
    return out;
  }

  private static double[][] gaussian(double sigma) {
    int radius = (int) Math.ceil(3 * sigma);
    double[][] kernel = new double[2 * radius + 1][2 * radius + 1];
    double sum = 0;
    for (int y = -radius; y <= radius; y++) {
      for (int x = -radius; x <= radius; x++) {
        kernel[y + radius][x + radius] = Math.exp(-(x * x + y * y) / (2 * sigma * sigma));
        sum += kernel[y + radius][x + radius];
      }
    }
    for (double[] row : kernel) {
      for (int x = 0; x < row.length; x++) {
        row[x] /= sum;
      }
    }
    return kernel;
  }

  private static float[] plane(int width, int height) {
    return Arrays.copyOf(Pictures.noise(width, height, 3).rgb(), width * height);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,7", "7,1", "8,8", "13,5", "33,17"})
  void gaussianBlurMatchesTheReference(int width, int height) {
    float[] plane = plane(width, height);
    for (double sigma : new double[] {0.4, 1.2, 4}) {
      assertArrayEquals(
          reference(plane, width, height, gaussian(sigma)),
          Filters.gaussianBlur(plane, width, height, sigma),
          1e-5f);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,7", "7,1", "8,8", "13,5", "33,17"})
  void boxBlurMatchesTheReference(int width, int height) {
    float[] plane = plane(width, height);
    for (int radius : new int[] {0, 1, 4, 5, 9}) {
      double[][] kernel = new double[2 * radius + 1][2 * radius + 1];
      for (double[] row : kernel) {
        Arrays.fill(row, 1.0 / (row.length * row.length));
      }
      assertArrayEquals(
          reference(plane, width, height, kernel),
          Filters.boxBlur(plane, width, height, radius),
          1e-5f);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,7", "7,1", "8,8", "13,5", "33,17"})
  void stencilMatchesTheReference(int width, int height) {
    float[] plane = plane(width, height);
    double[][] kernel = {{1, -2, 3}, {-4, 5, -6}, {7, -8, 9}};
    assertArrayEquals(
        reference(plane, width, height, kernel),
        Filters.stencil(plane, width, height, 1, -2, 3, -4, 5, -6, 7, -8, 9),
        1e-5f);
  }

  @Test
  void planesSideBySideDoNotTouch() {
    float[] one = plane(13, 9);
    float[] other = new float[13 * 9];
    Arrays.fill(other, 1e6f);
    float[][] both = {one, other};
    assertArrayEquals(Filters.gaussianBlur(one, 13, 9, 2), Filters.gaussianBlur(both, 13, 9, 2)[0]);
    assertArrayEquals(Filters.boxBlur(one, 13, 9, 3), Filters.boxBlur(both, 13, 9, 3)[0]);
    float[] laplacian = {0, 1, 0, 1, -4, 1, 0, 1, 0};
    assertArrayEquals(
        Filters.stencil(one, 13, 9, laplacian), Filters.stencil(both, 13, 9, laplacian)[0]);
    assertArrayEquals(other, Filters.boxBlur(both, 13, 9, 3)[1], 1f);
  }

  @Test
  void meansDoNotDriftDownATallPlane() {
    float[] tall = plane(3, 5000);
    float[] upside = new float[tall.length];
    for (int i = 0; i < tall.length; i++) {
      upside[i] = tall[tall.length - 1 - i];
    }
    float[] means = Filters.boxBlur(tall, 3, 5000, 6);
    float[] back = Filters.boxBlur(upside, 3, 5000, 6);
    for (int i = 0; i < tall.length; i++) {
      assertEquals(means[i], back[tall.length - 1 - i], 1e-5f);
    }
  }

  @Test
  void pictureBlurTreatsChannelsApart() {
    Picture picture = Pictures.noise(9, 6, 5);
    float[] blurred = Filters.gaussianBlur(picture, 1.5).rgb();
    for (int c = 0; c < 3; c++) {
      float[] channel = Arrays.copyOfRange(picture.rgb(), c * 54, (c + 1) * 54);
      assertArrayEquals(
          Filters.gaussianBlur(channel, 9, 6, 1.5),
          Arrays.copyOfRange(blurred, c * 54, (c + 1) * 54));
    }
  }

  @Test
  void luminanceWeighsTheChannels() {
    assertEquals(0.2126f, Filters.luminance(new Picture(1, 1, new float[] {1, 0, 0}))[0]);
    assertEquals(0.7152f, Filters.luminance(new Picture(1, 1, new float[] {0, 1, 0}))[0]);
    assertEquals(0.0722f, Filters.luminance(new Picture(1, 1, new float[] {0, 0, 1}))[0]);
  }

  @Test
  void badArgumentsAreNamed() {
    assertMessage("found 0.0", () -> Filters.gaussianKernel(0));
    assertMessage("found NaN", () -> Filters.gaussianKernel(Double.NaN));
    assertMessage("found -1", () -> Filters.boxBlur(new float[1], 1, 1, -1));
    assertMessage("found 1001", () -> Filters.boxBlur(new float[1], 1, 1, 1001));
    assertMessage("9 weights, found 4", () -> Filters.stencil(new float[1], 1, 1, 1, 2, 3, 4));
    assertMessage("6 values, found 5", () -> Filters.gaussianBlur(new float[5], 2, 3, 1));
  }

  private static void assertMessage(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
