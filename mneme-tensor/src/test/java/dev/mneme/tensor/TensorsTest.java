package dev.mneme.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorsTest {
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
  void floatsThereAndBack() {
    float[] values = {1.5f, -2, Float.NaN, Float.POSITIVE_INFINITY, 0, 1e-40f};
    Tensor tensor = Tensors.fromFloats(values, 2, 3);
    values[0] = 9; // a copy
    assertArrayEquals(new long[] {2, 3}, Tensors.shape(tensor));
    assertArrayEquals(
        new float[] {1.5f, -2, Float.NaN, Float.POSITIVE_INFINITY, 0, 1e-40f},
        Tensors.toFloats(tensor));
    assertArrayEquals(
        new float[] {1.5f, Float.POSITIVE_INFINITY, -2, 0, Float.NaN, 1e-40f},
        Tensors.toFloats(tensor.t()));
    assertArrayEquals(new float[] {-2, 0}, Tensors.toFloats(tensor.select(1, 1)));
  }

  @Test
  void everyTypeBecomesFloats() {
    for (ScalarType type :
        new ScalarType[] {
          ScalarType.Half,
          ScalarType.BFloat16,
          ScalarType.Double,
          ScalarType.Long,
          ScalarType.Byte,
          ScalarType.Bool
        }) {
      assertArrayEquals(
          new float[] {0, 1},
          Tensors.toFloats(Tensors.fromFloats(new float[] {0, 1}, 2).to(type)),
          type.toString());
    }
    assertArrayEquals(
        new float[] {3, 3},
        Tensors.toFloats(Tensors.fromFloats(new float[] {3}, 1).set_requires_grad(true).expand(2)));
  }

  @Test
  void rowsMadeSideBySideLieInOrder() {
    float[][] parts = {{1, 2}, {3}};
    Tensor tensor =
        Tensors.fromRows(5, i -> new float[][] {{10 * i, 10 * i + 1}, {10 * i + 2}}, 5, 3, 1);
    assertArrayEquals(new long[] {5, 3, 1}, Tensors.shape(tensor));
    assertArrayEquals(
        new float[] {0, 1, 2, 10, 11, 12, 20, 21, 22, 30, 31, 32, 40, 41, 42},
        Tensors.toFloats(tensor));
    assertThrows(IllegalArgumentException.class, () -> Tensors.fromRows(2, i -> parts, 2, 4));
  }

  @Test
  void bytesThereAndBack() {
    byte[] bytes = {0, 1, 127, (byte) 128, (byte) 255, 7};
    Tensor tensor = Tensors.fromBytes(bytes, 2, 3);
    assertEquals(ScalarType.Byte, tensor.scalar_type().intern());
    assertArrayEquals(bytes, Tensors.toBytes(tensor));
    assertArrayEquals(new float[] {0, 1, 127, 128, 255, 7}, Tensors.toFloats(tensor));
    assertArrayEquals(
        new byte[] {0, (byte) 128, 1, (byte) 255, 127, 7}, Tensors.toBytes(tensor.t()));
    assertEquals(0, Tensors.toBytes(Tensors.fromBytes(new byte[0], 0)).length);
  }

  @Test
  void longsThereAndBack() {
    long[] ids = {Long.MIN_VALUE, -1, 0, 1L << 53 | 1};
    assertArrayEquals(ids, Tensors.toLongs(Tensors.fromLongs(ids, 2, 2)));
    assertEquals(ScalarType.Long, Tensors.fromLongs(ids, 4).scalar_type().intern());
    assertArrayEquals(
        new long[] {-2}, Tensors.toLongs(Tensors.fromFloats(new float[] {-2.75f}, 1)));
  }

  @Test
  void scalarsAndEmptyTensors() {
    Tensor scalar = Tensors.fromFloats(new float[] {4});
    assertEquals(0, scalar.dim());
    assertArrayEquals(new float[] {4}, Tensors.toFloats(scalar));
    Tensor empty = Tensors.fromFloats(new float[0], 3, 0);
    assertArrayEquals(new long[] {3, 0}, Tensors.shape(empty));
    assertEquals(0, Tensors.toFloats(empty).length);
    assertEquals(0, Tensors.toLongs(Tensors.fromLongs(new long[0], 0)).length);
  }

  @Test
  void shapesThatDoNotFitAreNamed() {
    for (long[] shape : new long[][] {{4}, {}, {-1, -3}, {3, 0}}) {
      IllegalArgumentException failure =
          assertThrows(
              IllegalArgumentException.class, () -> Tensors.fromFloats(new float[3], shape));
      assertTrue(
          failure.getMessage().contains(java.util.Arrays.toString(shape)), failure.getMessage());
    }
    assertThrows(IllegalArgumentException.class, () -> Tensors.fromFloats(new float[0], -1, 0));
  }

  @Test
  void moreThanAnArrayHoldsIsRefused() {
    Tensor huge = torch.zeros(1).expand(1L << 20, 1L << 12);
    assertThrows(IllegalArgumentException.class, () -> Tensors.toFloats(huge));
    assertThrows(IllegalArgumentException.class, () -> Tensors.toLongs(huge));
  }

  @Test
  void residentMemoryFollowsWhatIsTouched(@TempDir Path directory) throws IOException {
    long before = NativeMemory.residentBytes();
    Tensor touched = torch.ones(64L << 20);
    long growth = NativeMemory.residentBytes() - before;
    assertTrue(growth > 200L << 20, "grew by " + growth + " with " + touched.numel() + " floats");

    NativeMemory.peakBytes()
        .ifPresent(peak -> assertTrue(peak >= before + (200L << 20), "a peak of " + peak));

    Path status =
        Files.writeString(directory.resolve("status"), "VmHWM:\t 7 kB\nVmRSS:\t  12 kB\n");
    assertEquals(OptionalLong.of(12 * 1024), NativeMemory.entryBytes(status, "VmRSS:"));
    assertEquals(OptionalLong.empty(), NativeMemory.entryBytes(status, "VmSwap:"));
    assertEquals(
        OptionalLong.empty(), NativeMemory.entryBytes(directory.resolve("none"), "VmRSS:"));
  }
}
