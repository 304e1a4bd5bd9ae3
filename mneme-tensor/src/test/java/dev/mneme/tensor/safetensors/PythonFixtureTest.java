package dev.mneme.tensor.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mneme.tensor.Tensors;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file made by the Python library safetensors 0.8.0 locks the format. */
class PythonFixtureTest {
  private static final String SNOWMAN = "naïve \"name\"/☃";

  static Path fixture() {
    try {
      return Path.of(PythonFixtureTest.class.getResource("/golden/python.safetensors").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void readsWhatPythonWrote() throws IOException {
    try (PointerScope scope = new PointerScope();
        SafetensorsFile file = SafetensorsFile.open(fixture())) {
      assertEquals(
          List.of(
              "ids", SNOWMAN, "nothing", "scalar", "weights.f32", "ints", "brain", "half", "bytes"),
          file.names());
      assertEquals(Map.of("format", "pt"), file.metadata());
      assertEquals(
          new TensorInfo("weights.f32", DType.F32, List.of(2L, 3L), 28, 52),
          file.info("weights.f32"));
      assertEquals(6, file.info("weights.f32").elementCount());
      check(file, "weights.f32", ScalarType.Float, new long[] {2, 3}, -1, -0.5f, 0, 0.5f, 1, 1.5f);
      check(file, "half", ScalarType.Half, new long[] {3}, 1.5f, -2.25f, 65504);
      check(
          file,
          "brain",
          ScalarType.BFloat16,
          new long[] {3},
          1,
          -3.140625f,
          Float.intBitsToFloat(0x71490000));
      check(file, "bytes", ScalarType.Byte, new long[] {3}, 0, 127, 255);
      check(file, "scalar", ScalarType.Float, new long[] {}, 0.25f);
      check(file, "nothing", ScalarType.Float, new long[] {0, 4});
      check(file, SNOWMAN, ScalarType.Double, new long[] {1}, 7);
      check(file, "ints", ScalarType.Int, new long[] {2}, -5, 6);
      assertArrayEquals(new long[] {-1, 1L << 40}, Tensors.toLongs(file.tensor("ids")));
      assertArrayEquals(new long[] {2, 1}, Tensors.shape(file.tensor("ids")));
    }
  }

  @Test
  void savingAgainGivesTheSameBytes(@TempDir Path directory) throws IOException {
    Path copy = directory.resolve("copy.safetensors");
    try (PointerScope scope = new PointerScope();
        TensorSource file = ModelFiles.open(fixture())) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (String name : file.names()) {
        tensors.put(name, file.tensor(name));
      }
      Safetensors.write(copy, tensors, file.metadata());
    }
    assertArrayEquals(Files.readAllBytes(fixture()), Files.readAllBytes(copy));
  }

  private static void check(
      SafetensorsFile file, String name, ScalarType type, long[] shape, float... values)
      throws IOException {
    Tensor tensor = file.tensor(name);
    assertEquals(type, tensor.scalar_type().intern(), name);
    assertArrayEquals(shape, Tensors.shape(tensor), name);
    assertArrayEquals(values, Tensors.toFloats(tensor), name);
  }
}
