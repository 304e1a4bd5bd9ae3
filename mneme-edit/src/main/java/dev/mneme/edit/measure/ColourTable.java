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
    int pixels = pairs.stream().mapToInt(p -> p.before().plane()).sum();
    int[][] nodes = new int[pixels][];
    double[][] shares = new double[pixels][];
    double[][] wanted = new double[3][pixels];
    int at = 0;
    for (Shown pair : pairs) {
      int plane = pair.before().plane();
      for (int i = 0; i < plane; i++, at++) {
        nodes[at] = new int[8];
        shares[at] = new double[8];
        corners(pair.before().rgb(), plane, i, nodes[at], shares[at]);
        for (int c = 0; c < 3; c++) {
          wanted[c][at] = pair.after().rgb()[c * plane + i] - pair.before().rgb()[c * plane + i];
        }
      }
    }
    for (int c = 0; c < 3; c++) {
      change[c] = solve(nodes, shares, wanted[c]);
    }
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
  private static double[] solve(int[][] nodes, double[][] shares, double[] wanted) {
    double[] x = new double[COUNT];
    double[] residual = new double[COUNT];
    for (int p = 0; p < wanted.length; p++) {
      for (int k = 0; k < 8; k++) {
        residual[nodes[p][k]] += shares[p][k] * wanted[p] / wanted.length;
      }
    }
    double[] direction = residual.clone();
    double length = dot(residual, residual);
    for (int step = 0; step < STEPS && length > 1e-18; step++) {
      double[] image = normal(nodes, shares, direction);
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

  private static double[] normal(int[][] nodes, double[][] shares, double[] x) {
    double[] out = new double[COUNT];
    for (int p = 0; p < nodes.length; p++) {
      double read = 0;
      for (int k = 0; k < 8; k++) {
        read += shares[p][k] * x[nodes[p][k]];
      }
      for (int k = 0; k < 8; k++) {
        out[nodes[p][k]] += shares[p][k] * read / nodes.length;
      }
    }
    for (int n = 0; n < COUNT; n++) {
      for (int stride : STRIDES) {
        if (n / stride % NODES < NODES - 1) {
          double apart = SMOOTH * (x[n] - x[n + stride]);
          out[n] += apart;
          out[n + stride] -= apart;
        }
      }
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
