package dev.mneme.lab.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StepClockTest {
  @Test
  void stepsAreTimedFromTheSecondOn() {
    StepClock clock = new StepClock();
    assertTrue(clock.isUnused());
    assertTrue(Double.isNaN(clock.cost(0).secondsPerStep()));
    clock.step();
    assertFalse(clock.isUnused());
    assertTrue(Double.isNaN(clock.cost(0).secondsPerStep()), "the first one warms up");
    clock.step();
    assertTrue(clock.cost(0).secondsPerStep() >= 0);
  }

  @Test
  void theFirstLessonCounts() {
    assertEquals(27, new Cost(0.1, 0, 7).seconds(200), 1e-9);
  }
}
