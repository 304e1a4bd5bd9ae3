package dev.mneme.tensor;

import java.util.Arrays;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Scaled dot-product attention, by the kernel that is faster for the purpose at hand. */
public final class Attention {
  /**
   * Low enough to vanish in a softmax, yet finite, so that a row without any key gives no NaN; bf16
   * can hold it.
   */
  private static final double NEVER = -1e30;

  private Attention() {}

  /**
   * softmax(QKᵀ/√D + mask)V.
   *
   * @param q queries, [B, H, N, D]
   * @param k keys, [B, H, M, D]
   * @param v values, [B, H, M, Dv]
   * @param mask null, or broadcastable to [B, H, N, M]: boolean (true takes part), or numbers added
   *     to the scores; a query that may see no key at all gives zeros
   * @param training whether a backward pass will follow
   * @return [B, H, N, Dv]
   * @throws IllegalArgumentException if the shapes do not fit together
   */
  public static Tensor apply(Tensor q, Tensor k, Tensor v, Tensor mask, boolean training) {
    check(q, k, v);
    boolean reduced = q.scalar_type().intern() == ScalarType.BFloat16 || Autocast.isBf16();
    return switch (Engine.start().attention().value()) {
      case FUSED -> fused(q, k, v, mask);
      case WRITTEN -> written(q, k, v, mask);
      case AUTO -> training && reduced ? written(q, k, v, mask) : fused(q, k, v, mask);
    };
  }

  static Tensor fused(Tensor q, Tensor k, Tensor v, Tensor mask) {
    TensorOptional given = mask == null ? new TensorOptional() : new TensorOptional(mask);
    return torch.scaled_dot_product_attention(
        q, k, v, given, 0.0, false, new DoubleOptional(), false);
  }

  static Tensor written(Tensor q, Tensor k, Tensor v, Tensor mask) {
    // The scale goes to q, which is smaller than the scores.
    Tensor scaled = q.mul(new Scalar(1 / Math.sqrt(q.size(3))));
    Tensor scores = torch.matmul(scaled, k.transpose(2, 3)); // [B, H, N, M]
    if (mask == null) {
      return torch.matmul(scores.softmax(3), v);
    }
    Tensor allowed;
    Tensor bias;
    if (mask.scalar_type().intern() == ScalarType.Bool) {
      allowed = mask;
      bias =
          torch
              .zeros_like(mask, scores.options(), null)
              .masked_fill(mask.logical_not(), new Scalar(NEVER));
    } else {
      allowed = mask.gt(new Scalar(Double.NEGATIVE_INFINITY));
      bias = mask.clamp_min(new Scalar(NEVER)).to(scores.scalar_type());
    }
    Tensor mixed = torch.matmul(scores.add(bias).softmax(3), v);
    return mixed.mul(allowed.any(-1, true)); // zeros where no key was allowed
  }

  private static void check(Tensor q, Tensor k, Tensor v) {
    boolean fits = q.dim() == 4 && k.dim() == 4 && v.dim() == 4;
    for (int d = 0; fits && d < 2; d++) {
      fits = q.size(d) == k.size(d) && k.size(d) == v.size(d);
    }
    if (!fits || q.size(3) != k.size(3) || k.size(2) != v.size(2)) {
      throw new IllegalArgumentException(
          "attention: expected q [B, H, N, D], k [B, H, M, D], v [B, H, M, Dv], found q "
              + Arrays.toString(Tensors.shape(q))
              + ", k "
              + Arrays.toString(Tensors.shape(k))
              + ", v "
              + Arrays.toString(Tensors.shape(v)));
    }
  }
}
