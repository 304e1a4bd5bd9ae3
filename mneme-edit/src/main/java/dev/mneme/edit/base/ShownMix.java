package dev.mneme.edit.base;

import dev.mneme.memory.AdapterSite;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.LoraFactors;
import dev.mneme.tensor.Scopes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Writes an adapter for what example pairs show, in closed form: the mix of the {@link Lens}'
 * features that explains what changed, after - before, best by ridge regression over all pixels of
 * all pairs. It is one small solve, of as many unknowns a colour as there are features; nothing is
 * iterated. A memory that reads the same {@link Evidence} is taught to add what such a mix lacks.
 *
 * <p>It reaches what a colour becomes by itself and with its surroundings (curves, tints, contrast,
 * glow, grain), the same all over the picture, and not what depends on where in the picture it
 * stands (a vignette), which {@link ShownPaint} does.
 */
public final class ShownMix {
  private ShownMix() {}

  /**
   * @param rows what was shown for each request; some may have been shown nothing
   * @return a batch of as many, of rank 3 where features are mixed and zero elsewhere; the tensors
   *     belong to the current scope
   */
  public static Adapters write(EditorBase base, List<Optional<Evidence>> rows) {
    return Scopes.call(
        () -> {
          try (NoGradGuard guard = new NoGradGuard()) {
            TensorVector mixes = new TensorVector();
            for (Optional<Evidence> row : rows) {
              mixes.push_back(
                  row.map(Evidence::mix).orElseGet(() -> torch.zeros(3, base.config().lens())));
            }
            return adapters(base, torch.stack(mixes));
          }
        },
        Adapters::tensors);
  }

  /**
   * A mix of features, the same for all pixels, as adapters: the first block mixes, all other sites
   * add nothing.
   *
   * @param mix [B, 3, K]
   */
  public static Adapters adapters(EditorBase base, Tensor mix) {
    long batch = mix.size(0);
    Map<String, LoraFactors> factors = new HashMap<>();
    for (int layer = 0; layer < base.layout().layers(); layer++) {
      for (AdapterSite site : base.layout().sites()) {
        boolean mixes = layer == 0 && site.module().equals(EditorConfig.MIX);
        factors.put(
            base.layout().key(layer, site.module()),
            mixes
                ? factors(mix)
                : new LoraFactors(
                    torch.zeros(batch, 1, site.in()), torch.zeros(batch, site.out(), 1)));
      }
    }
    return Adapters.of(base.layout(), factors, 1);
  }

  /**
   * The same adapters with a second mix after all else.
   *
   * @param first without one
   * @param mix [B, 3, F] of {@link EditorBase#secondFeatures}
   */
  public static Adapters andAgain(EditorBase base, Adapters first, Tensor mix) {
    Map<String, LoraFactors> factors = new HashMap<>(first.factors());
    factors.put(
        EditorConfig.SECOND,
        new LoraFactors(mix.mul(new Scalar(1 / first.scale())).contiguous(), each(mix.size(0))));
    return Adapters.of(base.layout(), factors, first.scale());
  }

  /**
   * A mix of features as what an adapter writes at the site {@link EditorConfig#MIX} of one block,
   * at a scale of 1.
   *
   * @param mix [B, 3, K]
   */
  public static LoraFactors factors(Tensor mix) {
    return new LoraFactors(
        mix.mul(new Scalar(1 / EditorBase.MIX_GAIN)).contiguous(), each(mix.size(0)));
  }

  /** Every colour from its own row: [B, 3, 3]. */
  private static Tensor each(long batch) {
    return torch.eye(3).unsqueeze(0).expand(batch, -1, -1).contiguous();
  }
}
