package dev.mneme.edit.base;

/**
 * Mixes the planes of one tile by coefficients that belong to the centres of cells and are
 * interpolated bilinearly between them: what {@link Lens#paint} does with tensors, in loops over
 * rows and without gradient. No feature is copied, and no coefficient kept for every pixel.
 */
record PlaneMixer(EditorConfig config) {

  /**
   * @param planes K, of T * T pixels each
   * @param paint coefficients of many tiles, as {@link Lens#paint} takes them
   * @param from where those of this tile begin
   * @return three colours, [T * T] each
   */
  float[][] mix(float[][] planes, float[] paint, int from) {
    int side = config.tile();
    int cell = config.cell();
    int last = side / cell - 1;
    float[][] out = new float[3][side * side];
    float[][] above = new float[3 * planes.length][side];
    float[][] below = new float[3 * planes.length][side];
    widen(paint, from, 0, below);
    for (int y = 0; y < side; y++) {
      int row = (y + cell / 2) / cell; // of cells, the lower one
      int step = (y + cell / 2) % cell;
      if (step == 0 || y == 0) {
        float[][] free = above;
        above = below;
        below = free;
        widen(paint, from, Math.min(last, row), below);
      }
      row(planes, y, above, below, (step + 0.5f) / cell, out);
    }
    return out;
  }

  /** From coefficients for each cell of a row of them, [3 K] each, to one for each pixel. */
  private void widen(float[] paint, int from, int row, float[][] wide) {
    int cell = config.cell();
    int cells = config.tile() / cell;
    float[] left = new float[wide.length];
    for (int c = 0; c <= cells; c++) {
      int at = from + at(row, Math.min(c, cells - 1)) * wide.length;
      int begin = Math.max(0, c * cell - cell / 2);
      int end = Math.min(config.tile(), c * cell + cell / 2);
      for (int i = 0; i < wide.length; i++) {
        float right = paint[at + i];
        float step = c == 0 ? 0 : (right - left[i]) / cell;
        float value = c == 0 ? right : left[i] + step / 2;
        float[] to = wide[i];
        for (int x = begin; x < end; x++) {
          to[x] = value;
          value += step;
        }
        left[i] = right;
      }
    }
  }

  /** Index of a cell, as cells lie within patches. */
  private int at(int row, int column) {
    int cells = config.cells();
    int patch = row / cells * config.side() + column / cells;
    return (patch * cells + row % cells) * cells + column % cells;
  }

  private static void row(
      float[][] planes, int y, float[][] above, float[][] below, float share, float[][] out) {
    int side = above[0].length;
    float[][] sums = new float[3][side];
    float[] pixels = new float[side]; // loops that begin at an offset are no vector instructions
    for (int k = 0; k < planes.length; k++) {
      System.arraycopy(planes[k], y * side, pixels, 0, side);
      for (int c = 0; c < 3; c++) {
        add(pixels, above[c * planes.length + k], below[c * planes.length + k], share, sums[c]);
      }
    }
    for (int c = 0; c < 3; c++) {
      System.arraycopy(sums[c], 0, out[c], y * side, side);
    }
  }

  private static void add(float[] pixels, float[] above, float[] below, float share, float[] sum) {
    float rest = 1 - share;
    for (int x = 0; x < sum.length; x++) {
      sum[x] += pixels[x] * (rest * above[x] + share * below[x]);
    }
  }
}
