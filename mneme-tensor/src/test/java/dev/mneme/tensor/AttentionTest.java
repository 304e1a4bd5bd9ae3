package dev.mneme.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AttentionTest {
  /** B, H, N, M, D. */
  private static final int[][] SIZES = {
    {1, 1, 1, 1, 1}, {2, 3, 5, 7, 11}, {1, 2, 33, 17, 64}, {3, 1, 1, 70, 5}, {1, 4, 65, 65, 24}
  };

  private final Random random = new Random(7);
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
  void bothKernelsFollowTheFormula() {
    for (int[] s : SIZES) {
      float[] q = floats(s[0] * s[1] * s[2] * s[4]);
      float[] k = floats(s[0] * s[1] * s[3] * s[4]);
      float[] v = floats(s[0] * s[1] * s[3] * s[4]);
      boolean[] allowed = mask(s[2] * s[3], s[3]);
      for (Mask kind : Mask.values()) {
        float[] expected = reference(s, q, k, v, kind == Mask.NONE ? null : allowed);
        Tensor mask = kind.tensor(allowed, s[2], s[3]);
        Tensor tq = Tensors.fromFloats(q, s[0], s[1], s[2], s[4]);
        Tensor tk = Tensors.fromFloats(k, s[0], s[1], s[3], s[4]);
        Tensor tv = Tensors.fromFloats(v, s[0], s[1], s[3], s[4]);
        assertArrayEquals(
            expected,
            Tensors.toFloats(Attention.written(tq, tk, tv, mask)),
            2e-5f,
            "written " + kind);
        assertArrayEquals(
            expected, Tensors.toFloats(Attention.fused(tq, tk, tv, mask)), 2e-5f, "fused " + kind);
        assertArrayEquals(
            expected, Tensors.toFloats(Attention.apply(tq, tk, tv, mask, true)), 2e-5f);
      }
    }
  }

  @Test
  void bf16AgreesWithinItsPrecision() {
    for (int[] s : SIZES) {
      Tensor q = torch.randn(s[0], s[1], s[2], s[4]);
      Tensor k = torch.randn(s[0], s[1], s[3], s[4]);
      Tensor v = torch.randn(s[0], s[1], s[3], s[4]);
      Tensor mask = Mask.BOOLEAN.tensor(mask(s[2] * s[3], s[3]), s[2], s[3]);
      float[] exact = Tensors.toFloats(Attention.fused(q, k, v, mask));
      try (Autocast autocast = Autocast.on(Precision.BF16)) {
        Tensor training = Attention.apply(q, k, v, mask, true);
        Tensor inference = Attention.apply(q, k, v, mask, false);
        assertEquals(ScalarType.BFloat16, inference.scalar_type().intern());
        assertArrayEquals(exact, Tensors.toFloats(training), 0.06f);
        assertArrayEquals(exact, Tensors.toFloats(inference), 0.06f);
      }
      Tensor plain =
          Attention.written(
              q.to(ScalarType.BFloat16),
              k.to(ScalarType.BFloat16),
              v.to(ScalarType.BFloat16),
              mask);
      assertEquals(ScalarType.BFloat16, plain.scalar_type().intern());
      assertArrayEquals(exact, Tensors.toFloats(plain), 0.06f);
    }
  }

  @Test
  void gradientsAgree() {
    boolean[] allowed = mask(5 * 9, 9);
    float[][] gradients = new float[2][];
    for (int kernel = 0; kernel < 2; kernel++) {
      torch.manual_seed(3);
      Tensor q = torch.randn(2, 2, 5, 6).set_requires_grad(true);
      Tensor k = torch.randn(2, 2, 9, 6).set_requires_grad(true);
      Tensor v = torch.randn(2, 2, 9, 6).set_requires_grad(true);
      Tensor mask = Mask.BOOLEAN.tensor(allowed, 5, 9);
      Tensor out = kernel == 0 ? Attention.fused(q, k, v, mask) : Attention.written(q, k, v, mask);
      out.mul(out).sum().backward();
      gradients[kernel] =
          Tensors.toFloats(torch.stack(new org.bytedeco.pytorch.TensorVector(k.grad(), v.grad())));
    }
    assertTrue(gradients[0][0] != 0);
    assertArrayEquals(gradients[0], gradients[1], 1e-4f);
  }

  @Test
  void aRowWithoutKeysGivesZerosAndFiniteGradients() {
    for (Mask kind : new Mask[] {Mask.BOOLEAN, Mask.ADDITIVE}) {
      Tensor q = torch.randn(1, 1, 2, 4).set_requires_grad(true);
      Tensor k = torch.randn(1, 1, 3, 4);
      Tensor mask = kind.tensor(new boolean[] {false, false, false, true, false, true}, 2, 3);
      Tensor written = Attention.written(q, k, k, mask);
      Tensor fused = Attention.fused(q, k, k, mask);
      assertArrayEquals(new float[4], Tensors.toFloats(written.narrow(2, 0, 1)), 1e-30f);
      assertArrayEquals(Tensors.toFloats(fused), Tensors.toFloats(written), 1e-5f);
      written.sum().backward();
      for (float g : Tensors.toFloats(q.grad())) {
        assertTrue(Float.isFinite(g));
      }
    }
  }

  @Test
  void maskBroadcastsOverHeadsAndQueries() {
    Tensor q = torch.randn(2, 3, 4, 8);
    Tensor k = torch.randn(2, 3, 5, 8);
    Tensor row =
        Mask.BOOLEAN.tensor(
            new boolean[] {true, false, true, true, false, true, true, true, true, false}, 2, 5);
    Tensor mask = row.view(2, 1, 1, 5);
    assertArrayEquals(
        Tensors.toFloats(Attention.fused(q, k, k, mask)),
        Tensors.toFloats(Attention.written(q, k, k, mask)),
        1e-5f);
  }

  @Test
  void shapesThatDoNotFitAreNamed() {
    Tensor q = torch.randn(1, 2, 3, 4);
    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> Attention.apply(q, torch.randn(1, 2, 3, 5), q, null, false));
    assertTrue(failure.getMessage().contains("k [1, 2, 3, 5]"), failure.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> Attention.apply(q, q, torch.randn(1, 2, 6, 4), null, false));
    assertThrows(
        IllegalArgumentException.class,
        () -> Attention.apply(q, q, torch.randn(2, 3, 4), null, true));
  }

  private enum Mask {
    NONE,
    BOOLEAN,
    ADDITIVE;

    Tensor tensor(boolean[] allowed, long n, long m) {
      float[] numbers = new float[allowed.length];
      for (int i = 0; i < numbers.length; i++) {
        boolean yes = allowed[i];
        numbers[i] = this == BOOLEAN ? (yes ? 1 : 0) : (yes ? 0 : Float.NEGATIVE_INFINITY);
      }
      Tensor tensor = Tensors.fromFloats(numbers, n, m);
      return this == NONE ? null : this == BOOLEAN ? tensor.to(ScalarType.Bool) : tensor;
    }
  }

  /** At least one key for every query. */
  private boolean[] mask(int length, int m) {
    boolean[] mask = new boolean[length];
    for (int i = 0; i < length; i++) {
      mask[i] = i % m == 0 || random.nextBoolean();
    }
    return mask;
  }

  private float[] floats(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] reference(int[] s, float[] q, float[] k, float[] v, boolean[] allowed) {
    int n = s[2];
    int m = s[3];
    int d = s[4];
    float[] out = new float[s[0] * s[1] * n * d];
    for (int head = 0; head < s[0] * s[1]; head++) {
      for (int i = 0; i < n; i++) {
        double[] weights = new double[m];
        double sum = 0;
        for (int j = 0; j < m; j++) {
          double dot = 0;
          for (int c = 0; c < d; c++) {
            dot += (double) q[(head * n + i) * d + c] * k[(head * m + j) * d + c];
          }
          weights[j] = allowed == null || allowed[i * m + j] ? Math.exp(dot / Math.sqrt(d)) : 0;
          sum += weights[j];
        }
        for (int j = 0; j < m; j++) {
          for (int c = 0; c < d; c++) {
            out[(head * n + i) * d + c] += (float) (weights[j] / sum * v[(head * m + j) * d + c]);
          }
        }
      }
    }
    return out;
  }
}
