package dev.mneme.edit.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasuresTest {
  @Test
  void psnrOfAKnownDifference() {
    Picture black = new Picture(4, 3, new float[36]);
    float[] grey = new float[36];
    Arrays.fill(grey, 0.1f);
    assertEquals(20, Measures.psnr(black, new Picture(4, 3, grey)), 1e-5);
    assertEquals(0.01, Measures.meanSquaredError(black, new Picture(4, 3, grey)), 1e-8);
    assertEquals(Double.POSITIVE_INFINITY, Measures.psnr(black, black));
  }

  @ParameterizedTest
  @CsvSource({"24,17", "11,11", "12,30", "5,40", "3,3", "1,1"})
  void ssimIsThatOfTheDefinition(int width, int height) {
    Picture a = Pictures.scene(width, height);
    Picture noise = Pictures.noise(width, height, 2);
    float[] mixed = new float[a.rgb().length];
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = 0.8f * a.rgb()[i] + 0.2f * noise.rgb()[i];
    }
    Picture b = new Picture(width, height, mixed);
    assertEquals(reference(a, b), Measures.ssim(a, b), 1e-9);
    assertEquals(Measures.ssim(a, b), Measures.ssim(b, a), 1e-12);
    assertEquals(1, Measures.ssim(a, a), 1e-12);
  }

  /** Straight from Wang et al., window by window, with weighted sums around the means. */
  private static double reference(Picture a, Picture b) {
    int kw = Math.min(11, a.width());
    int kh = Math.min(11, a.height());
    double total = 0;
    int windows = 0;
    for (int y = 0; y + kh <= a.height(); y++) {
      for (int x = 0; x + kw <= a.width(); x++) {
        double weights = 0;
        double meanA = 0;
        double meanB = 0;
        for (int i = 0; i < kw * kh; i++) {
          double w = weight(i % kw, kw) * weight(i / kw, kh);
          weights += w;
          meanA += w * luma(a, x + i % kw, y + i / kw);
          meanB += w * luma(b, x + i % kw, y + i / kw);
        }
        meanA /= weights;
        meanB /= weights;
        double varA = 0;
        double varB = 0;
        double cov = 0;
        for (int i = 0; i < kw * kh; i++) {
          double w = weight(i % kw, kw) * weight(i / kw, kh) / weights;
          double da = luma(a, x + i % kw, y + i / kw) - meanA;
          double db = luma(b, x + i % kw, y + i / kw) - meanB;
          varA += w * da * da;
          varB += w * db * db;
          cov += w * da * db;
        }
        total +=
            (2 * meanA * meanB + 1e-4)
                * (2 * cov + 9e-4)
                / ((meanA * meanA + meanB * meanB + 1e-4) * (varA + varB + 9e-4));
        windows++;
      }
    }
    return total / windows;
  }

  private static double weight(int i, int length) {
    double d = i - (length - 1) / 2.0;
    return Math.exp(-d * d / 4.5);
  }

  private static double luma(Picture p, int x, int y) {
    return 0.299 * p.at(0, x, y) + 0.587 * p.at(1, x, y) + 0.114 * p.at(2, x, y);
  }

  @Test
  void sizesMustAgree() {
    Picture a = Pictures.noise(4, 3, 1);
    Picture b = Pictures.noise(3, 4, 1);
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> Measures.ssim(a, b))
            .getMessage()
            .contains("4 x 3 and 3 x 4"));
    assertThrows(IllegalArgumentException.class, () -> Measures.psnr(a, b));
  }
}
