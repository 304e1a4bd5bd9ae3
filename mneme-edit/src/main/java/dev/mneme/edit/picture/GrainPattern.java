package dev.mneme.edit.picture;

import java.util.Random;

/**
 * One fixed square of film grain that repeats without seams: what {@code add_grain} adds, and what
 * the base can lay over a picture, which could not be made out of the picture itself.
 */
public final class GrainPattern {
  /** Side of the square in pixels. */
  public static final int PERIOD = 16;

  private static final float[] VALUES = values();

  private GrainPattern() {}

  /** The value at a pixel; mean 0 and variance 1 over a period. */
  public static float at(int x, int y) {
    return VALUES[y % PERIOD * PERIOD + x % PERIOD];
  }

  /** White noise less its 3 x 3 mean on a torus. */
  private static float[] values() {
    Random random = new Random(0x6d6e656d65L); // java.util.Random: the same sequence on every JVM
    int n = PERIOD;
    double[] white = random.doubles((long) n * n).map(u -> 2 * u - 1).toArray();
    double[] high = new double[n * n];
    double square = 0;
    for (int i = 0; i < high.length; i++) {
      double around = 0;
      for (int d = 0; d < 9; d++) {
        int y = (i / n + d / 3 - 1 + n) % n;
        int x = (i % n + d % 3 - 1 + n) % n;
        around += white[y * n + x] / 9;
      }
      high[i] = white[i] - around;
      square += high[i] * high[i];
    }
    double scale = Math.sqrt(high.length / square);
    float[] out = new float[high.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (high[i] * scale);
    }
    return out;
  }
}
