package dev.mneme.edit.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResizeTest {
  @ParameterizedTest
  @CsvSource({"7,5,3,2", "13,11,13,4", "16,8,4,4", "9,9,1,1", "31,17,30,16", "1,9,1,2"})
  void reducingAveragesTheCoveredArea(int width, int height, int outWidth, int outHeight) {
    Picture in = Pictures.noise(width, height, 1);
    Picture out = Resize.to(in, outWidth, outHeight);
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < outHeight; y++) {
        for (int x = 0; x < outWidth; x++) {
          assertEquals(areaAverage(in, c, x, y, outWidth, outHeight), out.at(c, x, y), 2e-6);
        }
      }
    }
  }

  private static double areaAverage(Picture in, int c, int x, int y, int outWidth, int outHeight) {
    double sum = 0;
    double area = 0;
    for (int sy = 0; sy < in.height(); sy++) {
      for (int sx = 0; sx < in.width(); sx++) {
        double share =
            overlap(sx, x, in.width(), outWidth) * overlap(sy, y, in.height(), outHeight);
        sum += share * in.at(c, sx, sy);
        area += share;
      }
    }
    return sum / area;
  }

  private static double overlap(int source, int target, int in, int out) {
    double scale = (double) in / out;
    return Math.max(
        0, Math.min(source + 1, (target + 1) * scale) - Math.max(source, target * scale));
  }

  @ParameterizedTest
  @CsvSource({"5,4,9,7", "3,3,8,3", "2,1,7,5", "1,1,4,4", "6,5,7,6"})
  void enlargingInterpolatesWithBothKernels(int width, int height, int outWidth, int outHeight) {
    Picture in = Pictures.noise(width, height, 2);
    for (Resize.Kernel kernel : Resize.Kernel.values()) {
      Picture out = Resize.to(in, outWidth, outHeight, kernel);
      for (int c = 0; c < 3; c++) {
        for (int y = 0; y < outHeight; y++) {
          for (int x = 0; x < outWidth; x++) {
            assertEquals(
                interpolated(in, kernel, c, x, y, outWidth, outHeight), out.at(c, x, y), 3e-6);
          }
        }
      }
    }
  }

  private static double interpolated(
      Picture in, Resize.Kernel kernel, int c, int x, int y, int outWidth, int outHeight) {
    double u = (x + 0.5) * in.width() / outWidth - 0.5;
    double v = (y + 0.5) * in.height() / outHeight - 0.5;
    double sum = 0;
    for (int sy = (int) Math.floor(v) - 2; sy <= Math.floor(v) + 3; sy++) {
      for (int sx = (int) Math.floor(u) - 2; sx <= Math.floor(u) + 3; sx++) {
        // An axis that keeps its size is copied, which both kernels agree with.
        double weight = kernel(kernel, Math.abs(u - sx)) * kernel(kernel, Math.abs(v - sy));
        int insideX = Math.max(0, Math.min(sx, in.width() - 1));
        int insideY = Math.max(0, Math.min(sy, in.height() - 1));
        sum += weight * in.at(c, insideX, insideY);
      }
    }
    return Math.max(0, Math.min(1, sum));
  }

  private static double kernel(Resize.Kernel kernel, double d) {
    if (kernel == Resize.Kernel.BILINEAR) {
      return Math.max(0, 1 - d);
    }
    double a = -0.5;
    if (d <= 1) {
      return (a + 2) * d * d * d - (a + 3) * d * d + 1;
    }
    return d < 2 ? a * d * d * d - 5 * a * d * d + 8 * a * d - 4 * a : 0;
  }

  @Property(tries = 200)
  void everyOutputsWeightsAddUpToOneAndStayInside(
      @ForAll @IntRange(min = 1, max = 300) int in, @ForAll @IntRange(min = 1, max = 300) int out) {
    for (Resize.Kernel kernel : Resize.Kernel.values()) {
      Taps taps = Taps.of(in, out, kernel);
      for (int i = 0; i < out; i++) {
        float sum = 0;
        for (int k = 0; k < taps.count(); k++) {
          sum += taps.weight()[i * taps.count() + k];
        }
        assertEquals(1, sum, 1e-5);
        assertTrue(taps.first()[i] >= 0 && taps.first()[i] + taps.count() <= in);
      }
    }
  }

  @Test
  void anEightBitWindowIsResampledLikeItsPicture() {
    RasterImage image = RasterImage.of(Pictures.noise(41, 29, 3));
    for (int[] size : new int[][] {{7, 9}, {40, 30}, {17, 13}, {5, 60}}) {
      Picture expected = Resize.to(image.toPicture(3, 5, 17, 13), size[0], size[1]);
      Picture found = image.toPicture(3, 5, 17, 13, size[0], size[1]);
      assertEquals(0, Pictures.largestDifference(expected, found), 3e-6);
    }
  }

  @Test
  void sameSizeIsTheSamePictureAndLongerSidesAreLimited() {
    Picture in = Pictures.noise(40, 30, 4);
    assertSame(in, Resize.to(in, 40, 30));
    assertSame(in, Resize.within(in, 40));
    Picture small = Resize.within(in, 20);
    assertEquals(20, small.width());
    assertEquals(15, small.height());
    assertEquals(1, Resize.within(Pictures.noise(90, 1, 5), 3).height());
    assertThrows(IllegalArgumentException.class, () -> Resize.to(in, 0, 3));
  }
}
