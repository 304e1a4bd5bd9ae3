package dev.mneme.tensor.safetensors;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The checked content of a file's header. */
record Header(Map<String, TensorInfo> tensors, Map<String, String> metadata) {
  /** The limit of the reference implementation. */
  static final int MAX_BYTES = 100_000_000;

  /** The largest published models have under 100,000 tensors over all their shards. */
  static final int MAX_TENSORS = 100_000;

  /** libtorch iterates over no more. */
  static final int MAX_RANK = 64;

  static final String METADATA = "__metadata__";

  private static final int ALIGNMENT = 8;

  /**
   * Checks that the tensors fill the data section from its first byte to its last, each once, and
   * puts them in that order.
   *
   * @param dataBytes the length of the data section
   */
  static Header checked(
      Path file, List<TensorInfo> declared, Map<String, String> metadata, long dataBytes)
      throws SafetensorsException {
    List<TensorInfo> ordered = new ArrayList<>(declared);
    ordered.sort(Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end));
    Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    long position = 0;
    for (TensorInfo info : ordered) {
      if (info.begin() != position) {
        throw new SafetensorsException(
            file,
            info.name(),
            "data beginning at byte " + position + " (no hole, no overlap)",
            "byte " + info.begin());
      }
      if (info.end() > dataBytes) {
        throw new SafetensorsException(
            file,
            info.name(),
            "data within the " + dataBytes + " bytes after the header",
            "an end at byte " + info.end());
      }
      position = info.end();
      tensors.put(info.name(), info);
    }
    if (position != dataBytes) {
      throw new SafetensorsException(
          file,
          null,
          position + " bytes of data, as the header's tensors need",
          dataBytes + " bytes after the header");
    }
    return new Header(Collections.unmodifiableMap(tensors), Collections.unmodifiableMap(metadata));
  }

  /** A header to write, in the order given. */
  static Header inOrder(List<TensorInfo> infos, Map<String, String> metadata) {
    Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    infos.forEach(info -> tensors.put(info.name(), info));
    return new Header(tensors, metadata);
  }

  /** The bytes a tensor of this type and shape takes. */
  static long byteCount(Path file, String name, DType dtype, List<Long> shape)
      throws SafetensorsException {
    long count = dtype.bytes();
    boolean empty = false;
    try {
      for (long size : shape) {
        empty |= size == 0;
        // A zero must not hide sizes whose strides overflow.
        count = Math.multiplyExact(count, Math.max(size, 1));
      }
    } catch (ArithmeticException e) {
      throw new SafetensorsException(
          file, name, "a shape whose bytes fit in 63 bits", dtype + " " + shape);
    }
    return empty ? 0 : count;
  }

  /**
   * The header as bytes: JSON without blanks, padded with spaces so that the data after it starts
   * on a multiple of 8.
   */
  byte[] toBytes(Path file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.FACTORY.createGenerator(out)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart(METADATA);
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
          json.writeStringField(
              Json.wellFormed(entry.getKey(), file), Json.wellFormed(entry.getValue(), file));
        }
        json.writeEndObject();
      }
      for (TensorInfo info : tensors.values()) {
        json.writeObjectFieldStart(Json.wellFormed(info.name(), file));
        json.writeStringField("dtype", info.dtype().name());
        json.writeFieldName("shape");
        json.writeArray(info.sizes(), 0, info.shape().size());
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {info.begin(), info.end()}, 0, 2);
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    byte[] bytes = out.toByteArray();
    int padding = (ALIGNMENT - bytes.length % ALIGNMENT) % ALIGNMENT;
    byte[] padded = Arrays.copyOf(bytes, bytes.length + padding);
    Arrays.fill(padded, bytes.length, padded.length, (byte) ' ');
    return padded;
  }
}
