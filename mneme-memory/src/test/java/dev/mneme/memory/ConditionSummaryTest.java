package dev.mneme.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class ConditionSummaryTest {
  private static final int WIDTH = 4;

  @Test
  void theNumbersOfWhatWasSeenAreEquallyLongAndDoNotGoTogether() {
    List<Condition> seen =
        List.of(
            Condition.of(TestTensors.random(1, 30, 3, WIDTH)),
            Condition.of(TestTensors.random(2, 20, 5, WIDTH)));
    ConditionSummary summary = ConditionSummary.fit(seen, 2, 3);
    assertEquals(3, summary.numbers());
    double[][] products = new double[3][3];
    double[] means = new double[3];
    for (Condition part : seen) {
      float[] z = Tensors.toFloats(summary.of(part));
      for (int row = 0; row < part.batch(); row++) {
        for (int i = 0; i < 3; i++) {
          means[i] += z[3 * row + i] / 50;
          for (int k = 0; k < 3; k++) {
            products[i][k] += z[3 * row + i] * z[3 * row + k] / 50;
          }
        }
      }
    }
    assertArrayEquals(new double[3], means, 1e-5);
    for (int i = 0; i < 3; i++) {
      for (int k = 0; k < 3; k++) {
        assertEquals(i == k ? 1 : 0, products[i][k], 1e-4);
      }
    }
  }

  @Test
  void theAxisIsTheOneOnWhichTheyDifferMost() {
    float[] values = new float[40 * WIDTH];
    float[] noise = Tensors.toFloats(TestTensors.random(3, 40, WIDTH));
    for (int i = 0; i < values.length; i++) {
      values[i] = (i % WIDTH == 2 ? 50 : 0.1f) * noise[i];
    }
    Tensor states = Tensors.fromFloats(values, 40, 1, WIDTH);
    ConditionSummary summary = ConditionSummary.fit(List.of(Condition.of(states)), 1, 1);
    float[] z = Tensors.toFloats(summary.of(Condition.of(states)));
    double mean = 0;
    for (int i = 0; i < 40; i++) {
      mean += values[i * WIDTH + 2] / 40;
    }
    double with = 0;
    double own = 0;
    double others = 0;
    for (int i = 0; i < 40; i++) {
      double value = values[i * WIDTH + 2] - mean;
      with += z[i] * value;
      own += z[i] * z[i];
      others += value * value;
    }
    assertTrue(Math.abs(with) / Math.sqrt(own * others) > 0.95);
  }

  @Test
  void onlyTheLastPresentTokensAreRead() {
    ConditionSummary summary =
        ConditionSummary.fit(List.of(Condition.of(TestTensors.random(1, 30, 3, WIDTH))), 2, 3);
    Tensor tail = TestTensors.random(5, 1, 2, WIDTH);
    Tensor longer =
        org.bytedeco.pytorch.global.torch.cat(
            new org.bytedeco.pytorch.TensorVector(TestTensors.random(6, 1, 4, WIDTH), tail), 1);
    Condition both = Condition.stack(List.of(Condition.of(tail), Condition.of(longer)));
    float[] z = Tensors.toFloats(summary.of(both));
    for (int i = 0; i < 3; i++) {
      assertEquals(z[i], z[3 + i], 1e-5);
    }
  }

  @Test
  void tooFewTokensAndOtherWidthsAreRefused() {
    Condition seen = Condition.of(TestTensors.random(1, 9, 3, WIDTH));
    ConditionSummary summary = ConditionSummary.fit(List.of(seen), 2, 3);
    for (Tensor wrong :
        List.of(TestTensors.random(1, 1, 1, WIDTH), TestTensors.random(1, 1, 4, WIDTH + 1))) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> summary.of(Condition.of(wrong)))
              .getMessage();
      assertTrue(message.contains("at least 2 present tokens of width 4"), message);
    }
    assertThrows(IllegalArgumentException.class, () -> ConditionSummary.fit(List.of(seen), 2, 9));
    assertThrows(IllegalArgumentException.class, () -> ConditionSummary.fit(List.of(seen), 0, 1));
  }
}
