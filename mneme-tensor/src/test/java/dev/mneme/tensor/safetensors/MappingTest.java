package dev.mneme.tensor.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.tensor.Engine;
import dev.mneme.tensor.NativeMemory;
import dev.mneme.tensor.Tensors;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingTest {
  @TempDir Path directory;
  private PointerScope scope;

  @BeforeEach
  void open() {
    Engine.start();
    scope = new PointerScope();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  @Test
  void tensorsOutliveTheFileAndTheScopeThatMappedIt() throws IOException {
    Path file = write("a", 1, 2, 3);
    Tensor later;
    SafetensorsFile source = SafetensorsFile.open(file);
    try (PointerScope first = new PointerScope()) {
      source.tensor("a");
    }
    later = source.tensor("a");
    source.close();
    source.close();
    assertArrayEquals(new float[] {1, 2, 3}, Tensors.toFloats(later));
    IllegalStateException failure =
        assertThrows(IllegalStateException.class, () -> source.tensor("a"));
    assertTrue(failure.getMessage().contains("is closed"), failure.getMessage());
  }

  @Test
  void aTensorBelongsToTheScopeInWhichItIsRead() throws IOException {
    try (SafetensorsFile source = SafetensorsFile.open(write("a", 1))) {
      Tensor inside;
      try (PointerScope inner = new PointerScope()) {
        inside = source.tensor("a");
      }
      assertTrue(inside.isNull());
    }
  }

  @Test
  void writingToATensorLeavesTheFile() throws IOException {
    Path file = write("a", 1, 2);
    byte[] before = Files.readAllBytes(file);
    try (SafetensorsFile source = SafetensorsFile.open(file)) {
      Tensor tensor = source.tensor("a");
      tensor.fill_(new Scalar(9f));
      assertArrayEquals(new float[] {9, 9}, Tensors.toFloats(tensor));
    }
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  @Test
  void alignedDataIsNotCopiedAndUnalignedDataIs() throws IOException {
    Path file = directory.resolve("mixed.safetensors");
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("aligned", Tensors.fromFloats(new float[] {1, 2}, 2));
    tensors.put("byte", Tensors.fromFloats(new float[] {3}, 1).to(ScalarType.Byte));
    tensors.put("unaligned", Tensors.fromFloats(new float[] {4, 5}, 2));
    Safetensors.write(file, tensors, Map.of());
    try (SafetensorsFile source = SafetensorsFile.open(file)) {
      assertEquals(address(source, "aligned"), address(source, "aligned"));
      assertEquals(address(source, "aligned") + 8, address(source, "byte"));
      Tensor one = source.tensor("unaligned");
      Tensor two = source.tensor("unaligned");
      assertFalse(one.data_ptr().address() == two.data_ptr().address());
      assertEquals(0, one.data_ptr().address() % 4);
      assertArrayEquals(new float[] {4, 5}, Tensors.toFloats(one));
    }
  }

  private static long address(SafetensorsFile source, String name) throws IOException {
    return source.tensor(name).data_ptr().address();
  }

  @Test
  void aFileChangedAfterOpeningIsRefused() throws IOException {
    Path file = write("a", 1, 2);
    try (SafetensorsFile source = SafetensorsFile.open(file)) {
      Files.delete(file);
      Files.write(file, new byte[10]);
      SafetensorsException failure =
          assertThrows(SafetensorsException.class, () -> source.tensor("a"));
      assertTrue(failure.expected().contains("the file as it was opened"), failure.getMessage());
    }
  }

  @Test
  void pathsMayHoldBlanksAndAccents() throws IOException {
    String name = "poids d'été ☃.safetensors";
    boolean encodable =
        Charset.forName(System.getProperty("sun.jnu.encoding")).newEncoder().canEncode(name);
    Path file = directory.resolve(encodable ? name : "with blank.safetensors");
    Files.move(write("a", 5), file);
    try (TensorSource source = ModelFiles.open(file)) {
      assertArrayEquals(new float[] {5}, Tensors.toFloats(source.tensor("a")));
    }
  }

  @Test
  void severalThreadsMayRead() throws IOException {
    try (SafetensorsFile source = SafetensorsFile.open(write("a", 1, 2, 3))) {
      double total =
          IntStream.range(0, 64)
              .parallel()
              .mapToDouble(
                  i -> {
                    try (PointerScope inner = new PointerScope()) {
                      return source.tensor("a").sum().item_float();
                    } catch (IOException e) {
                      throw new IllegalStateException(e);
                    }
                  })
              .sum();
      assertEquals(64 * 6, total);
    }
  }

  @Test
  void tensorsBeyondTwoGibibytesAreMappedWithoutMemory() throws IOException {
    long bytes = (2L << 30) + 4096;
    String json =
        "{\"big\":{\"dtype\":\"U8\",\"shape\":["
            + bytes
            + "],\"data_offsets\":[0,"
            + bytes
            + "]},\"last\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":["
            + bytes
            + ","
            + (bytes + 4)
            + "]}}";
    String padded = json + " ".repeat((8 - json.length() % 8) % 8);
    Path file = directory.resolve("sparse.safetensors");
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      ByteBuffer head = ByteBuffer.allocate(8 + padded.length()).order(ByteOrder.LITTLE_ENDIAN);
      head.putLong(padded.length()).put(padded.getBytes(StandardCharsets.US_ASCII));
      out.setLength(head.capacity() + bytes + 4);
      out.write(head.array());
      out.seek(head.capacity() + bytes - 1);
      out.write(42);
      out.write(new byte[] {0, 0, (byte) 0x80, (byte) 0x3f});
    }
    long before = NativeMemory.residentBytes();
    try (SafetensorsFile source = SafetensorsFile.open(file)) {
      Tensor big = source.tensor("big");
      assertEquals(bytes, big.numel());
      assertArrayEquals(new long[] {0, 42}, Tensors.toLongs(big.narrow(0, bytes - 2, 2)));
      assertArrayEquals(new float[] {1}, Tensors.toFloats(source.tensor("last")));
      long growth = NativeMemory.residentBytes() - before;
      assertTrue(growth < 256L << 20, "resident memory grew by " + growth);
    }
  }

  private Path write(String name, float... values) throws IOException {
    Path file = directory.resolve("f.safetensors");
    Safetensors.write(file, Map.of(name, Tensors.fromFloats(values, values.length)), Map.of());
    return file;
  }
}
