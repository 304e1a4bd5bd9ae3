package dev.mneme.edit.base;

import dev.mneme.tensor.Autocast;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Scopes;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Pixel features at full resolution, which the blocks' paint coefficients mix: {@link
 * PixelFeatures} and those of three learned 3 x 3 convolutions. The trunk decides per cell of a
 * patch, the lens keeps the detail.
 *
 * <p>Coefficients belong to the centres of cells; between four centres they are interpolated
 * bilinearly, so that what is painted has no grid. Pixels between the same four centres form a
 * <em>quad</em>, of the size of a cell and shifted by half of one.
 */
final class Lens {
  private static final int INNER = 24;

  /** Keeps what many blocks paint small beside a step of the optimizer. */
  static final double GAIN = 1 / 32.0;

  private final EditorConfig config;
  private final PixelFeatures known;
  private final Tensor corners; // [1, 4, 1, q * q] share of each centre in each pixel of a quad

  Lens(EditorConfig config) {
    this.config = config;
    this.known = new PixelFeatures(config.tile());
    this.corners = corners(config.cell());
  }

  /** Learned weights of the lens with their shapes. */
  static Map<String, long[]> shapes(EditorConfig config) {
    Map<String, long[]> shapes = new TreeMap<>();
    int[] widths = {3, INNER, INNER, config.lens() - PixelFeatures.COUNT};
    for (int i = 1; i < widths.length; i++) {
      shapes.put("lens.conv" + i + ".weight", new long[] {widths[i], widths[i - 1], 3, 3});
      shapes.put("lens.conv" + i + ".bias", new long[] {widths[i]});
    }
    return shapes;
  }

  /** tiles [B, 3, T, T] to features [B, K, T, T]. */
  Tensor maps(Tensor tiles, Map<String, Tensor> weights) {
    Tensor learned = learned(tiles, weights);
    return torch.cat(
        new TensorVector(
            known.whitened(tiles, weights.get(EditorWeights.WHITENING)).to(learned.scalar_type()),
            learned),
        1);
  }

  /** Features of the learned convolutions, [B, K - 38, T, T]. */
  private static Tensor learned(Tensor tiles, Map<String, Tensor> weights) {
    Tensor h = tiles.contiguous(torch.MemoryFormat.ChannelsLast);
    for (int i = 1; i <= 3; i++) {
      h = torch.silu(conv(h, weights, "lens.conv" + i)); // [B, 24 | 24 | K - 38, T, T]
    }
    return h;
  }

  /** tiles [B, 3, T, T] to features by quad [B * Q, K, q * q], where Q counts quads of a tile. */
  Tensor features(Tensor tiles, Map<String, Tensor> weights) {
    return Scopes.call(() -> byQuad(tiles, weights));
  }

  private Tensor byQuad(Tensor tiles, Map<String, Tensor> weights) {
    int q = config.cell();
    int quads = config.tile() / q + 1;
    long side = config.tile() + (long) q;
    Tensor learned = Scopes.call(() -> learned(tiles, weights));
    Tensor fixed = known.whitened(tiles, weights.get(EditorWeights.WHITENING));
    Tensor all = // [B, K, T + q, T + q], written part by part: each is copied only once
        torch.zeros(
            new long[] {tiles.size(0), config.lens(), side, side},
            new TensorOptions(learned.scalar_type()));
    Tensor inside = all.narrow(2, q / 2, config.tile()).narrow(3, q / 2, config.tile());
    inside.narrow(1, 0, PixelFeatures.COUNT).copy_(fixed);
    inside.narrow(1, PixelFeatures.COUNT, learned.size(1)).copy_(learned);
    return all.view(new long[] {tiles.size(0), config.lens(), quads, q, quads, q})
        .permute(0, 2, 4, 1, 3, 5)
        .reshape(-1, config.lens(), (long) q * q);
  }

  /** What there is to mix of tiles: where no gradient is asked for as planes of pixels. */
  LensSight see(Tensor tiles, Map<String, Tensor> weights) {
    if (GradMode.is_enabled()) {
      return new TensorSight(this, tiles, weights);
    }
    Tensor whitening = weights.get(EditorWeights.WHITENING);
    try (PointerScope scope = new PointerScope()) {
      Optional<Tensor> learned = Optional.of(learned(tiles, weights));
      return new PlaneSight(config, known, tiles, learned, whitening);
    }
  }

  /** As {@link #see}, for mixes that take none of the learned features: these may be nothing. */
  LensSight seeKnown(Tensor tiles, Map<String, Tensor> weights) {
    if (GradMode.is_enabled()) {
      return see(tiles, weights);
    }
    Tensor whitening = weights.get(EditorWeights.WHITENING);
    return new PlaneSight(config, known, tiles, Optional.empty(), whitening);
  }

  /** Features as tensors, with a gradient to what mixes them. */
  private record TensorSight(Lens lens, Tensor tiles, Map<String, Tensor> weights)
      implements LensSight {
    @Override
    public Tensor painted(Tensor paint) {
      return lens.paint(paint, lens.features(tiles, weights));
    }

    @Override
    public Tensor mixed(Tensor mix) {
      Tensor maps = Scopes.call(() -> lens.maps(tiles, weights)).to(torch.ScalarType.Float);
      try (Autocast exact = Autocast.on(Precision.FP32)) {
        return mix.expand(tiles.size(0), -1, -1).bmm(maps.flatten(2, 3)).view_as(tiles);
      }
    }
  }

  /**
   * Mixes features by coefficients.
   *
   * @param paint [B, side * side, paintWidth]
   * @param features [B * Q, K, q * q]
   * @return the residual [B, 3, T, T]
   */
  Tensor paint(Tensor paint, Tensor features) {
    long batch = paint.size(0);
    int q = config.cell();
    int quads = config.tile() / q + 1;
    Tensor mixed =
        torch
            .bmm(atCorners(paint), features) // a small product for each quad
            .view(-1, 4, 3, (long) q * q)
            .mul(corners.to(features.scalar_type()))
            .sum(1); // [B * Q, 3, q * q]
    return mixed
        .to(torch.ScalarType.Float)
        .mul(new Scalar(GAIN))
        .view(new long[] {batch, quads, quads, 3, q, q})
        .permute(0, 3, 1, 4, 2, 5)
        .reshape(batch, 3, config.tile() + (long) q, config.tile() + (long) q)
        .narrow(2, q / 2, config.tile())
        .narrow(3, q / 2, config.tile());
  }

  /** Coefficients of the four cells around every quad, [B * Q, 4 * 3, K]. */
  private Tensor atCorners(Tensor paint) {
    long batch = paint.size(0);
    int side = config.side();
    int cells = config.cells();
    int n = side * cells;
    long width = 3L * config.lens();
    Tensor grid =
        paint
            .view(new long[] {batch, side, side, cells, cells, width})
            .permute(0, 1, 3, 2, 4, 5)
            .reshape(batch, n, n, width);
    grid = torch.cat(new TensorVector(grid.narrow(1, 0, 1), grid, grid.narrow(1, n - 1, 1)), 1);
    grid = torch.cat(new TensorVector(grid.narrow(2, 0, 1), grid, grid.narrow(2, n - 1, 1)), 2);
    TensorVector four = new TensorVector();
    for (int i = 0; i < 4; i++) {
      four.push_back(grid.narrow(1, i / 2, n + 1L).narrow(2, i % 2, n + 1L));
    }
    return torch.cat(four, 3).view(-1, 12, config.lens());
  }

  private static Tensor corners(int q) {
    float[] shares = new float[q * q * 4];
    for (int i = 0; i < q * q; i++) {
      float down = (i / q + 0.5f) / q;
      float right = (i % q + 0.5f) / q;
      shares[i] = (1 - down) * (1 - right);
      shares[q * q + i] = (1 - down) * right;
      shares[2 * q * q + i] = down * (1 - right);
      shares[3 * q * q + i] = down * right;
    }
    return torch.tensor(shares).view(1, 4, 1, (long) q * q);
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
}
