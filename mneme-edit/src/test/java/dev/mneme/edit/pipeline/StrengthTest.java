package dev.mneme.edit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.Measures;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.Pictures;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.tensor.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Strength goes from nothing to twice the edit in even, small steps. */
class StrengthTest {
  private static final double STEP = 0.05;
  private static final int STEPS = 40;
  private static final double MOST = 0.02;

  @ParameterizedTest
  @CsvSource({"FP32,75,50", "BF16,33,65", "FP32,1,1"})
  void thePictureNeverJumps(Precision precision, int width, int height) {
    RasterImage photo = RasterImage.of(Pictures.scene(width, height));
    try (Editor editor = EditorTest.editor(precision);
        Operator operator = editor.recall(photo, "darken it")) {
      Picture before = editor.apply(photo, operator, 0, TileProgress.NONE).toPicture();
      assertTrue(RasterImage.of(before).sameAs(photo), "strength 0 is the source, bit for bit");
      double way = 0;
      for (int i = 1; i <= STEPS; i++) {
        Picture next = editor.apply(photo, operator, i * STEP, TileProgress.NONE).toPicture();
        double jump = Math.sqrt(Measures.meanSquaredError(before, next));
        assertTrue(jump <= MOST, "%.3f at strength %.2f".formatted(jump, i * STEP));
        way += jump;
        before = next;
      }
      assertTrue(way > 0, "the edit does something");
    }
  }

  /** A sample that the edit moves by at most 0.3 moves by at most 2 % of the range in a step. */
  @Test
  void noSampleJumps() {
    RasterImage photo = RasterImage.of(Pictures.noise(45, 37, 1));
    try (Editor editor = EditorTest.editor(Precision.FP32);
        Operator operator = editor.recall(photo, "darken it")) {
      Picture source = photo.toPicture();
      Picture full = editor.apply(photo, operator, 1, TileProgress.NONE).toPicture();
      Picture before = source;
      int watched = 0;
      for (int i = 1; i <= STEPS; i++) {
        Picture next = editor.apply(photo, operator, i * STEP, TileProgress.NONE).toPicture();
        for (int k = 0; k < source.rgb().length; k++) {
          float end = full.rgb()[k];
          if (end > 0 && end < 1 && Math.abs(end - source.rgb()[k]) <= 0.3) {
            assertEquals(before.rgb()[k], next.rgb()[k], MOST, "sample " + k + ", step " + i);
            watched++;
          }
        }
        before = next;
      }
      assertTrue(watched > STEPS * source.rgb().length / 2, "watched " + watched);
    }
  }

  /** Beyond small steps: every sample walks straight, until it meets black or white. */
  @ParameterizedTest
  @CsvSource({"FP32", "BF16"})
  void everySampleWalksStraight(Precision precision) {
    RasterImage photo = RasterImage.of(Pictures.noise(75, 50, 2));
    try (Editor editor = EditorTest.editor(precision);
        Operator operator = editor.recall(photo, "darken it")) {
      Picture source = photo.toPicture();
      Picture full = editor.apply(photo, operator, 1, TileProgress.NONE).toPicture();
      for (int i = 1; i < STEPS / 2; i += 3) {
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
