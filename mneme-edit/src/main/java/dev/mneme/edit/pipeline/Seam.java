package dev.mneme.edit.pipeline;

/**
 * Two neighbours that were edited apart and share pixels.
 *
 * @param sheet how the numbers of either lie
 * @param shared how many pixels across the border are in both
 * @param before how many the first shares with its neighbour on the other side
 * @param after how many the second shares with its neighbour on the other side
 */
record Seam(Sheet sheet, int shared, int before, int after) {
  /** Over how many pixels to either side differences along a border are averaged, twice. */
  private static final int SMOOTH = 16;

  /** Up to how far along a border one pixel's difference counts. */
  static final int REACH = 2 * SMOOTH;

  /** Least pixels over which a difference spreads. */
  private static final int LEAST = 48;

  /**
   * Three planes of numbers, in which steps along a border and steps across it have a stride.
   *
   * @param plane numbers in one plane
   * @param along pixels along the border
   * @param alongStride from one of these to the next
   * @param deep pixels across the border
   * @param deepStride from one of these to the next
   */
  record Sheet(int plane, int along, int alongStride, int deep, int deepStride) {
    /** A tile [3, tile, tile] whose neighbours lie beside it. */
    static Sheet tile(int tile) {
      return new Sheet(tile * tile, tile, tile, tile, 1);
    }

    /** A strip [3, tile, width] whose neighbours lie above and below it. */
    static Sheet strip(int tile, int width) {
      return new Sheet(tile * width, width, 1, tile, width);
    }

    int at(int channel, int i, int k) {
      return channel * plane + i * alongStride + k * deepStride;
    }
  }

  /**
   * Between two of a row of neighbours.
   *
   * @param starts where each begins
   * @param index of the second
   */
  static Seam between(Sheet sheet, int[] starts, int index) {
    return new Seam(
        sheet,
        shared(sheet, starts, index),
        index > 1 ? shared(sheet, starts, index - 1) : 0,
        index < starts.length - 1 ? shared(sheet, starts, index + 1) : 0);
  }

  private static int shared(Sheet sheet, int[] starts, int index) {
    return starts[index - 1] + sheet.deep() - starts[index];
  }

  /** Where a pixel that only one of both was edited at may be left out of the comparison. */
  @FunctionalInterface
  interface Both {
    boolean at(int along);
  }

  /**
   * Makes both say the same, in the mean, of the pixels that they share. Each goes half the way,
   * wholly where they meet and less and less towards its other side, so that a difference in tone
   * spreads over both instead of showing at the border. Detail stays as it is, and so does what
   * either shares with others, where there is room.
   *
   * @param first whose last pixels are the other's first
   */
  void even(float[] first, float[] second, Both edited) {
    float[] up = rise(before);
    float[] down = rise(after);
    int last = sheet.deep() - 1;
    for (int c = 0; c < 3; c++) {
      float[] half = smooth(smooth(halves(first, second, c, edited)));
      for (int i = 0; i < sheet.along(); i++) {
        for (int k = 0; k <= last; k++) {
          first[sheet.at(c, i, k)] -= half[i] * up[k];
          second[sheet.at(c, i, last - k)] += half[i] * down[k];
        }
      }
    }
  }

  /** From nothing, where another neighbour begins, to one, where this one does. */
  private float[] rise(int other) {
    int own = sheet.deep() - shared;
    int free = Math.max(0, Math.min(other, own - LEAST));
    float[] rise = new float[sheet.deep()];
    for (int k = free; k < rise.length; k++) {
      rise[k] = Math.min(1, (k - free + 0.5f) / (own - free));
    }
    return rise;
  }

  /** Half of how much the first is above the second, by pixels along the border. */
  private float[] halves(float[] first, float[] second, int channel, Both edited) {
    int own = sheet.deep() - shared;
    float[] halves = new float[sheet.along()];
    for (int i = 0; i < halves.length; i++) {
      if (edited.at(i)) {
        float sum = 0;
        for (int k = Stroke.MARGIN; k < shared - Stroke.MARGIN; k++) {
          sum += first[sheet.at(channel, i, own + k)] - second[sheet.at(channel, i, k)];
        }
        halves[i] = sum / (2 * (shared - 2 * Stroke.MARGIN));
      }
    }
    return halves;
  }

  /** Running means; fewer are averaged towards the ends. */
  private static float[] smooth(float[] values) {
    double[] sums = new double[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      sums[i + 1] = sums[i] + values[i];
    }
    float[] means = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      int from = Math.max(0, i - SMOOTH);
      int to = Math.min(values.length, i + SMOOTH + 1);
      means[i] = (float) ((sums[to] - sums[from]) / (to - from));
    }
    return means;
  }
}
