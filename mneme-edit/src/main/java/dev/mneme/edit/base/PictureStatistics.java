package dev.mneme.edit.base;

import dev.mneme.tensor.Autocast;
import dev.mneme.tensor.Precision;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * What a photographer reads off a picture before touching it, in about 150 numbers of order one:
 * the histogram of every colour and of luminance, how dark the darkest of every neighbourhood is
 * (He, Sun and Tang, 2009, for haze), how colourful it is, how much finest detail lies in its
 * calmest places (noise) and in all of it (sharpness), and what a grid of 8 pixels shows (JPEG).
 *
 * <p>A base's tokens hold such things only vaguely; a memory that reads them can tell by how much
 * this picture is too dark.
 */
final class PictureStatistics {
  private static final int REDUCED = 4; // histograms are of pixels averaged over 4 x 4
  private static final double[] SHARES = {
    0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99
  };
  private static final double[] FEW_SHARES = {0.02, 0.1, 0.25, 0.5, 0.9};
  private static final double LEAST = 0.02; // keeps logarithms of black finite
  private static final double LEAST_DETAIL = 1e-3;
  private static final int BLOCK = 8;

  /** How many numbers there are. */
  static final int COUNT = 157;

  private PictureStatistics() {}

  /**
   * @param pictures [B, 3, T, T] in [0, 1], T a multiple of 8
   * @param width of a token
   * @return [B, n, width], as many tokens as the numbers fill, zeros at the end
   */
  static Tensor tokens(Tensor pictures, int width) {
    try (Autocast exact = Autocast.on(Precision.FP32)) {
      Tensor all = numbers(pictures); // [B, F]
      long missing = Math.floorMod(-all.size(1), (long) width);
      return torch.constant_pad_nd(all, 0, missing).view(all.size(0), -1, width);
    }
  }

  /** [B, 3, T, T] to [B, F]. */
  static Tensor numbers(Tensor pictures) {
    Tensor small = torch.avg_pool2d(pictures, REDUCED); // [B, 3, T/4, T/4]
    Tensor grey = small.mean(new long[] {1}, true, new ScalarTypeOptional());
    Tensor four = torch.cat(new TensorVector(small, grey), 1);
    Tensor lightest = small.amax(new long[] {1}, true);
    Tensor darkest = small.amin(new long[] {1}, true);
    Tensor dark = torch.max_pool2d(darkest.neg(), REDUCED).neg();
    Tensor colourful = lightest.sub(darkest).div(lightest.add(new Scalar(LEAST)));
    Tensor across = pictures.narrow(3, 1, pictures.size(3) - 1);
    across = across.sub(pictures.narrow(3, 0, pictures.size(3) - 1)).abs();
    TensorVector all = new TensorVector();
    all.push_back(torch.ones(pictures.size(0), 1));
    histogram(all, four, SHARES);
    histogram(all, dark, FEW_SHARES);
    histogram(all, colourful, FEW_SHARES);
    Tensor mean = four.mean(new long[] {2, 3}, false, new ScalarTypeOptional()); // [B, 4]
    all.push_back(log(mean, LEAST));
    all.push_back(four.flatten(2, 3).std(new long[] {2}, true, false).mul(new Scalar(4.0)));
    Tensor calm = torch.avg_pool2d(laplacian(pictures), BLOCK);
    all.push_back(log(quantiles(calm, FEW_SHARES), LEAST_DETAIL));
    all.push_back(log(mean(across), LEAST_DETAIL));
    all.push_back(log(mean(laplacian(small)), LEAST_DETAIL));
    all.push_back(log(mean(atBlocks(across)), LEAST_DETAIL));
    return torch.cat(all, 1);
  }

  /** Quantiles against those of an even histogram, and their logarithms. */
  private static void histogram(TensorVector to, Tensor planes, double[] shares) {
    Tensor q = quantiles(planes, shares); // [B, C Q]
    float[] even = new float[Math.toIntExact(q.size(1))];
    for (int i = 0; i < even.length; i++) {
      even[i] = (float) shares[i % shares.length];
    }
    to.push_back(q.sub(torch.tensor(even)).mul(new Scalar(2.0)));
    to.push_back(log(q, LEAST));
  }

  /** [B, C, h, w] to [B, C Q]. */
  private static Tensor quantiles(Tensor planes, double[] shares) {
    T_TensorTensor_T sorted = planes.flatten(2, 3).sort(); // [B, C, h w]
    Tensor values = sorted.get0();
    long last = values.size(2) - 1;
    TensorVector picked = new TensorVector();
    for (double share : shares) {
      picked.push_back(values.narrow(2, Math.round(share * last), 1));
    }
    return torch.cat(picked, 2).flatten(1, 2);
  }

  /** How far each pixel is from the mean of its four neighbours. */
  private static Tensor laplacian(Tensor planes) {
    long h = planes.size(2) - 2;
    long w = planes.size(3) - 2;
    Tensor around =
        planes
            .narrow(2, 0, h)
            .narrow(3, 1, w)
            .add(planes.narrow(2, 2, h).narrow(3, 1, w))
            .add(planes.narrow(2, 1, h).narrow(3, 0, w))
            .add(planes.narrow(2, 1, h).narrow(3, 2, w));
    return planes.narrow(2, 1, h).narrow(3, 1, w).sub(around.mul(new Scalar(0.25))).abs();
  }

  /** Every eighth step across, from one block to the next: [B, C, h, n]. */
  private static Tensor atBlocks(Tensor across) {
    TensorVector columns = new TensorVector();
    for (long x = BLOCK - 1; x < across.size(3); x += BLOCK) {
      columns.push_back(across.narrow(3, x, 1));
    }
    return torch.cat(columns, 3);
  }

  private static Tensor mean(Tensor planes) {
    return planes.mean(new long[] {2, 3}, false, new ScalarTypeOptional()); // [B, C]
  }

  /** Logarithms of what lies in [0, 1], of order one. */
  private static Tensor log(Tensor values, double least) {
    double middle = -Math.log(least) / 2;
    return values.add(new Scalar(least)).log().add(new Scalar(middle)).mul(new Scalar(1 / middle));
  }
}
