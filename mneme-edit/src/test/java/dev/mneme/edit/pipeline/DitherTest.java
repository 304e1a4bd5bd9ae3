package dev.mneme.edit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DitherTest {
  private static final int SIDE = 256;

  private static int rounded(double level, int x, int y) {
    return Math.round((float) (level / 255) * 255 + 255 * Dither.at(x, y));
  }

  @Test
  void whatIsAWholeStepStays() {
    for (int level = 0; level < 256; level++) {
      for (int i = 0; i < 1000; i++) {
        assertEquals(level, rounded(level, 37 * i, 11 * i + level), "level " + level);
      }
    }
  }

  /** In every block of 16 by 16 pixels, so that nothing coarse is to be seen of the pattern. */
  @ParameterizedTest
  @ValueSource(doubles = {99.5, 100.1, 100.25, 100.75})
  void whatLiesBetweenTwoStepsIsBothInTheMean(double level) {
    for (int at = 0; at < SIDE; at += 16) {
      double sum = 0;
      for (int i = 0; i < 256; i++) {
        int value = rounded(level, at + i % 16, 3 * at + i / 16);
        assertTrue(Math.abs(value - level) < 1, level + " became " + value);
        sum += value;
      }
      assertEquals(level, sum / 256, 0.04, "block at " + at);
    }
  }
}
