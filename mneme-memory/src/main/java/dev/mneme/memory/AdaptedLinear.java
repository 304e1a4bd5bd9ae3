package dev.mneme.memory;

import dev.mneme.tensor.Scopes;
import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** A frozen linear with a low-rank term for each sample (paper, section on the LoRA interface). */
public final class AdaptedLinear {
  private AdaptedLinear() {}

  /**
   * y = x Wᵀ + b + scale · (x Aᵀ) Bᵀ, each row of the batch with its own A and B.
   *
   * <p>Differentiable in x, A and B; may run inside autocast.
   *
   * @param x [B, ..., in]
   * @param weight [out, in]
   * @param bias [out], or null
   * @param factors A [B or 1, r, in] and B [B or 1, out, r], or null for the linear alone
   * @param scale what B A is multiplied by
   * @return [B, ..., out]
   * @throws AdapterMismatchException if the widths or the batch do not fit
   */
  public static Tensor forward(
      Tensor x, Tensor weight, Tensor bias, LoraFactors factors, double scale) {
    if (factors == null) {
      return plain(x, weight, bias);
    }
    requireFit(x, weight, factors);
    return Scopes.call(() -> onto(plain(x, weight, bias), x, factors, scale));
  }

  /**
   * What the low-rank term adds by itself: scale · (x Aᵀ) Bᵀ.
   *
   * @param x [B, ..., in]
   * @param factors A [B or 1, r, in] and B [B or 1, out, r]
   * @return [B, ..., out]
   */
  public static Tensor change(Tensor x, LoraFactors factors, double scale) {
    return Scopes.call(
        () -> {
          if (factors.batch() == 1) {
            return sharedTerm(x, factors, scale);
          }
          Tensor waist = waist(x, factors).mul(new Scalar(scale)); // [B, N, r]
          return waist.bmm(factors.b().transpose(1, 2)).reshape(shape(x, factors));
        });
  }

  private static Tensor plain(Tensor x, Tensor weight, Tensor bias) {
    return bias == null
        ? torch.linear(x, weight)
        : torch.linear(x, weight, new TensorOptional(bias)); // [B, ..., out]
  }

  /** The term added to what the linear gave, in one pass over it where each row has its own. */
  private static Tensor onto(Tensor plain, Tensor x, LoraFactors factors, double scale) {
    if (factors.batch() == 1) {
      return plain.add(sharedTerm(x, factors, scale));
    }
    Tensor rows = plain.reshape(plain.size(0), -1, factors.out()); // [B, N, out]
    Tensor b = factors.b().transpose(1, 2); // [B, r, out]
    return torch
        .baddbmm(rows, waist(x, factors), b, new Scalar(1.0), new Scalar(scale))
        .reshape(shape(x, factors));
  }

  private static Tensor sharedTerm(Tensor x, LoraFactors factors, double scale) {
    Tensor waist = torch.linear(x, factors.a().squeeze(0)); // [B, ..., r]
    return torch.linear(waist.mul(new Scalar(scale)), factors.b().squeeze(0)); // [B, ..., out]
  }

  private static Tensor waist(Tensor x, LoraFactors factors) {
    return x.reshape(x.size(0), -1, x.size(-1)).bmm(factors.a().transpose(1, 2)); // [B, N, r]
  }

  private static long[] shape(Tensor x, LoraFactors factors) {
    long[] shape = x.shape();
    shape[shape.length - 1] = factors.out();
    return shape;
  }

  /**
   * The linear with the factors that {@code adapters} have at {@code key}; see {@link
   * #forward(Tensor, Tensor, Tensor, LoraFactors, double)}.
   *
   * @param key {@code {prefix}{layer}.{module}}; not looked at for {@link Adapters#none()}
   * @throws AdapterMismatchException if the adapters have no such key or do not fit
   */
  public static Tensor forward(
      Tensor x, Tensor weight, Tensor bias, Adapters adapters, String key) {
    return forward(x, weight, bias, adapters.at(key), adapters.scale());
  }

  /**
   * The one weight that does what a linear with one adapter does: W + scale · B A.
   *
   * @param weight [out, in]
   * @param factors A [1, r, in] and B [1, out, r], or null
   * @return [out, in]; the weight itself when there are no factors
   * @throws AdapterMismatchException if the factors hold more than one sample or do not fit
   */
  public static Tensor merged(Tensor weight, LoraFactors factors, double scale) {
    if (factors == null) {
      return weight;
    }
    if (factors.batch() != 1) {
      throw new AdapterMismatchException(
          "Only one sample's weights can be merged: expected a batch of 1, found %d. Use Adapters.select first."
              .formatted(factors.batch()));
    }
    requireWidths(weight, factors);
    return weight.add(factors.product().squeeze(0).to(weight.scalar_type()), new Scalar(scale));
  }

  private static void requireFit(Tensor x, Tensor weight, LoraFactors factors) {
    requireWidths(weight, factors);
    if (factors.batch() != 1 && factors.batch() != x.size(0)) {
      throw new AdapterMismatchException(
          "Expected adapters with a batch of 1 or %d, the batch of x %s, found %s"
              .formatted(x.size(0), Arrays.toString(x.shape()), factors.describe()));
    }
  }

  private static void requireWidths(Tensor weight, LoraFactors factors) {
    if (factors.experts() != 0
        || factors.in() != weight.size(1)
        || factors.out() != weight.size(0)) {
      throw new AdapterMismatchException(
          "Expected lora_A [B, r, %d] and lora_B [B, %d, r] for a weight %s, found %s"
              .formatted(
                  weight.size(1),
                  weight.size(0),
                  Arrays.toString(weight.shape()),
                  factors.describe()));
    }
  }
}
