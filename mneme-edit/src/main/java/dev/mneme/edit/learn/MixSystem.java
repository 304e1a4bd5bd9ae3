package dev.mneme.edit.learn;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A system of equations whose solution is the best mix of features for all pixels that were looked
 * at.
 *
 * @param product [3, F] features with what is left to do, in double precision
 * @param second [F, F] features with each other
 */
record MixSystem(Tensor product, Tensor second) {
  /** Beside the mean second moment of a feature. There are millions of pixels. */
  private static final double RIDGE = 1e-6;

  /** Adds what other pixels tell, in place. */
  void add(MixSystem more) {
    product.add_(more.product);
    second.add_(more.second);
  }

  /** The mix of all features: [3, F]. */
  Tensor mix() {
    long width = second.size(0);
    return mix(torch.arange(new Scalar(width)));
  }

  /**
   * The best mix of some features.
   *
   * @param seen their indices
   * @return [3, F], 0 for all others
   */
  Tensor mix(Tensor seen) {
    Tensor moments = second.index_select(0, seen).index_select(1, seen);
    Tensor one = torch.eye(seen.size(0)).to(moments.scalar_type());
    Tensor slack = moments.diag().mean().mul(one).mul(new Scalar(RIDGE));
    Tensor mix =
        torch.linalg_solve(moments.add(slack), product.index_select(1, seen).t(), true).t();
    return torch.zeros_like(product).index_copy(1, seen, mix).to(torch.ScalarType.Float);
  }

  List<Tensor> tensors() {
    return List.of(product, second);
  }
}
