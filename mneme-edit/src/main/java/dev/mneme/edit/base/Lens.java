package dev.mneme.edit.base;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Pixel features at full resolution, which the blocks' paint coefficients mix: one, the source, the source blurred
 * twice, and features of two learned 3 x 3 convolutions. The trunk decides per patch, the lens keeps the detail.
 */
final class Lens {
  /** Features that are not learned: 1, source (3), narrow blur (3), wide blur (3). */
  static final int FIXED = 10;

  private static final int INNER = 16;
  private static final double NARROW_SIGMA = 1.5;
  private static final double WIDE_SIGMA = 4;

  private final EditorConfig config;
  private final Tensor narrow; // [T, T] blur of one axis as a matrix
  private final Tensor wide; // [T, T]
  private final Tensor upsample; // [T, T * cells / patch] bilinear enlargement of one axis as a matrix

  Lens(EditorConfig config) {
    this.config = config;
    this.narrow = blurMatrix(config.tile(), NARROW_SIGMA);
    this.wide = blurMatrix(config.tile(), WIDE_SIGMA);
    this.upsample = upsampleMatrix(config.tile(), config.side() * config.cells());
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

  /** tiles [B, 3, T, T] to features [B, K, T, T]. */
  Tensor features(Tensor tiles, Map<String, Tensor> weights) {
    Tensor h = torch.silu(conv(tiles, weights, "lens.conv1")); // [B, 16, T, T]
    h = torch.silu(conv(h, weights, "lens.conv2")); // [B, K - 10, T, T]
    TensorVector all =
        new TensorVector(
            torch.ones_like(tiles.narrow(1, 0, 1)).to(h.scalar_type()),
            tiles.to(h.scalar_type()),
            blur(tiles, narrow).to(h.scalar_type()),
            blur(tiles, wide).to(h.scalar_type()),
            h);
    return torch.cat(all, 1); // [B, K, T, T]
  }

  /**
   * Mixes features by coefficients and adds painted pixels.
   *
   * @param paint [B, side * side, paintWidth]
   * @param features [B, K, T, T]
   * @return the residual [B, 3, T, T]
   */
  Tensor paint(Tensor paint, Tensor features) {
    long batch = paint.size(0);
    int side = config.side();
    int cells = config.cells();
    int tile = config.tile();
    int mixed = cells * cells * 3 * config.lens();
    Tensor coefficients =
        paint
            .narrow(2, 0, mixed)
            .reshape(batch, side, side, 3L * config.lens(), cells, cells)
            .permute(0, 3, 1, 4, 2, 5)
            .reshape(batch, 3L * config.lens(), (long) side * cells, (long) side * cells); // [B, 3K, S, S]
    Tensor up = torch.matmul(torch.matmul(upsample, coefficients), upsample.t()); // [B, 3K, T, T]
    Tensor blend =
        up.view(batch, 3, config.lens(), tile, tile).mul(features.unsqueeze(1)).sum(2); // [B, 3, T, T]
    Tensor pixels =
        paint
            .narrow(2, mixed, 3L * config.patch() * config.patch())
            .reshape(batch, side, side, 3, config.patch(), config.patch())
            .permute(0, 3, 1, 4, 2, 5)
            .reshape(batch, 3, tile, tile); // [B, 3, T, T]
    return blend.add(pixels);
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

  private static Tensor upsampleMatrix(int n, int cells) {
    float[] m = new float[n * cells];
    double step = (double) n / cells;
    for (int i = 0; i < n; i++) {
      double at = (i + 0.5) / step - 0.5;
      int low = (int) Math.floor(at);
      float share = (float) (at - low);
      m[i * cells + Math.max(0, Math.min(cells - 1, low))] += 1 - share;
      m[i * cells + Math.max(0, Math.min(cells - 1, low + 1))] += share;
    }
    return torch.tensor(m).view(n, cells);
  }
}
