package dev.mneme.tensor;

import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The number format in which the large products are computed. Weights and sums that need it stay in
 * 32 bit either way.
 */
public enum Precision {
  /** 32 bit throughout. */
  FP32,
  /** 16 bit with the range of 32 bit: fast where the CPU has AMX, slower elsewhere. */
  BF16;

  /** The libtorch type. */
  public ScalarType scalarType() {
    return this == BF16 ? ScalarType.BFloat16 : ScalarType.Float;
  }
}
