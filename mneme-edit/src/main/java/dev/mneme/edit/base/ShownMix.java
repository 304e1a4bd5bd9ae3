package dev.mneme.edit.base;

import dev.mneme.edit.picture.Picture;
import dev.mneme.memory.AdapterSite;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.LoraFactors;
import dev.mneme.tensor.Autocast;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Scopes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Writes an adapter for what example pairs show, in closed form: the mix of the {@link Lens}'
 * features that explains what changed, after - before, best by ridge regression over all pixels of
 * all pairs. It is one small solve, of as many unknowns a colour as there are features; nothing is
 * iterated, and no generator takes part.
 *
 * <p>It reaches what a colour becomes by itself and with its surroundings (curves, tints, contrast,
 * glow, grain), the same all over the picture, and not what depends on where in the picture it
 * stands (a vignette).
 */
public final class ShownMix {
  /** Beside second moments of features that are whitened to about one. */
  private static final double RIDGE = 5e-4;

  private ShownMix() {}

  /**
   * @param pairs at least one
   * @return a batch of one, of rank 3 where it mixes features and zero elsewhere; the tensors
   *     belong to the current scope
   */
  public static Adapters write(EditorBase base, List<Shown> pairs) {
    return Scopes.call(
        () -> {
          try (NoGradGuard guard = new NoGradGuard()) {
            return adapters(base, solved(base, pairs));
          }
        },
        Adapters::tensors);
  }

  /** The mix W that brings W f nearest to after - before: [3, K]. */
  private static Tensor solved(EditorBase base, List<Shown> pairs) {
    try (Autocast exact = Autocast.on(Precision.FP32)) {
      int k = base.config().lens();
      Tensor moments = torch.zeros(3, k);
      Tensor second = torch.zeros(k, k);
      for (Shown pair : pairs) {
        Scopes.run(
            () -> {
              Tensor before = tensor(pair.before());
              Tensor change = tensor(pair.after()).sub(before).view(3, -1); // [3, P]
              Tensor features = base.features(before).to(torch.ScalarType.Float).view(k, -1);
              Scalar share = new Scalar(1.0 / (features.size(1) * pairs.size()));
              moments.add_(torch.matmul(change, features.t()).mul(share));
              second.add_(torch.matmul(features, features.t()).mul(share));
            });
      }
      Tensor ridge = torch.eye(k).mul(new Scalar(RIDGE));
      return torch.linalg_solve(second.add(ridge), moments.t(), true).t();
    }
  }

  private static Tensor tensor(Picture picture) {
    return torch.tensor(picture.rgb()).view(1, 3, picture.height(), picture.width());
  }

  /** The first block mixes; all other sites add nothing. */
  private static Adapters adapters(EditorBase base, Tensor mix) {
    Map<String, LoraFactors> factors = new HashMap<>();
    for (int layer = 0; layer < base.layout().layers(); layer++) {
      for (AdapterSite site : base.layout().sites()) {
        boolean mixes = layer == 0 && site.module().equals(EditorConfig.MIX);
        factors.put(
            base.layout().key(layer, site.module()),
            mixes
                ? new LoraFactors(
                    mix.mul(new Scalar(1 / EditorBase.MIX_GAIN)).contiguous().unsqueeze(0),
                    torch.eye(3).unsqueeze(0))
                : new LoraFactors(torch.zeros(1, 1, site.in()), torch.zeros(1, site.out(), 1)));
      }
    }
    return Adapters.of(base.layout(), factors, 1);
  }
}
