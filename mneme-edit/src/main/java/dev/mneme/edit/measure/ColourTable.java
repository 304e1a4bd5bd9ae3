package dev.mneme.edit.measure;

import dev.mneme.edit.base.Shown;
import dev.mneme.edit.picture.Picture;
import java.util.List;

/**
 * Takes a look from pairs as a colourist does: a 3-D look-up table, read trilinearly, fitted to the
 * pairs by least squares. Neighbouring nodes are drawn to change alike, so that colours which no
 * pair shows follow those that are.
 */
final class ColourTable {
  /** Nodes along each axis, which is fewer than usual tables have, and all that few pairs fill. */
  private static final int NODES = 9;

  private static final int STEPS = 80;

  /** Of a difference between neighbours, beside that of a pixel's share of all. */
  private static final double SMOOTH = 2e-5;

  private static final int COUNT = NODES * NODES * NODES;
  private static final int[] STRIDES = {NODES * NODES, NODES, 1};

  /** What each node adds to its colour, by channel. */
  private final double[][] change = new double[3][];

  ColourTable(List<Shown> pairs) {
    double share = 1.0 / pairs.stream().mapToInt(p -> p.before().plane()).sum();
    double[] products = smooth(); // of nodes with each other, the normal equations' matrix
    double[][] wanted = new double[3][COUNT];
    int[] nodes = new int[8];
    double[] shares = new double[8];
    for (Shown pair : pairs) {
      int plane = pair.before().plane();
      for (int i = 0; i < plane; i++) {
        corners(pair.before().rgb(), plane, i, nodes, shares);
        for (int k = 0; k < 8; k++) {
          for (int l = 0; l < 8; l++) {
            products[nodes[k] * COUNT + nodes[l]] += share * shares[k] * shares[l];
          }
          for (int c = 0; c < 3; c++) {
            double more = pair.after().rgb()[c * plane + i] - pair.before().rgb()[c * plane + i];
            wanted[c][nodes[k]] += share * shares[k] * more;
          }
        }
      }
    }
    for (int c = 0; c < 3; c++) {
      change[c] = solve(products, wanted[c]);
    }
  }

  /** Squares of differences between neighbours, as a matrix [COUNT, COUNT]. */
  private static double[] smooth() {
    double[] products = new double[COUNT * COUNT];
    for (int n = 0; n < COUNT; n++) {
      for (int stride : STRIDES) {
        if (n / stride % NODES < NODES - 1) {
          int other = n + stride;
          products[n * COUNT + n] += SMOOTH;
          products[other * COUNT + other] += SMOOTH;
          products[n * COUNT + other] -= SMOOTH;
          products[other * COUNT + n] -= SMOOTH;
        }
      }
    }
    return products;
  }

  Picture apply(Picture source) {
    int plane = source.plane();
    float[] out = source.rgb().clone();
    int[] nodes = new int[8];
    double[] shares = new double[8];
    for (int i = 0; i < plane; i++) {
      corners(source.rgb(), plane, i, nodes, shares);
      for (int c = 0; c < 3; c++) {
        for (int k = 0; k < 8; k++) {
          out[c * plane + i] += (float) (shares[k] * change[c][nodes[k]]);
        }
      }
    }
    return new Picture(source.width(), source.height(), out).clamped();
  }

  /** The eight nodes around a pixel's colour and their shares in it. */
  private static void corners(float[] rgb, int plane, int i, int[] nodes, double[] shares) {
    int first = 0;
    double[] within = new double[3];
    for (int c = 0; c < 3; c++) {
      double x = Math.max(0, Math.min(1, rgb[c * plane + i])) * (NODES - 1);
      int cell = Math.min(NODES - 2, (int) x);
      within[c] = x - cell;
      first += cell * STRIDES[c];
    }
    for (int k = 0; k < 8; k++) {
      int node = first;
      double share = 1;
      for (int c = 0; c < 3; c++) {
        boolean upper = (k >> c & 1) == 1;
        node += upper ? STRIDES[c] : 0;
        share *= upper ? within[c] : 1 - within[c];
      }
      nodes[k] = node;
      shares[k] = share;
    }
  }

  /** Conjugate gradients on the normal equations. */
  private static double[] solve(double[] products, double[] wanted) {
    double[] x = new double[COUNT];
    double[] residual = wanted.clone();
    double[] direction = residual.clone();
    double length = dot(residual, residual);
    for (int step = 0; step < STEPS && length > 1e-18; step++) {
      double[] image = times(products, direction);
      double size = length / dot(direction, image);
      for (int n = 0; n < COUNT; n++) {
        x[n] += size * direction[n];
        residual[n] -= size * image[n];
      }
      double next = dot(residual, residual);
      for (int n = 0; n < COUNT; n++) {
        direction[n] = residual[n] + next / length * direction[n];
      }
      length = next;
    }
    return x;
  }

  private static double[] times(double[] matrix, double[] x) {
    double[] out = new double[COUNT];
    for (int n = 0; n < COUNT; n++) {
      double sum = 0;
      for (int m = 0; m < COUNT; m++) {
        sum += matrix[n * COUNT + m] * x[m];
      }
      out[n] = sum;
    }
    return out;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
