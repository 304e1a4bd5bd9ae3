package dev.mneme.edit.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BilateralFilterTest {
  @ParameterizedTest
  @CsvSource({"13,9,1.5,0.2", "1,1,2,0.1", "7,1,0.4,0.5", "3,8,3,2"})
  void everyPixelIsTheWeightedMeanOfItsNeighbours(
      int width, int height, double space, double colour) {
    Picture in = Pictures.noise(width, height, 1);
    BilateralFilter filter = new BilateralFilter(space, colour);
    Picture out = filter.apply(in);
    int radius = (int) Math.max(1, Math.ceil(2 * space));
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double weights = 0;
        double[] sum = new double[3];
        for (int v = y - radius; v <= y + radius; v++) {
          for (int u = x - radius; u <= x + radius; u++) {
            if (u < 0 || v < 0 || u >= width || v >= height) {
              continue;
            }
            double distance = 0;
            for (int c = 0; c < 3; c++) {
              distance += Math.pow(in.at(c, u, v) - in.at(c, x, y), 2);
            }
            double place = Math.pow(u - x, 2) + Math.pow(v - y, 2);
            double weight =
                Math.exp(-place / (2 * space * space) - distance / (2 * colour * colour));
            weights += weight;
            for (int c = 0; c < 3; c++) {
              sum[c] += weight * in.at(c, u, v);
            }
          }
        }
        for (int c = 0; c < 3; c++) {
          assertEquals(sum[c] / weights, out.at(c, x, y), 1e-3);
        }
      }
    }
  }

  @Test
  void itRemovesNoiseAndKeepsAnEdge() {
    Random random = new Random(3);
    float[] clean = new float[3 * 40 * 40];
    float[] noisy = new float[clean.length];
    for (int i = 0; i < clean.length; i++) {
      clean[i] = i % 40 < 20 ? 0.2f : 0.8f;
      noisy[i] = clean[i] + 0.04f * (float) random.nextGaussian();
    }
    Picture target = new Picture(40, 40, clean);
    Picture out = new BilateralFilter(2, 0.2).apply(new Picture(40, 40, noisy));
    assertTrue(Measures.psnr(target, out) > Measures.psnr(target, new Picture(40, 40, noisy)) + 8);
  }

  @Test
  void sigmasMustBePositive() {
    assertThrows(IllegalArgumentException.class, () -> new BilateralFilter(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new BilateralFilter(1, Double.NaN));
  }
}
