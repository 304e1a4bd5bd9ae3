package dev.mneme.tensor.safetensors;

import dev.mneme.tensor.Engine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * One safetensors file: 8 bytes little-endian header length, the JSON header, the data.
 *
 * <p>Opening reads and checks the header alone; the data is mapped with the first tensor.
 */
public final class SafetensorsFile implements TensorSource {
  private static final int LENGTH_BYTES = 8;

  private final Path file;
  private final Identity identity;
  private final Header header;
  private final List<String> names;
  private final long dataStart;
  private MappedData data;
  private boolean closed;

  private SafetensorsFile(Path file, Identity identity, Header header, long dataStart) {
    this.file = file;
    this.identity = identity;
    this.header = header;
    this.names = List.copyOf(header.tensors().keySet());
    this.dataStart = dataStart;
  }

  /**
   * Opens a file and checks its header.
   *
   * @throws SafetensorsException if it cannot be read or any claim of its header does not hold
   */
  public static SafetensorsFile open(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      Identity identity = Identity.of(file);
      long size = channel.size();
      if (size < LENGTH_BYTES) {
        throw new SafetensorsException(
            file, null, "at least " + LENGTH_BYTES + " bytes", size + " bytes");
      }
      long length =
          ByteBuffer.wrap(read(file, channel, 0, LENGTH_BYTES))
              .order(ByteOrder.LITTLE_ENDIAN)
              .getLong();
      long limit = Math.min(Header.MAX_BYTES, size - LENGTH_BYTES);
      if (length < 0 || length > limit) {
        throw new SafetensorsException(
            file,
            null,
            "a header of at most " + limit + " bytes",
            "a length of " + Long.toUnsignedString(length));
      }
      long dataStart = LENGTH_BYTES + length;
      byte[] json = read(file, channel, LENGTH_BYTES, (int) length);
      return new SafetensorsFile(
          file, identity, HeaderParser.parse(file, json, size - dataStart), dataStart);
    } catch (SafetensorsException e) {
      throw e;
    } catch (IOException e) {
      throw new SafetensorsException(file, null, "a readable file", e.toString(), e);
    }
  }

  private static byte[] read(Path file, FileChannel channel, long position, int length)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer, position + buffer.position());
      if (count < 0) {
        throw new SafetensorsException(
            file, null, length + " bytes", "the end of the file after " + buffer.position());
      }
    }
    return buffer.array();
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public boolean contains(String name) {
    return header.tensors().containsKey(name);
  }

  @Override
  public TensorInfo info(String name) throws IOException {
    TensorInfo info = header.tensors().get(name);
    if (info == null) {
      throw new SafetensorsException(
          file, name, "a tensor of this name", "none among " + names.size());
    }
    return info;
  }

  @Override
  public Tensor tensor(String name) throws IOException {
    TensorInfo info = info(name);
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException(
            file + " is closed: read tensor '" + name + "' before close()");
      }
      if (info.byteCount() == 0) {
        Engine.start();
        return torch.empty(info.sizes(), new TensorOptions(info.dtype().scalarType()), null);
      }
      if (data == null) {
        data = map(name);
      }
      return data.view(dataStart + info.begin(), info);
    }
  }

  private MappedData map(String name) throws IOException {
    Identity now = Identity.of(file);
    if (!now.equals(identity)) {
      throw new SafetensorsException(
          file, name, "the file as it was opened, " + identity, now.toString());
    }
    return new MappedData(file, identity.size());
  }

  @Override
  public Map<String, String> metadata() {
    return header.metadata();
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (data != null) {
      data.close();
      data = null;
    }
  }

  /** Tells a file from one put in its place between opening and mapping. */
  private record Identity(long size, FileTime modified, String key) {
    static Identity of(Path file) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Identity(
          attributes.size(), attributes.lastModifiedTime(), Objects.toString(attributes.fileKey()));
    }
  }
}
