package dev.mneme.tensor;

/** How {@link Attention} computes. */
public enum AttentionKernel {
  /**
   * Written out when training in {@link Precision#BF16}, fused otherwise: the faster one on CPUs.
   */
  AUTO,
  /** libtorch's scaled_dot_product_attention: never holds the N × N scores. */
  FUSED,
  /** softmax(QKᵀ/√D)V as separate operations: several times faster backward in bf16 on CPUs. */
  WRITTEN
}
