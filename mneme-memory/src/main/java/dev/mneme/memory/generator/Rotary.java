package dev.mneme.memory.generator;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Rotary positions: adjacent channels (2i, 2i + 1) turn by position · theta^(−2i / axis). A pair is
 * handled as one complex number.
 */
final class Rotary {
  private static final double THETA = 10_000;

  private Rotary() {}

  /** Positions 0 … count − 1: [count]. */
  static Tensor positions(long count) {
    return torch.arange(new Scalar(count), new TensorOptions(ScalarType.Float));
  }

  /**
   * One axis over the whole head.
   *
   * @param position [..., S]
   * @return complex turns [..., S, headDim / 2]
   */
  static Tensor oneAxis(Tensor position, int headDim) {
    return turns(angles(position, headDim));
  }

  /**
   * Two axes, each over half of the head.
   *
   * @param first [..., S]
   * @param second [..., S]
   * @return complex turns [..., S, headDim / 2]
   */
  static Tensor twoAxes(Tensor first, Tensor second, int headDim) {
    Tensor left = angles(first, headDim / 2);
    Tensor right = angles(second, headDim / 2);
    return turns(torch.cat(new TensorVector(left, right), -1));
  }

  /**
   * Turns every head.
   *
   * @param x [B, heads, S, headDim]
   * @param turns complex, [S, headDim / 2] or [B, 1, S, headDim / 2]
   * @return [B, heads, S, headDim] fp32
   */
  static Tensor rotate(Tensor x, Tensor turns) {
    Tensor pairs = x.to(ScalarType.Float).reshape(x.size(0), x.size(1), x.size(2), -1, 2);
    return torch.view_as_real(torch.view_as_complex(pairs).mul(turns)).flatten(3, 4);
  }

  private static Tensor angles(Tensor position, int axis) {
    // In fp32 and in this order, as the published code does: at positions in the thousands its
    // rounding is part of the result.
    Tensor step =
        torch.arange(
            new Scalar(0), new Scalar(axis), new Scalar(2), new TensorOptions(ScalarType.Float));
    Tensor frequency =
        torch.pow(new Scalar(THETA), step.div(new Scalar((double) axis))).reciprocal();
    return position.unsqueeze(-1).mul(frequency);
  }

  private static Tensor turns(Tensor angles) {
    return torch.polar(torch.ones_like(angles), angles);
  }
}
