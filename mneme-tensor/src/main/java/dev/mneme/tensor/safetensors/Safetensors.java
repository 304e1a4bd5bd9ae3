package dev.mneme.tensor.safetensors;

import dev.mneme.tensor.AtomicFiles;
import dev.mneme.tensor.Scopes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Tensor;

/** Writes safetensors files. */
public final class Safetensors {
  private static final int CHUNK_BYTES = 1 << 20;

  private Safetensors() {}

  /**
   * Writes tensors to a file that appears whole or not at all.
   *
   * <p>Header and data keep the map's order, so the tensors of a file read by name and written
   * again give the same bytes. A tensor may lie on any device and have any strides; only one at a
   * time is copied.
   *
   * @param tensors name to tensor, of the types of {@link DType}; an empty map is a valid file
   * @param metadata free text for the reader, may be empty
   * @throws SafetensorsException if a name or type cannot be stored
   * @throws IOException if the disk refuses; what was at {@code file} before is then still there
   */
  public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    List<TensorInfo> infos = new ArrayList<>();
    long position = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      TensorInfo info = describe(file, entry.getKey(), entry.getValue(), position);
      infos.add(info);
      position = info.end();
    }
    byte[] header = Header.inOrder(infos, metadata).toBytes(file);
    // What is written must be readable under the limits of reading.
    HeaderParser.parse(file, header, position);
    AtomicFiles.write(
        file,
        out -> {
          out.write(
              ByteBuffer.allocate(Long.BYTES)
                  .order(ByteOrder.LITTLE_ENDIAN)
                  .putLong(header.length)
                  .array());
          out.write(header);
          byte[] chunk = new byte[CHUNK_BYTES];
          for (Tensor tensor : tensors.values()) {
            Scopes.run(() -> writeData(tensor, chunk, out));
          }
        });
  }

  private static TensorInfo describe(Path file, String name, Tensor tensor, long begin)
      throws SafetensorsException {
    if (tensor == null || !tensor.defined()) {
      throw new SafetensorsException(file, name, "a defined tensor", "none");
    }
    var type = tensor.scalar_type();
    DType dtype =
        DType.of(type)
            .orElseThrow(
                () ->
                    new SafetensorsException(
                        file, name, "one of " + List.of(DType.values()), type.toString()));
    List<Long> shape = new ArrayList<>();
    for (long d = 0; d < tensor.dim(); d++) {
      shape.add(tensor.size(d));
    }
    long end = Math.addExact(begin, Header.byteCount(file, name, dtype, shape));
    return new TensorInfo(name, dtype, shape, begin, end);
  }

  private static void writeData(Tensor tensor, byte[] chunk, OutputStream out) throws IOException {
    Tensor plain = tensor.detach().cpu().contiguous();
    long bytes = plain.numel() * plain.element_size();
    if (bytes == 0) {
      return;
    }
    BytePointer data = new BytePointer(plain.data_ptr());
    for (long at = 0; at < bytes; at += chunk.length) {
      int length = (int) Math.min(chunk.length, bytes - at);
      data.position(at).get(chunk, 0, length);
      out.write(chunk, 0, length);
    }
  }
}
