package dev.mneme.edit.text;

import java.util.List;

/**
 * A regularized least-squares classifier (Rifkin, Yeo and Poggio, 2003): both classes weigh the
 * same however many there are of each. Solved exactly, so the same data give the same answer, and
 * with the answer comes what each example would have scored had it been left out.
 *
 * @param weights one for each feature
 * @param leftOut score of each example under the weights of all others
 */
record LeastSquares(double[] weights, double[] leftOut) {
  /**
   * @param features of each example; the last is constant and not regularized
   * @param positive which examples are to score 1; the others are to score -1
   * @param ridge what is added to the diagonal
   */
  static LeastSquares fit(List<double[]> features, boolean[] positive, double ridge) {
    int n = features.size();
    int p = features.get(0).length;
    int positives = 0;
    for (boolean yes : positive) {
      positives += yes ? 1 : 0;
    }
    double[] share = new double[n];
    double[][] normal = new double[p][p]; // lower triangle
    double[] right = new double[p];
    for (int i = 0; i < n; i++) {
      share[i] = 0.5 * n / (positive[i] ? positives : n - positives);
      double[] f = features.get(i);
      for (int a = 0; a < p; a++) {
        double v = share[i] * f[a];
        right[a] += positive[i] ? v : -v;
        for (int b = 0; b <= a; b++) {
          normal[a][b] += v * f[b];
        }
      }
    }
    for (int a = 0; a < p; a++) {
      normal[a][a] += a < p - 1 ? ridge : 1e-6;
    }
    factor(normal);
    double[] weights = backward(normal, forward(normal, right));
    double[] leftOut = new double[n];
    for (int i = 0; i < n; i++) {
      double[] half = forward(normal, features.get(i));
      double leverage = share[i] * dot(half, half);
      double aim = positive[i] ? 1 : -1;
      leftOut[i] = (dot(features.get(i), weights) - leverage * aim) / (1 - leverage);
    }
    return new LeastSquares(weights, leftOut);
  }

  /** Cholesky, in place: a becomes L with a = L Lᵀ. */
  private static void factor(double[][] a) {
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = a[i][j];
        for (int k = 0; k < j; k++) {
          sum -= a[i][k] * a[j][k];
        }
        a[i][j] = i == j ? Math.sqrt(sum) : sum / a[j][j];
      }
    }
  }

  /** Solves L x = b. */
  private static double[] forward(double[][] l, double[] b) {
    double[] x = new double[b.length];
    for (int i = 0; i < x.length; i++) {
      double sum = b[i];
      for (int k = 0; k < i; k++) {
        sum -= l[i][k] * x[k];
      }
      x[i] = sum / l[i][i];
    }
    return x;
  }

  /** Solves Lᵀ x = b. */
  private static double[] backward(double[][] l, double[] b) {
    double[] x = b.clone();
    for (int i = x.length - 1; i >= 0; i--) {
      x[i] /= l[i][i];
      for (int k = 0; k < i; k++) {
        x[k] -= l[i][k] * x[i];
      }
    }
    return x;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
