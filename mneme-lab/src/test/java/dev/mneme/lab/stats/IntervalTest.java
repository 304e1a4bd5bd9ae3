package dev.mneme.lab.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class IntervalTest {
  @Test
  void studentsTOfThreeValues() {
    // mean 4, s = 2, t(0.975, 2) = 4.302653: 4.302653 * 2 / sqrt 3
    Interval found = Interval.of(List.of(2.0, 4.0, 6.0));
    assertEquals(4, found.mean(), 1e-12);
    assertEquals(4.302653 * 2 / Math.sqrt(3), found.half(), 1e-5);
    assertEquals("4.00 ± 4.97", found.toString());
  }

  @Test
  void tenValuesHaveAnotherT() {
    // 0 … 9: mean 4.5, s² = 82.5 / 9, t(0.975, 9) = 2.262157
    Interval found = Interval.of(List.of(0., 1., 2., 3., 4., 5., 6., 7., 8., 9.));
    assertEquals(2.262157 * Math.sqrt(82.5 / 9 / 10), found.half(), 1e-5);
  }

  @Test
  void oneValueHasNoInterval() {
    Interval one = Interval.of(List.of(3.0));
    assertTrue(Double.isNaN(one.half()));
    assertEquals("3.00", one.toString());
    assertEquals("0.00", Interval.of(List.of(-0.004)).toString());
    assertEquals("-0.01", Interval.of(List.of(-0.006)).toString());
    assertEquals("–", Interval.of(List.of()).toString());
  }
}
