package dev.mneme.lab.stats;

import java.util.Arrays;

/**
 * Exact t-SNE (van der Maaten and Hinton, "Visualizing data using t-SNE", JMLR 9, 2008) for a few
 * hundred points: a map on which neighbours stay neighbours. Distances on it mean little, and
 * clusters may be split. Begins at given coordinates (Kobak and Berens, Nature Communications 10,
 * 2019), so it draws no random number. Written here since the usual Java library is under the GPL.
 */
public final class Tsne {
  private static final int ITERATIONS = 500;
  private static final int EXAGGERATED = 120;
  private static final double EXAGGERATION = 12;
  private static final double TINY = 1e-12;

  private Tsne() {}

  /**
   * Places points on a plane.
   *
   * @param squared squared distances, [n][n]
   * @param start where to begin, [n][2], such as the first two principal components
   * @param perplexity about how many neighbours count; at most (n − 1) / 3 is used
   * @return [n][2]
   */
  public static double[][] map(double[][] squared, double[][] start, double perplexity) {
    int n = squared.length;
    if (n < 4) {
      return copy(start);
    }
    double[][] p = affinities(squared, Math.min(perplexity, (n - 1) / 3.0));
    double[][] y = small(start);
    double[][] velocity = new double[n][2];
    double[][] gains = new double[n][2];
    for (double[] gain : gains) {
      Arrays.fill(gain, 1);
    }
    double rate = Math.max(10, n / EXAGGERATION / 4);
    for (int step = 0; step < ITERATIONS; step++) {
      double factor = step < EXAGGERATED ? EXAGGERATION : 1;
      double momentum = step < EXAGGERATED ? 0.5 : 0.8;
      double[][] gradient = gradient(p, y, factor);
      for (int i = 0; i < n; i++) {
        for (int d = 0; d < 2; d++) {
          boolean same = gradient[i][d] > 0 == velocity[i][d] > 0;
          gains[i][d] = Math.max(0.01, same ? gains[i][d] * 0.8 : gains[i][d] + 0.2);
          velocity[i][d] = momentum * velocity[i][d] - rate * gains[i][d] * gradient[i][d];
        }
      }
      for (int i = 0; i < n; i++) {
        y[i][0] += velocity[i][0];
        y[i][1] += velocity[i][1];
      }
    }
    return y;
  }

  /** Symmetric neighbourhood probabilities that sum to 1. */
  static double[][] affinities(double[][] squared, double perplexity) {
    int n = squared.length;
    double[][] p = new double[n][n];
    for (int i = 0; i < n; i++) {
      double[] row = neighbours(squared[i], i, Math.log(perplexity));
      for (int j = 0; j < n; j++) {
        p[i][j] += row[j] / (2 * n);
        p[j][i] += row[j] / (2 * n);
      }
    }
    return p;
  }

  /** Gaussian weights around point i of the width that gives this entropy, by bisection. */
  private static double[] neighbours(double[] squared, int i, double entropy) {
    double least = Double.POSITIVE_INFINITY;
    double mean = 0;
    for (int j = 0; j < squared.length; j++) {
      if (j != i) {
        least = Math.min(least, squared[j]);
        mean += squared[j] / (squared.length - 1);
      }
    }
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double beta = 1 / Math.max(TINY, mean); // 1 / (2 σ²)
    double[] row = new double[squared.length];
    for (int trial = 0; trial < 64; trial++) {
      double sum = 0;
      double weighted = 0;
      for (int j = 0; j < row.length; j++) {
        row[j] = j == i ? 0 : Math.exp(-beta * (squared[j] - least));
        sum += row[j];
        weighted += row[j] * (squared[j] - least);
      }
      double found = Math.log(sum) + beta * weighted / sum;
      for (int j = 0; j < row.length; j++) {
        row[j] /= sum;
      }
      if (Math.abs(found - entropy) < 1e-5) {
        break;
      } else if (found > entropy) {
        low = beta;
        beta = Double.isInfinite(high) ? beta * 2 : (beta + high) / 2;
      } else {
        high = beta;
        beta = (beta + low) / 2;
      }
    }
    return row;
  }

  private static double[][] gradient(double[][] p, double[][] y, double exaggeration) {
    int n = y.length;
    double[][] kernel = new double[n][n];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double dx = y[i][0] - y[j][0];
        double dy = y[i][1] - y[j][1];
        kernel[i][j] = 1 / (1 + dx * dx + dy * dy);
        kernel[j][i] = kernel[i][j];
        sum += 2 * kernel[i][j];
      }
    }
    double[][] gradient = new double[n][2];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double pull = 4 * (exaggeration * p[i][j] - kernel[i][j] / sum) * kernel[i][j];
        gradient[i][0] += pull * (y[i][0] - y[j][0]);
        gradient[i][1] += pull * (y[i][1] - y[j][1]);
      }
    }
    return gradient;
  }

  /** The start, shrunk so that all points begin as each other's neighbours. */
  private static double[][] small(double[][] start) {
    double square = 0;
    for (double[] point : start) {
      square += point[0] * point[0] / start.length;
    }
    double scale = 1e-2 / Math.max(TINY, Math.sqrt(square));
    double[][] y = copy(start);
    for (double[] point : y) {
      point[0] *= scale;
      point[1] *= scale;
    }
    return y;
  }

  private static double[][] copy(double[][] points) {
    return Arrays.stream(points).map(double[]::clone).toArray(double[][]::new);
  }
}
