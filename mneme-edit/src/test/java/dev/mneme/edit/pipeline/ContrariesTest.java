package dev.mneme.edit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mneme.edit.picture.Flaws;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContrariesTest {
  /** Haze, noise and blur as they are seen, and how much of a task's own that leaves. */
  @ParameterizedTest
  @CsvSource({
    "deblur, 0, 0, -1, 0",
    "deblur, 1, 1, -0.25, 0.75",
    "deblur, -1, -1, 0, 1",
    "deblur, 0, 0, 1, 1",
    "denoise, 0, -1, 1, 0",
    "remove_grain, -1, 0.5, -1, 1",
    "clear_haze, -0.5, 1, 1, 0.5",
    "blur, 0, 0, -1, 1",
    "add_grain, 0, -1, 0, 1",
    "warm, -1, -1, -1, 1"
  })
  void whatTakesAFlawAwayCountsAsFarAsItIsThere(
      String task, double haze, double noise, double blur, double amiss) {
    assertEquals(amiss, Contraries.amiss(task, new Flaws(haze, noise, blur)), 1e-12);
  }
}
