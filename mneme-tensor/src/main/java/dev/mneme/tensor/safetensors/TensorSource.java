package dev.mneme.tensor.safetensors;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Named tensors to read, wherever they lie. Safe for use by several threads.
 *
 * <p>Closing forbids further reading; tensors already handed out stay valid until they are closed
 * themselves.
 */
public interface TensorSource extends AutoCloseable {
  /**
   * The tensors' names: in the order of the data for one file, in the order of the index for
   * shards.
   */
  List<String> names();

  /** Whether there is a tensor of this name. */
  boolean contains(String name);

  /**
   * Type, shape and place of a tensor, without reading it.
   *
   * @throws SafetensorsException if there is no such tensor
   */
  TensorInfo info(String name) throws IOException;

  /**
   * The tensor itself, on the CPU, contiguous, in the file's type. Its memory is the file mapped:
   * nothing is read before it is touched, and writing to the tensor changes this process's view
   * alone, never the file. Data that does not lie on a multiple of its element size is copied
   * instead. As any tensor it is freed with the {@code PointerScope} in which this is called; the
   * mapping goes with the last tensor that uses it. The file must not be shortened while it is
   * mapped.
   *
   * @throws SafetensorsException if there is no such tensor or the file changed after it was opened
   * @throws IllegalStateException if this source is closed
   */
  Tensor tensor(String name) throws IOException;

  /** The free text a writer left; for shards that of the first. */
  Map<String, String> metadata();

  @Override
  void close();
}
