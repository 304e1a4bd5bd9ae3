package dev.mneme.tensor.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundTripTest {
  private static Path file;

  @BeforeContainer
  static void start() throws IOException {
    Engine.start();
    file = Files.createTempFile("round", ".safetensors");
  }

  @AfterContainer
  static void clean() throws IOException {
    Files.deleteIfExists(file);
  }

  record Spec(DType dtype, List<Integer> shape, boolean transposed) {}

  @Provide
  Arbitrary<Spec> specs() {
    return Combinators.combine(
            Arbitraries.of(DType.values()),
            Arbitraries.integers().between(0, 5).list().ofMaxSize(4),
            Arbitraries.of(true, false))
        .as(Spec::new);
  }

  @Provide
  Arbitrary<Map<String, Spec>> files() {
    return Arbitraries.maps(
            Arbitraries.strings().ofMaxLength(12).filter(RoundTripTest::storable), specs())
        .ofMaxSize(6);
  }

  private static boolean storable(String name) {
    return !name.equals("__metadata__")
        && java.nio.charset.StandardCharsets.UTF_8.newEncoder().canEncode(name);
  }

  @Property(tries = 100)
  void everyBitComesBack(
      @ForAll("files") Map<String, Spec> specs, @ForAll("texts") Map<String, String> metadata)
      throws IOException {
    try (PointerScope scope = new PointerScope()) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      specs.forEach((name, spec) -> tensors.put(name, random(spec)));
      Safetensors.write(file, tensors, metadata);
      try (SafetensorsFile read = SafetensorsFile.open(file)) {
        // Tensors without data share their offset with a neighbour; among those alone the order may
        // differ.
        assertEquals(
            withData(new ArrayList<>(tensors.keySet()), read), withData(read.names(), read));
        assertEquals(tensors.keySet(), Set.copyOf(read.names()));
        assertEquals(metadata, read.metadata());
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
          Tensor tensor = read.tensor(entry.getKey());
          assertArrayEquals(Tensors.shape(entry.getValue()), Tensors.shape(tensor));
          assertEquals(entry.getValue().scalar_type().intern(), tensor.scalar_type().intern());
          assertArrayEquals(bits(entry.getValue()), bits(tensor));
        }
      }
    }
  }

  @Provide
  Arbitrary<Map<String, String>> texts() {
    Arbitrary<String> text = Arbitraries.strings().ofMaxLength(8).filter(RoundTripTest::storable);
    return Arbitraries.maps(text, text).ofMaxSize(3);
  }

  private static List<String> withData(List<String> names, TensorSource source) throws IOException {
    List<String> kept = new ArrayList<>();
    for (String name : names) {
      if (source.info(name).byteCount() > 0) {
        kept.add(name);
      }
    }
    return kept;
  }

  /** Random bits of every kind, NaNs among them. */
  private static Tensor random(Spec spec) {
    long[] shape = spec.shape().stream().mapToLong(Integer::longValue).toArray();
    long bytes = spec.dtype().bytes();
    for (long size : shape) {
      bytes *= size;
    }
    if (bytes == 0) {
      return torch.empty(shape, new TensorOptions(spec.dtype().scalarType()), null);
    }
    Tensor noise = torch.randint(256, new long[] {bytes}, new TensorOptions(ScalarType.Byte));
    Tensor tensor = noise.view(spec.dtype().scalarType()).view(shape);
    return spec.transposed() && shape.length > 1 ? tensor.transpose(0, -1) : tensor;
  }

  private static byte[] bits(Tensor tensor) {
    Tensor plain = tensor.contiguous();
    byte[] bytes = new byte[Math.toIntExact(plain.numel() * plain.element_size())];
    if (bytes.length > 0) {
      new BytePointer(plain.data_ptr()).get(bytes);
    }
    return bytes;
  }

  @Test
  void writesSlicesAndTensorsWithGradients(@TempDir Path directory) throws IOException {
    Path target = directory.resolve("views.safetensors");
    try (PointerScope scope = new PointerScope()) {
      Tensor base =
          Tensors.fromFloats(new float[] {0, 1, 2, 3, 4, 5}, 2, 3).set_requires_grad(true);
      Map<String, Tensor> views = new LinkedHashMap<>();
      views.put("column", base.select(1, 1));
      views.put("expanded", Tensors.fromFloats(new float[] {7}, 1).expand(3));
      views.put("grad", base);
      Safetensors.write(target, views, Map.of());
      try (TensorSource read = ModelFiles.open(target)) {
        assertArrayEquals(new float[] {1, 4}, Tensors.toFloats(read.tensor("column")));
        assertArrayEquals(new float[] {7, 7, 7}, Tensors.toFloats(read.tensor("expanded")));
        assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5}, Tensors.toFloats(read.tensor("grad")));
      }
    }
  }

  @Test
  void tensorsLargerThanAChunkAreWhole(@TempDir Path directory) throws IOException {
    Path target = directory.resolve("large.safetensors");
    try (PointerScope scope = new PointerScope()) {
      Tensor large = torch.arange(new Scalar(700_001), new TensorOptions(ScalarType.Float));
      Safetensors.write(target, Map.of("large", large), Map.of());
      try (TensorSource read = ModelFiles.open(target)) {
        assertTrue(large.equal(read.tensor("large")));
      }
    }
  }

  @Test
  void headerIsPaddedToEightBytes(@TempDir Path directory) throws IOException {
    Path target = directory.resolve("empty.safetensors");
    Safetensors.write(target, Map.of(), Map.of());
    assertArrayEquals(
        new byte[] {8, 0, 0, 0, 0, 0, 0, 0, '{', '}', ' ', ' ', ' ', ' ', ' ', ' '},
        Files.readAllBytes(target));
    assertEquals(List.of(), SafetensorsFile.open(target).names());
  }

  @Test
  void whatCannotBeStoredIsNamedAndLeavesNoFile(@TempDir Path directory) {
    Path target = directory.resolve("bad.safetensors");
    try (PointerScope scope = new PointerScope()) {
      Tensor one = torch.ones(1);
      Map<String, Tensor> missing = new LinkedHashMap<>();
      missing.put("none", null);
      List<Map<String, Tensor>> cases =
          List.of(
              Map.of("flags", one.to(ScalarType.Bool)),
              missing,
              Map.of("__metadata__", one),
              Map.of("\ud800", one));
      for (Map<String, Tensor> tensors : cases) {
        SafetensorsException failure =
            assertThrows(
                SafetensorsException.class, () -> Safetensors.write(target, tensors, Map.of()));
        assertEquals(target, failure.file());
      }
      SafetensorsException type =
          assertThrows(
              SafetensorsException.class, () -> Safetensors.write(target, cases.get(0), Map.of()));
      assertEquals("flags", type.tensor().orElseThrow());
      assertEquals("Bool", type.found());
    }
    assertTrue(Files.notExists(target));
  }
}
