package dev.mneme.tensor.safetensors;

import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Scopes;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A whole file mapped as one tensor of bytes; libtorch's storage count keeps the mapping as long as
 * any view of it lives.
 */
final class MappedData implements AutoCloseable {
  private final Tensor bytes;

  MappedData(Path file, long size) {
    Engine.start();
    // The mapping must outlive the scope in which it happens to be needed first.
    try (PointerScope scope = new PointerScope()) {
      bytes = map(file, size).retainReference();
    }
  }

  private static Tensor map(Path file, long size) {
    BoolOptional copyOnWrite = new BoolOptional(false);
    return torch.from_file(
        nativePath(file), copyOnWrite, new LongOptional(size), new TensorOptions(ScalarType.Byte));
  }

  /**
   * Windows libtorch takes UTF-8; elsewhere a path is bytes in the encoding the JVM itself uses for
   * files.
   */
  private static BytePointer nativePath(Path file) {
    Charset charset =
        Loader.getPlatform().startsWith("windows")
            ? StandardCharsets.UTF_8
            : Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    byte[] path = file.toAbsolutePath().toString().getBytes(charset);
    return new BytePointer(Arrays.copyOf(path, path.length + 1));
  }

  /** A view of {@code dtype} and {@code shape} that starts at byte {@code offset} of the file. */
  Tensor view(long offset, TensorInfo info) {
    return Scopes.call(
        () -> {
          Tensor slice = bytes.narrow(0, offset, info.byteCount());
          // Page-aligned mapping: the file offset alone decides whether elements lie where the CPU
          // wants them.
          Tensor aligned = offset % info.dtype().bytes() == 0 ? slice : slice.clone();
          return aligned.view(info.dtype().scalarType()).view(info.sizes());
        });
  }

  @Override
  public void close() {
    bytes.releaseReference();
  }
}
