package dev.mneme.edit.base;

import static dev.mneme.edit.base.EditorConfig.CONTEXT_SIDE;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Image tokens as the square grid they stand for. */
final class TokenGrid {
  private TokenGrid() {}

  /** [B, N, m] to [B, N, 9 m]: each token beside its eight neighbours, zero beyond the border. */
  static Tensor neighbours(Tensor h, long batch, int side) {
    long m = h.size(2);
    Tensor padded =
        torch.constant_pad_nd(
            h.view(batch, side, side, m), new long[] {0, 0, 1, 1, 1, 1}, new Scalar(0.0));
    TensorVector nine = new TensorVector();
    for (int dy = 0; dy < 3; dy++) {
      for (int dx = 0; dx < 3; dx++) {
        nine.push_back(padded.narrow(1, dy, side).narrow(2, dx, side));
      }
    }
    return torch.cat(nine, -1).view(batch, (long) side * side, 9 * m);
  }

  /** Averages image tokens [B, n * n, c] over squares of 2 x 2. */
  static Tensor halved(Tensor tokens, int n) {
    long batch = tokens.size(0);
    long c = tokens.size(2);
    Tensor rows =
        tokens.reshape(batch, n / 2, 2, n / 2, 2 * c); // two neighbours of a row side by side
    rows = rows.narrow(4, 0, c).add(rows.narrow(4, c, c)); // [B, n/2, 2, n/2, c]
    return rows.select(2, 0)
        .add(rows.select(2, 1))
        .mul(new Scalar(0.25))
        .reshape(batch, (long) n * n / 4, c);
  }

  /** Image tokens [B, side * side, c] to [B, 16, c]. */
  static Tensor pooled(Tensor tokens, int side) {
    int n = side;
    for (; n > CONTEXT_SIDE; n /= 2) {
      tokens = halved(tokens, n);
    }
    return tokens;
  }
}
