package dev.mneme.edit.learn;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** How far an edited tile is from what was wanted. */
public final class EditLoss {
  /** Below this mean squared error (50 dB) nothing more is to be gained. */
  private static final double FLOOR = 1e-5;

  private EditLoss() {}

  /**
   * Root mean squared error of each sample: its gradient has the same length whatever the task's
   * own scale, so that tasks with large errors do not drown those with small ones.
   *
   * @param edited [B, 3, h, w]
   * @param target [B, 3, h, w]
   * @return [B]
   */
  public static Tensor of(Tensor edited, Tensor target) {
    Tensor square = edited.to(torch.ScalarType.Float).sub(target).square();
    Tensor mse =
        square.mean(new long[] {1, 2, 3}, false, new org.bytedeco.pytorch.ScalarTypeOptional());
    return root(mse);
  }

  /** The loss for mean squared errors [B]. */
  static Tensor root(Tensor mse) {
    return mse.add(new Scalar(FLOOR)).sqrt();
  }
}
