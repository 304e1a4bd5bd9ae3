package dev.mneme.edit.base;

import dev.mneme.edit.picture.GrainPattern;
import dev.mneme.tensor.Autocast;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Scopes;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * What is known of every pixel without learning: the classical vocabulary of image processing, at
 * full resolution. Beyond the tile's border the border pixel repeats.
 *
 * <ul>
 *   <li>one, and the source (1 + 3)
 *   <li>Gaussian scale space: sigma 1, 2 and 4 (9)
 *   <li>edge-preserving smoothing at two scales: guided filter, led by luminance (He, Sun and Tang,
 *       2010) (6)
 *   <li>Sobel slopes of luminance, and their blurred magnitude, plain and saturating (4)
 *   <li>luminance against its surroundings at two scales, darker and brighter apart (4)
 *   <li>squares and square roots of the source, for curves (6)
 *   <li>means of blocks of 8 x 8 pixels (3), chroma (1), and a grain pattern (1)
 * </ul>
 */
final class PixelFeatures {
  /** How many there are. */
  static final int COUNT = 38;

  private static final int BLOCK = 8;
  private static final double[] SIGMAS = {1, 2, 4};
  private static final int[] GUIDED_RADII = {2, 5};
  private static final double[] GUIDED_EPS = {0.004, 0.02};
  private static final double DARKEST = 0.02; // keeps ratios in black areas finite

  private final int tile;
  private final Tensor[] gauss = new Tensor[SIGMAS.length]; // each [T, T], one axis as a matrix
  private final Tensor[] box = new Tensor[GUIDED_RADII.length];
  private final Tensor smooth; // [T, T] 1 2 1
  private final Tensor slope; // [T, T] -1 0 1
  private final Tensor luminance; // [3, 1, 1, 1]
  private final Tensor grain; // [1, T, 1, T]

  PixelFeatures(int tile) {
    this.tile = tile;
    for (int i = 0; i < SIGMAS.length; i++) {
      gauss[i] = band(tile, gaussian(SIGMAS[i]));
    }
    for (int i = 0; i < GUIDED_RADII.length; i++) {
      double[] ones = new double[2 * GUIDED_RADII[i] + 1];
      java.util.Arrays.fill(ones, 1.0 / ones.length);
      box[i] = band(tile, ones);
    }
    smooth = band(tile, new double[] {1, 2, 1});
    slope = band(tile, new double[] {-1, 0, 1});
    luminance = torch.tensor(0.2126f, 0.7152f, 0.0722f).view(3, 1, 1, 1);
    float[] pattern = new float[tile * tile];
    for (int i = 0; i < pattern.length; i++) {
      pattern[i] = GrainPattern.at(i % tile, i / tile);
    }
    grain = torch.tensor(pattern).view(1, tile, 1, tile);
  }

  /**
   * tiles [B, 3, T, T] in [0, 1] to [B, {@value #COUNT}, T, T], in fp32; within, planes lie as [n,
   * T, B, T], row by row of all pictures, so that filters along both axes are large products and
   * planes come together without being moved.
   */
  Tensor of(Tensor tiles) {
    return planes(tiles).permute(2, 0, 1, 3);
  }

  /**
   * As {@link #of}, mixed so that none says what others say already.
   *
   * @param whitening [{@value #COUNT}, {@value #COUNT}], see {@link EditorWeights#WHITENING}
   */
  Tensor whitened(Tensor tiles, Tensor whitening) {
    try (Autocast exact = Autocast.on(Precision.FP32)) {
      return Scopes.call(
          () ->
              torch
                  .matmul(whitening, planes(tiles).view(COUNT, -1)) // [COUNT, T * B * T]
                  .view(COUNT, tile, -1, tile)
                  .permute(2, 0, 1, 3));
    }
  }

  /** [B, 3, T, T] to [{@value #COUNT}, T, B, T]. */
  private Tensor planes(Tensor tiles) {
    // Variances of the guided filter are differences of near equals: too fine for bf16.
    try (Autocast exact = Autocast.on(Precision.FP32)) {
      return Scopes.call(() -> exactPlanes(tiles));
    }
  }

  private Tensor exactPlanes(Tensor tiles) {
    Tensor rgb = tiles.permute(1, 2, 0, 3).contiguous(); // [3, T, B, T]
    Tensor grey = grey(rgb); // [1, T, B, T]
    TensorVector all = new TensorVector();
    all.push_back(torch.ones_like(grey));
    all.push_back(rgb);
    Tensor[] blurred = new Tensor[SIGMAS.length];
    for (int i = 0; i < SIGMAS.length; i++) {
      blurred[i] = both(gauss[i], rgb, gauss[i]);
      all.push_back(blurred[i]);
    }
    for (int i = 0; i < GUIDED_RADII.length; i++) {
      Tensor window = box[i];
      double eps = GUIDED_EPS[i];
      all.push_back(Scopes.call(() -> guided(rgb, grey, window, eps)));
    }
    all.push_back(both(smooth, grey, slope));
    all.push_back(both(slope, grey, smooth));
    Tensor calm = grey(blurred[0]);
    Tensor across = both(smooth, calm, slope);
    Tensor down = both(slope, calm, smooth);
    Tensor magnitude = across.square().add_(down.square()).add_(new Scalar(1e-6)).sqrt_();
    all.push_back(magnitude);
    all.push_back(magnitude.div(magnitude.add(new Scalar(0.3))));
    for (int i = 1; i < SIGMAS.length; i++) {
      Tensor ratio = grey.add(new Scalar(DARKEST)).div_(grey(blurred[i]).add_(new Scalar(DARKEST)));
      all.push_back(ratio.clamp_max(new Scalar(1.0)));
      all.push_back(ratio.clamp_(one(1), one(2)).sub_(new Scalar(1.0)));
    }
    all.push_back(rgb.square());
    all.push_back(rgb.clamp_min(new Scalar(1e-4)).sqrt_());
    all.push_back(blockMeans(rgb));
    long[] colours = {0};
    all.push_back(rgb.amax(colours, true).sub_(rgb.amin(colours, true)));
    all.push_back(grain.expand(1, tile, tiles.size(0), tile));
    return torch.cat(all, 0);
  }

  /** Locally linear in the guide, so that edges of the guide stay. */
  private static Tensor guided(Tensor rgb, Tensor guide, Tensor box, double eps) {
    Tensor moments =
        both(box, torch.cat(new TensorVector(guide, guide.square(), rgb, rgb.mul(guide)), 0), box);
    Tensor mean = moments.narrow(0, 0, 1);
    Tensor variance = moments.narrow(0, 1, 1).sub(mean.square());
    Tensor means = moments.narrow(0, 2, 3);
    Tensor covariance = moments.narrow(0, 5, 3).sub(means.mul(mean));
    Tensor a = covariance.div_(variance.add_(new Scalar(eps))); // [3, T, B, T]
    Tensor b = means.sub(a.mul(mean));
    Tensor lines = both(box, torch.cat(new TensorVector(a, b), 0), box);
    return lines.narrow(0, 0, 3).mul(guide).add_(lines.narrow(0, 3, 3));
  }

  private Tensor blockMeans(Tensor rgb) {
    int n = tile / BLOCK;
    long b = rgb.size(2);
    return rgb.view(new long[] {3, n, BLOCK, b, n, BLOCK})
        .mean(new long[] {2, 5}, true, new org.bytedeco.pytorch.ScalarTypeOptional())
        .expand(new long[] {3, n, BLOCK, b, n, BLOCK}, false)
        .reshape(3, tile, b, tile);
  }

  private Tensor grey(Tensor rgb) {
    return rgb.mul(luminance).sum(0).unsqueeze(0);
  }

  /** One band matrix down the columns, another along the rows, of planes [n, T, B, T]. */
  private static Tensor both(Tensor down, Tensor planes, Tensor across) {
    return Scopes.call(
        () -> {
          Tensor rows = torch.matmul(planes, across.t());
          long n = rows.size(0);
          return torch
              .bmm(down.unsqueeze(0).expand(n, -1, -1), rows.view(n, rows.size(1), -1))
              .view(rows.shape());
        });
  }

  private static org.bytedeco.pytorch.ScalarOptional one(double value) {
    return new org.bytedeco.pytorch.ScalarOptional(new Scalar(value));
  }

  private static double[] gaussian(double sigma) {
    int reach = (int) Math.ceil(3 * sigma);
    double[] kernel = new double[2 * reach + 1];
    double total = 0;
    for (int k = -reach; k <= reach; k++) {
      kernel[k + reach] = Math.exp(-k * k / (2 * sigma * sigma));
      total += kernel[k + reach];
    }
    for (int k = 0; k < kernel.length; k++) {
      kernel[k] /= total;
    }
    return kernel;
  }

  /** Correlation of one axis with a kernel of odd length as a matrix [n, n]. */
  private static Tensor band(int n, double[] kernel) {
    float[] m = new float[n * n];
    int reach = kernel.length / 2;
    for (int i = 0; i < n; i++) {
      for (int k = -reach; k <= reach; k++) {
        int j = Math.min(n - 1, Math.max(0, i + k));
        m[i * n + j] += (float) kernel[k + reach];
      }
    }
    return torch.tensor(m).view(n, n);
  }
}
