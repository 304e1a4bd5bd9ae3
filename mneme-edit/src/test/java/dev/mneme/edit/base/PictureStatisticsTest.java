package dev.mneme.edit.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.TinyEditor;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class PictureStatisticsTest {
  private static final int SIDE = 32;

  /** Where things stand among the numbers: a one, then 13 quantiles of red. */
  private static final int RED = 1;

  private static final int SHARES = 13;

  PictureStatisticsTest() {
    Engine.start();
  }

  private static float[] of(Tensor picture) {
    return Tensors.toFloats(PictureStatistics.numbers(picture));
  }

  /** Rises evenly from left to right, alike in all colours. */
  private static Tensor ramp() {
    Tensor row = torch.arange(new Scalar(0.5), new Scalar((double) SIDE)).div(new Scalar(SIDE));
    return row.view(1, 1, 1, SIDE).expand(1, 3, SIDE, SIDE).contiguous();
  }

  @Test
  void quantilesOfAnEvenRampAreNearZero() {
    float[] found = of(ramp());
    assertEquals(1, found[0]);
    for (int i = RED; i < RED + SHARES; i++) {
      assertEquals(0, found[i], 0.15, "quantile " + i); // 8 columns are left of 32
    }
  }

  @Test
  void quantilesFollowTheirOwnColourAlone() {
    Tensor picture = ramp();
    float[] before = of(picture);
    picture.select(1, 1).mul_(new Scalar(0.5)); // green
    float[] after = of(picture);
    for (int i = 0; i < SHARES; i++) {
      assertEquals(before[RED + i], after[RED + i], 1e-6);
    }
    int green = RED + SHARES;
    int last = green + SHARES - 1;
    assertEquals(before[last] - 2 * 0.5 * 30 / 32.0, after[last], 0.05);
  }

  @Test
  void noiseShowsWhereThePictureIsCalm() {
    Tensor noisy = ramp().add(TinyEditor.random(5, 1, 3, SIDE, SIDE).mul(new Scalar(0.05)));
    float[] calm = of(ramp());
    float[] loud = of(noisy);
    int count = calm.length;
    // Before the last nine, sharpness: five quantiles of detail for each of three colours.
    for (int i = count - 9 - 15; i < count - 9; i++) {
      assertTrue(loud[i] > calm[i] + 0.2, "detail " + i);
    }
  }

  @Test
  void whateverThePictureTheNumbersAreOfOrderOne() {
    Tensor extremes =
        torch.cat(
            new TensorVector(
                torch.zeros(1, 3, SIDE, SIDE),
                torch.ones(1, 3, SIDE, SIDE),
                TinyEditor.pictures(1, SIDE, 3)),
            0);
    for (float value : Tensors.toFloats(PictureStatistics.numbers(extremes))) {
      assertTrue(Math.abs(value) <= 4, "found " + value);
    }
  }

  @Test
  void tokensHoldTheNumbersInOrder() {
    Tensor pictures = TinyEditor.pictures(2, SIDE, 7);
    float[] numbers = Tensors.toFloats(PictureStatistics.numbers(pictures).select(0, 1));
    assertEquals(PictureStatistics.COUNT, numbers.length);
    for (int width : new int[] {1, 32, 157, 192}) {
      Tensor tokens = PictureStatistics.tokens(pictures, width);
      assertEquals(Glance.statistics(width), tokens.size(1));
      assertEquals(width, tokens.size(2));
      float[] row = Tensors.toFloats(tokens.select(0, 1));
      assertArrayEquals(numbers, java.util.Arrays.copyOf(row, numbers.length));
      for (int i = numbers.length; i < row.length; i++) {
        assertEquals(0, row[i]);
      }
    }
  }
}
