package dev.mneme.lab.stats;

import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Tensors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Principal components of points of which only the inner products are known, by the singular values
 * of the centred Gram matrix: for X with centred rows, X Xᵀ = U S² Uᵀ, and U S are the coordinates.
 *
 * @param coordinates [n][dimensions], most spread first
 * @param shares of the whole variance that each dimension has
 */
public record Pca(double[][] coordinates, double[] shares) {
  /** Components of points with these inner products, [n][n]. */
  public static Pca ofGram(double[][] gram, int dimensions) {
    Engine.start();
    int n = gram.length;
    double[] centred = centred(gram);
    try (PointerScope scope = new PointerScope()) {
      Tensor matrix = Tensor.create(centred, n, n);
      T_TensorTensorTensor_T svd = torch.linalg_svd(matrix);
      double[] u = doubles(svd.get0());
      double[] s = doubles(svd.get1()); // squares of X's singular values
      double total = 0;
      for (double value : s) {
        total += value;
      }
      int kept = Math.min(dimensions, n);
      double[][] coordinates = new double[n][dimensions];
      double[] shares = new double[dimensions];
      for (int d = 0; d < kept; d++) {
        shares[d] = total > 0 ? s[d] / total : 0;
        double sign = sign(u, n, d);
        for (int i = 0; i < n; i++) {
          coordinates[i][d] = sign * u[i * n + d] * Math.sqrt(s[d]);
        }
      }
      return new Pca(coordinates, shares);
    }
  }

  /** G less its rows' means and columns' means, plus the mean of all. */
  private static double[] centred(double[][] gram) {
    int n = gram.length;
    double[] rows = new double[n];
    double all = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        rows[i] += gram[i][j] / n;
      }
      all += rows[i] / n;
    }
    double[] centred = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        centred[i * n + j] = gram[i][j] - rows[i] - rows[j] + all;
      }
    }
    return centred;
  }

  /** The largest coordinate is positive, so that a map is not mirrored from run to run. */
  private static double sign(double[] u, int n, int d) {
    double largest = 0;
    for (int i = 0; i < n; i++) {
      double value = u[i * n + d];
      largest = Math.abs(value) > Math.abs(largest) ? value : largest;
    }
    return largest < 0 ? -1 : 1;
  }

  private static double[] doubles(Tensor tensor) {
    float[] values = Tensors.toFloats(tensor);
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
