package dev.mneme.edit.base;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Where each token lies in the whole picture, as smooth features. */
final class Places {
  /**
   * Features of one token: 2 coordinates, the tile's share of the picture, and 3 octaves of sine
   * and cosine of each.
   */
  static final int WIDTH = 4 + 2 * 2 * 3;

  private Places() {}

  /** [B, 4] left, top, right, bottom to [B, side * side, WIDTH]. */
  static Tensor features(Tensor place, int side) {
    long batch = place.size(0);
    Tensor steps =
        torch
            .arange(new Scalar(0.5), new Scalar((double) side))
            .div(new Scalar((double) side)); // [side]
    Tensor left = place.narrow(1, 0, 1);
    Tensor top = place.narrow(1, 1, 1);
    Tensor width = place.narrow(1, 2, 1).sub(left);
    Tensor height = place.narrow(1, 3, 1).sub(top);
    Tensor u = left.add(width.mul(steps)).view(batch, 1, side, 1).expand(batch, side, side, 1);
    Tensor v = top.add(height.mul(steps)).view(batch, side, 1, 1).expand(batch, side, side, 1);
    TensorVector all = new TensorVector(u, v);
    all.push_back(width.view(batch, 1, 1, 1).expand(batch, side, side, 1));
    all.push_back(height.view(batch, 1, 1, 1).expand(batch, side, side, 1));
    for (double octave = Math.PI; octave < 15; octave *= 2) {
      for (Tensor t : new Tensor[] {u, v}) {
        all.push_back(t.mul(new Scalar(octave)).sin());
        all.push_back(t.mul(new Scalar(octave)).cos());
      }
    }
    return torch.cat(all, -1).view(batch, (long) side * side, WIDTH);
  }
}
