package dev.mneme.tensor;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Between Java arrays and tensors. */
public final class Tensors {
  private Tensors() {}

  /**
   * A 32-bit tensor with a copy of {@code values}.
   *
   * @param shape sizes, outermost first; none for a scalar
   * @throws IllegalArgumentException if the shape's product is not the number of values
   */
  public static Tensor fromFloats(float[] values, long... shape) {
    Tensor tensor = empty(values.length, ScalarType.Float, shape);
    if (values.length > 0) {
      Scopes.run(() -> new FloatPointer(tensor.data_ptr()).put(values, 0, values.length));
    }
    return tensor;
  }

  /**
   * A 32-bit tensor whose rows are made side by side, on as many threads as there are processors.
   *
   * @param rows how many
   * @param row makes one, in parts that follow each other; called by any thread
   * @param shape sizes, outermost first
   * @throws IllegalArgumentException if the rows do not fill the shape
   */
  public static Tensor fromRows(int rows, IntFunction<float[][]> row, long... shape) {
    long all = LongStream.of(shape).reduce(1, Math::multiplyExact);
    Tensor tensor = empty(all, ScalarType.Float, shape);
    Scopes.run(
        () -> {
          Pointer start = tensor.data_ptr();
          IntStream.range(0, rows)
              .parallel()
              .forEach(i -> put(row.apply(i), new FloatPointer(start), i, all / rows));
        });
    return tensor;
  }

  private static void put(float[][] parts, FloatPointer to, long row, long length) {
    long values = Stream.of(parts).mapToLong(part -> part.length).sum();
    if (values != length) {
      throw new IllegalArgumentException(
          "Expected rows of %d values, found %d".formatted(length, values));
    }
    long at = row * length;
    for (float[] part : parts) {
      to.position(at).put(part, 0, part.length);
      at += part.length;
    }
  }

  /**
   * A tensor of 64-bit whole numbers, such as token ids, with a copy of {@code values}.
   *
   * @param shape sizes, outermost first; none for a scalar
   * @throws IllegalArgumentException if the shape's product is not the number of values
   */
  public static Tensor fromLongs(long[] values, long... shape) {
    Tensor tensor = empty(values.length, ScalarType.Long, shape);
    if (values.length > 0) {
      Scopes.run(() -> new LongPointer(tensor.data_ptr()).put(values, 0, values.length));
    }
    return tensor;
  }

  /**
   * A tensor of bytes without sign, with a copy of {@code values}.
   *
   * @param shape sizes, outermost first; none for a scalar
   * @throws IllegalArgumentException if the shape's product is not the number of values
   */
  public static Tensor fromBytes(byte[] values, long... shape) {
    Tensor tensor = empty(values.length, ScalarType.Byte, shape);
    if (values.length > 0) {
      Scopes.run(() -> new BytePointer(tensor.data_ptr()).put(values, 0, values.length));
    }
    return tensor;
  }

  /**
   * The elements in row-major order, whatever the tensor's type, strides and device.
   *
   * @throws IllegalArgumentException if there are more than an array can hold
   */
  public static float[] toFloats(Tensor tensor) {
    float[] values = new float[length(tensor)];
    if (values.length > 0) {
      Scopes.run(
          () -> {
            Tensor plain = tensor.detach().cpu().to(ScalarType.Float).contiguous();
            new FloatPointer(plain.data_ptr()).get(values, 0, values.length);
          });
    }
    return values;
  }

  /**
   * The elements as 64-bit whole numbers in row-major order; fractions are cut off.
   *
   * @throws IllegalArgumentException if there are more than an array can hold
   */
  public static long[] toLongs(Tensor tensor) {
    long[] values = new long[length(tensor)];
    if (values.length > 0) {
      Scopes.run(
          () -> {
            Tensor plain = tensor.detach().cpu().to(ScalarType.Long).contiguous();
            new LongPointer(plain.data_ptr()).get(values, 0, values.length);
          });
    }
    return values;
  }

  /**
   * The elements as bytes without sign in row-major order; fractions are cut off.
   *
   * @throws IllegalArgumentException if there are more than an array can hold
   */
  public static byte[] toBytes(Tensor tensor) {
    byte[] values = new byte[length(tensor)];
    if (values.length > 0) {
      Scopes.run(
          () -> {
            Tensor plain = tensor.detach().cpu().to(ScalarType.Byte).contiguous();
            new BytePointer(plain.data_ptr()).get(values, 0, values.length);
          });
    }
    return values;
  }

  /** The sizes, outermost first. */
  public static long[] shape(Tensor tensor) {
    long[] shape = new long[Math.toIntExact(tensor.dim())];
    for (int d = 0; d < shape.length; d++) {
      shape[d] = tensor.size(d);
    }
    return shape;
  }

  private static int length(Tensor tensor) {
    if (tensor.numel() > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "expected at most 2^31 elements to fit a Java array, found shape "
              + Arrays.toString(shape(tensor))
              + "; take slices");
    }
    return (int) tensor.numel();
  }

  private static Tensor empty(long length, ScalarType type, long... shape) {
    long product = 1;
    boolean negative = false;
    for (long size : shape) {
      negative |= size < 0;
      product = Math.multiplyExact(product, size);
    }
    if (negative || product != length) {
      throw new IllegalArgumentException(
          "expected as many values as shape "
              + Arrays.toString(shape)
              + " has elements, found "
              + length);
    }
    Engine.start();
    return torch.empty(shape, new TensorOptions(type), null);
  }
}
