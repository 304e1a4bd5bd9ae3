package dev.mneme.tensor.safetensors;

import java.util.List;

/**
 * What a header says of one tensor.
 *
 * @param name the tensor's name
 * @param dtype the element type
 * @param shape the sizes, outermost first; empty for a scalar, and any size may be 0
 * @param begin first byte, counted from the start of the file's data section
 * @param end one past the last byte, counted likewise
 */
public record TensorInfo(String name, DType dtype, List<Long> shape, long begin, long end) {
  public TensorInfo {
    shape = List.copyOf(shape);
  }

  /** The number of bytes in the file. */
  public long byteCount() {
    return end - begin;
  }

  /** The number of elements. */
  public long elementCount() {
    return byteCount() / dtype.bytes();
  }

  /** The shape as libtorch takes it. */
  public long[] sizes() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }
}
