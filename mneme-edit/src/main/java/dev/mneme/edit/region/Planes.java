package dev.mneme.edit.region;

import java.util.Arrays;

/** Sums and means over planes of values, row by row. */
final class Planes {
  private Planes() {}

  /**
   * The mean over the square of {@code 2 radius + 1} pixels a side about each pixel; beyond the
   * border there is nothing to count. Costs the same for every radius.
   */
  static float[] mean(float[] in, int width, int height, int radius) {
    float[] across = new float[in.length];
    for (int y = 0; y < height; y++) {
      line(in, across, y * width, 1, width, radius);
    }
    float[] out = new float[in.length];
    for (int x = 0; x < width; x++) {
      line(across, out, x, width, height, radius);
    }
    return out;
  }

  private static void line(float[] in, float[] out, int from, int step, int length, int radius) {
    double sum = 0;
    for (int i = 0; i < Math.min(radius, length); i++) {
      sum += in[from + i * step];
    }
    for (int i = 0; i < length; i++) {
      if (i + radius < length) {
        sum += in[from + (i + radius) * step];
      }
      if (i - radius > 0) {
        sum -= in[from + (i - radius - 1) * step];
      }
      int count = Math.min(length - 1, i + radius) - Math.max(0, i - radius) + 1;
      out[from + i * step] = (float) (sum / count);
    }
  }

  static double mean(float[] in) {
    double sum = 0;
    for (float value : in) {
      sum += value;
    }
    return sum / in.length;
  }

  static float max(float[] in) {
    float max = 0;
    for (float value : in) {
      max = Math.max(max, value);
    }
    return max;
  }

  /** The values divided by their maximum, or all 0. */
  static float[] scaled(float[] in) {
    float max = max(in);
    float[] out = new float[in.length];
    for (int i = 0; max > 0 && i < out.length; i++) {
      out[i] = in[i] / max;
    }
    return out;
  }

  /**
   * The threshold in [0, 1] that parts values best in two (Otsu, 1979).
   *
   * @param in values in [0, 1]
   */
  static float otsu(float[] in) {
    int bins = 256;
    double[] count = new double[bins];
    for (float value : in) {
      count[Math.min(bins - 1, (int) (value * bins))]++;
    }
    double total = 0;
    for (int i = 0; i < bins; i++) {
      total += i * count[i];
    }
    double below = 0;
    double sum = 0;
    double best = -1;
    int at = 0;
    for (int i = 0; i < bins; i++) {
      below += count[i];
      sum += i * count[i];
      double above = in.length - below;
      if (below == 0 || above == 0) {
        continue;
      }
      double apart = sum / below - (total - sum) / above;
      double between = below * above * apart * apart;
      if (between > best) {
        best = between;
        at = i;
      }
    }
    return (at + 1f) / bins;
  }

  /**
   * Parts of a plane that hang together over common sides.
   *
   * @return for each pixel the size of its part, 0 outside of all parts
   */
  static int[] partSizes(boolean[] in, int width) {
    int[] sizes = new int[in.length];
    boolean[] seen = new boolean[in.length];
    int[] queue = new int[in.length];
    for (int start = 0; start < in.length; start++) {
      if (!in[start] || seen[start]) {
        continue;
      }
      int count = part(in, seen, queue, start, width);
      for (int i = 0; i < count; i++) {
        sizes[queue[i]] = count;
      }
    }
    return sizes;
  }

  /** Fills the queue with the part that a pixel belongs to and returns its size. */
  static int part(boolean[] in, boolean[] seen, int[] queue, int start, int width) {
    int end = 0;
    queue[end++] = start;
    seen[start] = true;
    for (int at = 0; at < end; at++) {
      int i = queue[at];
      int x = i % width;
      int[] next = {
        x > 0 ? i - 1 : -1, x < width - 1 ? i + 1 : -1, i - width, i + width,
      };
      for (int n : next) {
        if (n >= 0 && n < in.length && in[n] && !seen[n]) {
          seen[n] = true;
          queue[end++] = n;
        }
      }
    }
    return end;
  }

  /** A copy without holes up to a size: parts of the outside that no side of the plane borders. */
  static boolean[] filled(boolean[] in, int width, int largest) {
    boolean[] outside = new boolean[in.length];
    for (int i = 0; i < in.length; i++) {
      outside[i] = !in[i];
    }
    int height = in.length / width;
    int[] sizes = partSizes(outside, width);
    boolean[] open = new boolean[in.length];
    int[] queue = new int[in.length];
    boolean[] seen = new boolean[in.length];
    for (int i = 0; i < in.length; i++) {
      boolean rim =
          i % width == 0 || i % width == width - 1 || i < width || i >= width * (height - 1);
      if (rim && outside[i] && !seen[i]) {
        int count = part(outside, seen, queue, i, width);
        for (int k = 0; k < count; k++) {
          open[queue[k]] = true;
        }
      }
    }
    boolean[] out = Arrays.copyOf(in, in.length);
    for (int i = 0; i < in.length; i++) {
      out[i] |= outside[i] && !open[i] && sizes[i] <= largest;
    }
    return out;
  }
}
