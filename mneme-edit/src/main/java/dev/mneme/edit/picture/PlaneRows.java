package dev.mneme.edit.picture;

import java.util.Arrays;

/**
 * Planes of one size side by side, row by row, each row of each plane with its border pixels
 * repeated beyond it. What is done to one is done to all in one loop: loops over the few pixels of
 * a tile's row cost more to begin than to run.
 *
 * <p>The loops add whole arrays: where all are read from their beginning the JVM makes vector
 * instructions of them, which it does not where one begins at an offset. So a row that is to be
 * read from further on is copied.
 */
final class PlaneRows {
  /** Rows that are added in one loop. */
  private static final int FOUR = 4;

  private final int planes;
  private final int width;
  private final int height;
  private final int reach;
  private final int step; // from a plane's row to the next plane's
  private final float[][] rows;

  /**
   * @param planes of width * height each
   * @param reach pixels that are repeated at either border
   */
  PlaneRows(float[][] planes, int width, int height, int reach) {
    this.planes = planes.length;
    this.width = width;
    this.height = height;
    this.reach = reach;
    this.step = width + 2 * reach;
    this.rows = new float[height][planes.length * step];
    for (int y = 0; y < height; y++) {
      for (int p = 0; p < planes.length; p++) {
        int at = p * step;
        System.arraycopy(planes[p], y * width, rows[y], at + reach, width);
        Arrays.fill(rows[y], at, at + reach, planes[p][y * width]);
        Arrays.fill(rows[y], at + reach + width, at + step, planes[p][(y + 1) * width - 1]);
      }
    }
  }

  /** Columns and then rows correlated with {@code 2 * reach + 1} weights. */
  float[][] correlated(float[] kernel) {
    float[][] out = new float[planes][width * height];
    float[][] four = new float[FOUR][planes * step];
    float[] down = new float[planes * step];
    float[] across = new float[planes * step];
    for (int y = 0; y < height; y++) {
      Arrays.fill(down, 0);
      for (int k = 0; k < kernel.length; k += FOUR) {
        int first = y + k - reach;
        addScaled(down, row(first), row(first + 1), row(first + 2), row(first + 3), kernel, k);
      }
      Arrays.fill(across, 0);
      for (int k = 0; k < kernel.length; k += FOUR) {
        for (int i = 0; i < FOUR; i++) {
          copyFrom(Math.min(k + i, 2 * reach), down, four[i]);
        }
        addScaled(across, four[0], four[1], four[2], four[3], kernel, k);
      }
      store(across, y, out);
    }
    return out;
  }

  /** Means over squares of {@code 2 * reach + 1} pixels. */
  float[][] means() {
    float[][] out = new float[planes][width * height];
    float[] down = new float[planes * step];
    for (int k = -reach; k <= reach; k++) {
      add(down, row(k));
    }
    float[] across = new float[planes * step];
    float[] run = new float[planes * step];
    float[] copy = new float[planes * step];
    int side = 2 * reach + 1;
    for (int y = 0; y < height; y++) {
      System.arraycopy(down, 0, run, 0, run.length);
      Arrays.fill(across, 0);
      int done = 0;
      for (int length = 1; length <= side; length *= 2) { // run has sums of this many pixels
        if ((side & length) != 0) {
          copyFrom(done, run, copy);
          add(across, copy);
          done += length;
        }
        copyFrom(length, run, copy);
        add(run, copy);
      }
      scale(across, 1f / (side * side));
      store(across, y, out);
      exchange(down, row(y + reach + 1), row(y - reach));
    }
    return out;
  }

  /** Correlated with nine weights; needs a reach of 1. */
  float[][] stencil(float[] weights) {
    float[][] out = new float[planes][width * height];
    float[][] three = new float[3][planes * step];
    float[] across = new float[planes * step];
    for (int y = 0; y < height; y++) {
      Arrays.fill(across, 0);
      for (int dy = 0; dy < 3; dy++) {
        for (int dx = 0; dx < 3; dx++) {
          copyFrom(dx, row(y + dy - 1), three[dx]);
        }
        float[] line = Arrays.copyOfRange(weights, 3 * dy, 3 * dy + 3);
        addScaled(across, three[0], three[1], three[2], three[2], line, 0);
      }
      store(across, y, out);
    }
    return out;
  }

  private float[] row(int y) {
    return rows[Math.max(0, Math.min(y, height - 1))];
  }

  /** What lies so far on; nothing of the end of {@code to} is asked for. */
  private static void copyFrom(int by, float[] row, float[] to) {
    System.arraycopy(row, by, to, 0, row.length - by);
  }

  private void store(float[] row, int y, float[][] out) {
    for (int p = 0; p < planes; p++) {
      System.arraycopy(row, p * step, out[p], y * width, width);
    }
  }

  private static void add(float[] sum, float[] row) {
    for (int x = 0; x < sum.length; x++) {
      sum[x] += row[x];
    }
  }

  private static void exchange(float[] sum, float[] comes, float[] goes) {
    for (int x = 0; x < sum.length; x++) {
      sum[x] += comes[x] - goes[x];
    }
  }

  private static void scale(float[] row, float by) {
    for (int x = 0; x < row.length; x++) {
      row[x] *= by;
    }
  }

  /** Adds four rows by four weights; where there are no more, by none. */
  private static void addScaled(
      float[] sum, float[] a, float[] b, float[] c, float[] d, float[] weights, int first) {
    float wa = weight(weights, first);
    float wb = weight(weights, first + 1);
    float wc = weight(weights, first + 2);
    float wd = weight(weights, first + 3);
    for (int x = 0; x < sum.length; x++) {
      sum[x] += wa * a[x] + wb * b[x] + wc * c[x] + wd * d[x];
    }
  }

  private static float weight(float[] weights, int index) {
    return index < weights.length ? weights[index] : 0;
  }
}
