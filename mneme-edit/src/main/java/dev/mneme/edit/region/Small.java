package dev.mneme.edit.region;

/** Three by three matrices. */
final class Small {
  private Small() {}

  /** The inverse of a matrix whose determinant is not 0. */
  static double[][] inverse(double[][] m) {
    double[][] out = new double[3][3];
    double det = determinant(m);
    for (int r = 0; r < 3; r++) {
      for (int c = 0; c < 3; c++) {
        int r1 = (c + 1) % 3;
        int r2 = (c + 2) % 3;
        int c1 = (r + 1) % 3;
        int c2 = (r + 2) % 3;
        out[r][c] = (m[r1][c1] * m[r2][c2] - m[r1][c2] * m[r2][c1]) / det;
      }
    }
    return out;
  }

  static double determinant(double[][] m) {
    double sum = 0;
    for (int c = 0; c < 3; c++) {
      sum +=
          m[0][c] * (m[1][(c + 1) % 3] * m[2][(c + 2) % 3] - m[1][(c + 2) % 3] * m[2][(c + 1) % 3]);
    }
    return sum;
  }

  /** {@code (v - centre)' m (v - centre)}, at least 0. */
  static double form(double[][] m, double[] v, double[] centre) {
    double sum = 0;
    for (int r = 0; r < 3; r++) {
      for (int c = 0; c < 3; c++) {
        sum += (v[r] - centre[r]) * m[r][c] * (v[c] - centre[c]);
      }
    }
    return Math.max(0, sum);
  }
}
