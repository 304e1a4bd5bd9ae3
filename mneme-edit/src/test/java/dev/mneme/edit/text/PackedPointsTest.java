package dev.mneme.edit.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackedPointsTest {
  private static final int COUNT = 400;

  private static float[] values(int width) {
    Random random = new Random(3);
    float[] values = new float[COUNT * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.02 * (1 + i % width) * random.nextGaussian());
    }
    return values;
  }

  /** Sixteen steps on normal numbers miss by 0.11 standard deviations, 255 to the ends by 0.01. */
  @ParameterizedTest
  @CsvSource({"8,2,5", "7,3,5", "6,0,3", "5,5,5"})
  void pointsComeBackNearly(int width, int fine, int bytes) {
    float[] values = values(width);
    PackedPoints points = PackedPoints.of(values, width, fine);
    assertEquals(COUNT, points.count());
    assertEquals(COUNT * bytes, points.bytes().length);
    for (int k = 0; k < width; k++) {
      double square = 0;
      double missed = 0;
      for (int i = k; i < values.length; i += width) {
        square += values[i] * values[i];
        missed += Math.pow(points.values()[i] - values[i], 2);
      }
      double share = Math.sqrt(missed / square);
      assertTrue(share < (k < width - fine ? 0.15 : 0.02), "axis " + k + ": " + share);
    }
  }

  @Test
  void halvesOfAByteStandForTwoAxes() {
    byte[] bytes = {(byte) 0xF1, (byte) 255, 8, 1};
    PackedPoints points = new PackedPoints(bytes, new float[] {0.7f, 0.14f, 1}, 1);
    assertArrayEquals(new float[] {-0.7f, 0.14f, 1, 0, -0.16f, -1}, points.values(), 1e-6f);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    float[] limits = {1, 1, 1, 1};
    assertThrows(IllegalArgumentException.class, () -> new PackedPoints(new byte[4], limits, 1));
    assertThrows(IllegalArgumentException.class, () -> new PackedPoints(new byte[4], limits, 2));
    assertThrows(IllegalArgumentException.class, () -> new PackedPoints(new byte[4], limits, 5));
  }
}
