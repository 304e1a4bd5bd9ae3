package dev.mneme.edit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.Pictures;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.tensor.Precision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Strength goes from nothing to twice the edit in even, small steps. */
class StrengthTest {
  private static final double STEP = 0.05;
  private static final int STEPS = 40;
  private static final double MOST = 0.02;

  @ParameterizedTest
  @CsvSource({"FP32,75,50", "BF16,75,50", "FP32,33,129", "FP32,1,1"})
  void nothingJumps(Precision precision, int width, int height) {
    RasterImage photo = RasterImage.of(Pictures.scene(width, height));
    try (Editor editor = EditorTest.editor(precision);
        Operator operator = editor.recall(photo, "darken it")) {
      RasterImage before = editor.apply(photo, operator, 0, TileProgress.NONE);
      assertTrue(before.sameAs(photo), "strength 0 is the source, bit for bit");
      double way = 0;
      for (int i = 1; i <= STEPS; i++) {
        RasterImage next = editor.apply(photo, operator, i * STEP, TileProgress.NONE);
        double jump = Pictures.largestDifference(before.toPicture(), next.toPicture());
        assertTrue(jump <= MOST, "%.3f at strength %.2f".formatted(jump, i * STEP));
        way += jump;
        before = next;
      }
      assertTrue(way > 0, "the edit does something");
    }
  }

  /** Beyond smooth: every sample walks straight, until it meets black or white. */
  @ParameterizedTest
  @CsvSource({"FP32", "BF16"})
  void everySampleWalksStraight(Precision precision) {
    RasterImage photo = RasterImage.of(Pictures.noise(75, 50, 2));
    try (Editor editor = EditorTest.editor(precision);
        Operator operator = editor.recall(photo, "darken it")) {
      Picture source = photo.toPicture();
      Picture full = editor.apply(photo, operator, 1, TileProgress.NONE).toPicture();
      for (int i = 1; i < STEPS / 2; i++) {
        double strength = i * STEP;
        Picture found = editor.apply(photo, operator, strength, TileProgress.NONE).toPicture();
        for (int k = 0; k < source.rgb().length; k++) {
          float end = full.rgb()[k];
          if (end > 0 && end < 1) {
            double expected = source.rgb()[k] + strength * (end - source.rgb()[k]);
            assertEquals(expected, found.rgb()[k], 1.01 / 255, "sample " + k + " at " + strength);
          }
        }
      }
    }
  }
}
