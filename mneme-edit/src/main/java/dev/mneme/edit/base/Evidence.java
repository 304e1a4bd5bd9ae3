package dev.mneme.edit.base;

import dev.mneme.tensor.Autocast;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Scopes;
import java.util.List;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * What example pairs tell of a look, summed over all their pixels; the pictures are not needed any
 * more. Features are the {@link Lens}' K, and three for what changes towards the corners: the
 * source by how far from the picture's middle it lies.
 *
 * @param moments [3, K + 3] of what changed, after - before, with the features
 * @param second [K + 3, K + 3] of the features with each other
 * @param difference [F] how {@link PictureStatistics} after differ from those before, in the mean
 */
public record Evidence(Tensor moments, Tensor second, Tensor difference) {
  private static final int CORNERS = 3;

  /** Beside second moments of features that are whitened to about one. */
  private static final double RIDGE = 5e-4;

  /** Coarser, for what is read: it does not swing with the noise of few small pairs. */
  private static final double RIDGE_READ = 2e-3;

  /** Bring a mix, moments and differences of usual looks to order one. */
  private static final double MIX_SCALE = 10;

  private static final double MOMENT_SCALE = 10;
  private static final double DIFFERENCE_SCALE = 2;

  /**
   * Looks at pairs; tensors belong to the current scope and carry no gradient.
   *
   * @param pairs at least one, each as large as a tile
   */
  public static Evidence of(EditorBase base, List<Shown> pairs) {
    int count = base.config().lens() + CORNERS;
    try (NoGradGuard guard = new NoGradGuard();
        Autocast exact = Autocast.on(Precision.FP32)) {
      Tensor moments = torch.zeros(3, count);
      Tensor second = torch.zeros(count, count);
      Tensor difference = torch.zeros(PictureStatistics.COUNT);
      Scalar share = new Scalar(1.0 / pairs.size());
      for (Shown pair : pairs) {
        Scopes.run(
            () -> {
              Tensor before = Shown.tensor(pair.before());
              Tensor after = Shown.tensor(pair.after());
              Tensor change = after.sub(before).view(3, -1); // [3, P]
              Tensor features = features(base, before, pair.place()); // [K + 3, P]
              Scalar each = new Scalar(1.0 / features.size(1) / pairs.size());
              moments.add_(torch.matmul(change, features.t()).mul(each));
              second.add_(torch.matmul(features, features.t()).mul(each));
              difference.add_(
                  PictureStatistics.numbers(after)
                      .sub(PictureStatistics.numbers(before))
                      .view(-1)
                      .mul(share));
            });
      }
      return new Evidence(moments, second, difference);
    }
  }

  private static Tensor features(EditorBase base, Tensor picture, float[] place) {
    int tile = base.config().tile();
    Tensor lens = base.features(picture).to(torch.ScalarType.Float).view(-1, (long) tile * tile);
    Tensor far = torch.tensor(far(place, tile)); // [P]
    return torch.cat(new TensorVector(lens, picture.view(3, -1).mul(far)), 0);
  }

  /** Square of the distance from the picture's middle, 1 at its corners, for every pixel. */
  private static float[] far(float[] place, int tile) {
    float[] all = new float[tile * tile];
    for (int i = 0; i < all.length; i++) {
      double u = place[0] + (place[2] - place[0]) * (i % tile + 0.5) / tile - 0.5;
      double v = place[1] + (place[3] - place[1]) * (i / tile + 0.5) / tile - 0.5;
      all[i] = (float) (2 * (u * u + v * v));
    }
    return all;
  }

  /** The mix W of K features that brings W f nearest to what changed, in closed form: [3, K]. */
  Tensor mix() {
    long k = moments.size(1) - CORNERS;
    return ridge(moments.narrow(1, 0, k), second.narrow(0, 0, k).narrow(1, 0, k), RIDGE);
  }

  private static Tensor ridge(Tensor moments, Tensor second, double ridge) {
    try (Autocast exact = Autocast.on(Precision.FP32)) {
      Tensor more = torch.eye(second.size(0)).mul(new Scalar(ridge));
      return torch.linalg_solve(second.add(more), moments.t(), true).t();
    }
  }

  /** How many tokens there are to read, S: three for the base that is shipped. */
  static int tokens(EditorConfig config) {
    int mixed = 3 * (config.lens() + CORNERS);
    return 2 * tokens(mixed, config.width()) + tokens(PictureStatistics.COUNT, config.width());
  }

  private static int tokens(int numbers, int width) {
    return (1 + numbers + width - 1) / width;
  }

  /**
   * What a memory reads of it: the mix that explains the pairs best, corners among it; the moments,
   * which do not depend on how alike the features of these few pictures are; and the difference.
   *
   * @return [S, d]
   */
  Tensor read(int width) {
    return torch.cat(
        new TensorVector(
            token(ridge(moments, second, RIDGE_READ).flatten(), MIX_SCALE, width),
            token(moments.flatten(), MOMENT_SCALE, width),
            token(difference, DIFFERENCE_SCALE, width)),
        0);
  }

  /** A one, by which a norm leaves the length to be read, and numbers: [n, d]. */
  private static Tensor token(Tensor numbers, double scale, int width) {
    Tensor all = torch.cat(new TensorVector(torch.ones(1), numbers.mul(new Scalar(scale))), 0);
    long missing = Math.floorMod(-all.size(0), (long) width);
    return torch.constant_pad_nd(all, new long[] {0, missing}, new Scalar(0.0)).view(-1, width);
  }
}
