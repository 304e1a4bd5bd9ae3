package dev.mneme.edit.picture;

/**
 * The weights of a one-dimensional resampling: output {@code i} is the sum over {@code k < count}
 * of {@code weight[i * count + k]} times input {@code first[i] + k}. Every output's weights add up
 * to 1.
 */
record Taps(int[] first, int count, float[] weight) {

  /**
   * Area average when {@code out <= in}, otherwise the interpolation kernel, with the border
   * repeated outside.
   */
  static Taps of(int in, int out, Resize.Kernel kernel) {
    return out <= in ? area(in, out) : interpolate(in, out, kernel);
  }

  private static Taps area(int in, int out) {
    double scale = (double) in / out;
    // Exact integer arithmetic for the covered range: no output may reach beyond the input by a
    // rounding error.
    int count = 1;
    for (long i = 0; i < out; i++) {
      count = Math.max(count, (int) (ceilDiv((i + 1) * in, out) - i * in / out));
    }
    Taps taps = new Taps(new int[out], count, new float[Math.multiplyExact(out, count)]);
    for (int i = 0; i < out; i++) {
      int from = (int) ((long) i * in / out);
      int to = (int) ceilDiv((long) (i + 1) * in, out);
      taps.first[i] = Math.min(from, in - count);
      for (int source = from; source < to; source++) {
        double covered = Math.min(source + 1, (i + 1) * scale) - Math.max(source, i * scale);
        taps.weight[i * count + source - taps.first[i]] = (float) (Math.max(0, covered) / scale);
      }
    }
    return taps;
  }

  private static Taps interpolate(int in, int out, Resize.Kernel kernel) {
    int reach = kernel == Resize.Kernel.BILINEAR ? 1 : 2;
    int count = Math.min(in, 2 * reach);
    Taps taps = new Taps(new int[out], count, new float[Math.multiplyExact(out, count)]);
    for (int i = 0; i < out; i++) {
      double centre = (i + 0.5) * in / out - 0.5;
      int from = (int) Math.floor(centre) - reach + 1;
      taps.first[i] = Math.max(0, Math.min(from, in - count));
      for (int source = from; source < from + 2 * reach; source++) {
        int inside = Math.max(0, Math.min(source, in - 1));
        taps.weight[i * count + inside - taps.first[i]] +=
            (float) kernel.at(Math.abs(centre - source));
      }
    }
    return taps;
  }

  private static long ceilDiv(long a, long b) {
    return (a + b - 1) / b;
  }
}
