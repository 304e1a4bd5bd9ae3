package dev.mneme.edit.base;

import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Pixel features at full resolution, which the blocks' paint coefficients mix: one, the source, the
 * source blurred twice, and features of two learned 3 x 3 convolutions. The trunk decides per
 * patch, the lens keeps the detail.
 */
final class Lens {
  /** Features that are not learned: 1, source (3), narrow blur (3), wide blur (3). */
  static final int FIXED = 10;

  private static final int INNER = 16;
  private static final double NARROW_SIGMA = 1.5;
  private static final double WIDE_SIGMA = 4;

  /** Keeps what many blocks paint small beside a step of the optimizer. */
  private static final double GAIN = 1 / 32.0;

  private final EditorConfig config;
  private final Tensor narrow; // [T, T] blur of one axis as a matrix
  private final Tensor wide; // [T, T]

  Lens(EditorConfig config) {
    this.config = config;
    this.narrow = blurMatrix(config.tile(), NARROW_SIGMA);
    this.wide = blurMatrix(config.tile(), WIDE_SIGMA);
  }

  /** Learned weights of the lens with their shapes. */
  static Map<String, long[]> shapes(EditorConfig config) {
    int learned = config.lens() - FIXED;
    return Map.of(
        "lens.conv1.weight", new long[] {INNER, 3, 3, 3},
        "lens.conv1.bias", new long[] {INNER},
        "lens.conv2.weight", new long[] {learned, INNER, 3, 3},
        "lens.conv2.bias", new long[] {learned});
  }

  /**
   * tiles [B, 3, T, T] to features by cell [B * C, q * q, K], where C counts cells of q x q pixels.
   */
  Tensor features(Tensor tiles, Map<String, Tensor> weights) {
    Tensor h =
        torch.silu(
            conv(
                tiles.contiguous(torch.MemoryFormat.ChannelsLast),
                weights,
                "lens.conv1")); // [B, 16, T, T]
    h = torch.silu(conv(h, weights, "lens.conv2")); // [B, K - 10, T, T]
    Tensor fixed =
        torch.cat(
            new TensorVector(
                torch.ones_like(tiles.narrow(1, 0, 1)),
                tiles,
                blur(tiles, narrow),
                blur(tiles, wide)),
            1); // [B, 10, T, T]
    int q = config.patch() / config.cells();
    return torch
        .cat(new TensorVector(cells(fixed.to(h.scalar_type())), cells(h)), 2)
        .view(-1, (long) q * q, config.lens());
  }

  /** [B, c, T, T] to [B * C, q * q, c] in the order in which tokens paint: token, cell, pixel. */
  private Tensor cells(Tensor x) {
    int side = config.side();
    int cells = config.cells();
    int q = config.patch() / cells;
    long c = x.size(1);
    return x.permute(0, 2, 3, 1)
        .reshape(new long[] {x.size(0), side, cells, q, side, cells, q, c})
        .permute(0, 1, 4, 2, 5, 3, 6, 7)
        .reshape(-1, (long) q * q, c);
  }

  /**
   * Mixes features by coefficients and adds painted pixels.
   *
   * @param paint [B, side * side, paintWidth]
   * @param features [B * C, q * q, K]
   * @return the residual [B, 3, T, T]
   */
  Tensor paint(Tensor paint, Tensor features) {
    long batch = paint.size(0);
    int side = config.side();
    int cells = config.cells();
    int q = config.patch() / cells;
    int mixed = cells * cells * 3 * config.lens();
    Tensor coefficients = paint.narrow(2, 0, mixed).reshape(-1, 3, config.lens()); // [B * C, 3, K]
    Tensor blend = torch.bmm(features, coefficients.transpose(1, 2)); // [B * C, q * q, 3]
    Tensor pixels =
        paint.narrow(2, mixed, 3L * config.patch() * config.patch()).reshape(-1, (long) q * q, 3);
    return blend
        .add(pixels)
        .to(torch.ScalarType.Float)
        .mul(new Scalar(GAIN))
        .view(new long[] {batch, side, side, cells, cells, q, q, 3})
        .permute(0, 7, 1, 3, 5, 2, 4, 6)
        .reshape(batch, 3, config.tile(), config.tile());
  }

  private static Tensor conv(Tensor x, Map<String, Tensor> weights, String name) {
    return torch.conv2d(
        x,
        weights.get(name + ".weight"),
        new TensorOptional(weights.get(name + ".bias")),
        new long[] {1, 1},
        new long[] {1, 1},
        new long[] {1, 1},
        1);
  }

  private static Tensor blur(Tensor tiles, Tensor matrix) {
    return torch.matmul(torch.matmul(matrix, tiles), matrix.t());
  }

  private static Tensor blurMatrix(int n, double sigma) {
    float[] m = new float[n * n];
    for (int i = 0; i < n; i++) {
      double total = 0;
      int reach = (int) Math.ceil(3 * sigma);
      for (int k = -reach; k <= reach; k++) {
        total += Math.exp(-k * k / (2 * sigma * sigma));
      }
      for (int k = -reach; k <= reach; k++) {
        int j = Math.min(n - 1, Math.max(0, i + k)); // beyond the border the border pixel repeats
        m[i * n + j] += (float) (Math.exp(-k * k / (2 * sigma * sigma)) / total);
      }
    }
    return torch.tensor(m).view(n, n);
  }
}
