package dev.mneme.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void risesInALine() {
    Schedule schedule = new Schedule(100, 10, 2e-3, 0.1);
    for (int step = 0; step < 10; step++) {
      assertEquals(2e-4 * (step + 1), schedule.rate(step), 1e-12);
    }
    assertEquals(2e-3, schedule.rate(10), 1e-12);
  }

  @Test
  void fallsAsHalfACosineToTheFloor() {
    Schedule schedule = new Schedule(110, 10, 1, 0.2);
    assertEquals(0.6, schedule.rate(60), 1e-12);
    assertEquals(0.2 + 0.8 * (1 + Math.sqrt(0.5)) / 2, schedule.rate(35), 1e-12);
    assertEquals(0.2, schedule.rate(110), 1e-12);
    assertEquals(0.2, schedule.rate(1_000), 1e-12);
    for (int step = 11; step < 110; step++) {
      assertTrue(schedule.rate(step) < schedule.rate(step - 1), "step " + step);
    }
  }

  @Test
  void worksWithoutWarmUpAndWithNothingElse() {
    assertEquals(1, new Schedule(10, 0, 1, 0).rate(0), 1e-12);
    Schedule only = new Schedule(4, 8, 1, 0);
    assertEquals(0.5, only.rate(3), 1e-12);
    assertEquals(1, only.rate(7), 1e-12);
  }

  @Test
  void refusesWhatIsNoSchedule() {
    for (Object[] wrong :
        new Object[][] {
          {0L, 0L, 1.0, 0.0},
          {1L, -1L, 1.0, 0.0},
          {1L, 0L, 0.0, 0.0},
          {1L, 0L, Double.NaN, 0.0},
          {1L, 0L, 1.0, -0.1},
          {1L, 0L, 1.0, 1.1},
          {1L, 0L, 1.0, Double.NaN}
        }) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  new Schedule(
                      (long) wrong[0], (long) wrong[1], (double) wrong[2], (double) wrong[3]));
      assertTrue(e.getMessage().contains("found " + wrong[0]), e.getMessage());
    }
  }

  @Test
  void refusesARunThatCannotBeResumedExactly() {
    Path folder = Path.of("run");
    Schedule schedule = new Schedule(10, 1, 1, 0);
    assertEquals(250, TrainingConfig.of(folder, 3_000, 1e-3).checkpointEvery());
    for (double[] wrong :
        new double[][] {
          {-0.1, 1, 4, 2},
          {0, 0, 4, 2},
          {0, 1, 0, 2},
          {0, 1, 4, 0},
          {0, 1, 5, 2},
          {Double.NaN, 1, 4, 2}
        }) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  new TrainingConfig(
                      folder, schedule, wrong[0], wrong[1], 1, (long) wrong[2], (long) wrong[3]));
      assertTrue(e.getMessage().contains("multiple"), e.getMessage());
    }
  }
}
