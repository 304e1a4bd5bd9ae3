package dev.mneme.tensor.safetensors;

import java.util.Optional;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The element types that are read and written; the names are those of the format. */
public enum DType {
  /** IEEE 754 double. */
  F64(8),
  /** IEEE 754 single. */
  F32(4),
  /** IEEE 754 half. */
  F16(2),
  /** The upper half of an IEEE 754 single. */
  BF16(2),
  /** Signed 64 bit. */
  I64(8),
  /** Signed 32 bit. */
  I32(4),
  /** Unsigned 8 bit. */
  U8(1);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes per element. */
  public int bytes() {
    return bytes;
  }

  /** The libtorch type with the same bits. */
  public ScalarType scalarType() {
    return switch (this) {
      case F64 -> ScalarType.Double;
      case F32 -> ScalarType.Float;
      case F16 -> ScalarType.Half;
      case BF16 -> ScalarType.BFloat16;
      case I64 -> ScalarType.Long;
      case I32 -> ScalarType.Int;
      case U8 -> ScalarType.Byte;
    };
  }

  /** The type with the given libtorch type, if the format knows it. */
  public static Optional<DType> of(ScalarType type) {
    ScalarType constant =
        type.intern(); // what comes from native code is equal in value, not identical
    for (DType candidate : values()) {
      if (candidate.scalarType() == constant) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  static Optional<DType> named(String name) {
    for (DType candidate : values()) {
      if (candidate.name().equals(name)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
