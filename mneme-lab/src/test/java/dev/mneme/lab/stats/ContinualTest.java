package dev.mneme.lab.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ContinualTest {
  private static final double[] BEFORE = {10, 11, 12};
  private static final Continual THREE =
      new Continual(new double[][] {{20, 12, 10}, {24, 30, 15}, {17, 28, 33}}, BEFORE);

  @Test
  void asWorkedOutByHand() {
    assertEquals((17 + 28 + 33) / 3.0, THREE.average(), 1e-12);
    assertEquals((20 + 30 + 33) / 3.0, THREE.learned(), 1e-12);
    assertEquals((30 + 33) / 2.0, THREE.laterLearned(), 1e-12);
    assertEquals((28 + 33) / 2.0, THREE.laterAtTheEnd(), 1e-12);
    assertEquals(3, THREE.lost(0), 1e-12);
    assertEquals(0, THREE.lost(2), 1e-12);
    assertEquals(((17 - 20) + (28 - 30)) / 2.0, THREE.backwardTransfer(), 1e-12);
    // The best on the first was after the second.
    assertEquals(((24 - 17) + (30 - 28)) / 2.0, THREE.forgetting(), 1e-12);
    assertEquals(((12 - 11) + (15 - 12)) / 2.0, THREE.forwardTransfer(), 1e-12);
  }

  @Test
  void whatGotBetterIsNotForgotten() {
    Continual better = new Continual(new double[][] {{5, -40}, {9, 7}}, new double[] {1, 2});
    assertEquals(0, better.forgetting(), 1e-12);
    assertEquals(4, better.backwardTransfer(), 1e-12);
  }

  @Test
  void scoresBeforeSomethingWasLearnedAreNotForgotten() {
    // mammoth's zeros would make -3 dB after learning a loss from 0.
    Continual negative =
        new Continual(
            new double[][] {{-5, 50, 0}, {-4, -3, 0}, {-4, -3, 1}}, new double[] {0, 0, 0});
    assertEquals(0, negative.forgetting(), 1e-12);
  }

  @Test
  void oneThingHasNoTransfer() {
    Continual one = new Continual(new double[][] {{5}}, new double[] {1});
    assertEquals(5, one.average());
    assertTrue(Double.isNaN(one.backwardTransfer()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Continual(new double[][] {{1, 2}}, new double[] {1}));
  }
}
