package dev.mneme.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Tensors;
import java.util.Random;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Newton-Schulz iteration against singular vectors that are known beforehand. */
class MuonTest {

  @ParameterizedTest
  @CsvSource({
    "5,9,BF16", "9,5,BF16", "16,16,BF16", "2,2,BF16", "2,40,BF16", "33,7,BF16",
    "5,9,FP32", "9,5,FP32", "16,16,FP32", "2,2,FP32", "2,40,FP32", "33,7,FP32"
  })
  void keepsSingularVectorsAndEvensSingularValues(int rows, int columns, Precision precision) {
    Engine.start();
    Random random = new Random(rows * 100L + columns);
    int rank = Math.min(rows, columns);
    double[][] u = orthonormal(random, rank, rows);
    double[][] v = orthonormal(random, rank, columns);
    float[] g = new float[rows * columns];
    for (int k = 0; k < rank; k++) {
      double s = 3e-3 * (0.2 + random.nextDouble()); // as small as gradients are
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          g[i * columns + j] += (float) (s * u[k][i] * v[k][j]);
        }
      }
    }
    Tensor direction = Muon.orthogonal(Tensors.fromFloats(g, rows, columns), precision);
    assertEquals(precision.scalarType(), direction.scalar_type().intern());
    double turned = precision == Precision.FP32 ? 1e-4 : 0.1;
    float[] found = Tensors.toFloats(direction.to(ScalarType.Float));
    for (int k = 0; k < rank; k++) {
      for (int l = 0; l < rank; l++) {
        double value = 0; // u_k' X v_l
        for (int i = 0; i < rows; i++) {
          for (int j = 0; j < columns; j++) {
            value += u[k][i] * found[i * columns + j] * v[l][j];
          }
        }
        if (k == l) {
          assertTrue(value > 0.5 && value < 1.5, "singular value " + value);
        } else {
          assertEquals(0, value, turned, "singular vectors stay");
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"4,6", "6,4"})
  void aStepIsNesterovMomentumMadeOrthogonal(int rows, int columns) {
    Engine.start();
    Random random = new Random(1);
    Tensor p = random(random, rows, columns);
    Tensor gradient = random(random, rows, columns);
    Tensor momentum = random(random, rows, columns);
    float[] m = Tensors.toFloats(momentum);
    float[] g = Tensors.toFloats(gradient);
    float[] look = new float[m.length];
    for (int i = 0; i < m.length; i++) {
      m[i] = 0.95f * m[i] + g[i];
      look[i] = g[i] + 0.95f * m[i];
    }
    Tensor direction = Muon.orthogonal(Tensors.fromFloats(look, rows, columns), Precision.FP32);
    float[] expected =
        Tensors.toFloats(p.sub(direction.mul(new Scalar(0.01 * 0.2 * Math.sqrt(6)))));
    Muon.step(p, gradient, momentum, 0.01, Precision.FP32);
    assertArrayEquals(m, Tensors.toFloats(momentum), 1e-5f);
    assertArrayEquals(expected, Tensors.toFloats(p), 1e-4f);
  }

  private static Tensor random(Random random, int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensors.fromFloats(values, rows, columns);
  }

  /** Vectors of length 1, each at right angles to the others. */
  private static double[][] orthonormal(Random random, int count, int size) {
    double[][] vectors = new double[count][size];
    for (int k = 0; k < count; k++) {
      for (int i = 0; i < size; i++) {
        vectors[k][i] = random.nextGaussian();
      }
      for (int pass = 0; pass < 2; pass++) {
        for (int l = 0; l < k; l++) {
          double dot = dot(vectors[k], vectors[l]);
          for (int i = 0; i < size; i++) {
            vectors[k][i] -= dot * vectors[l][i];
          }
        }
        double length = Math.sqrt(dot(vectors[k], vectors[k]));
        for (int i = 0; i < size; i++) {
          vectors[k][i] /= length;
        }
      }
    }
    return vectors;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
