package dev.mneme.edit.pipeline;

/**
 * What is added to a pixel before it is rounded to 8 bits, so that a tone between two steps becomes
 * a fine pattern of both: gradients show no bands, and tiles that differ by less than a step no
 * border. What is a whole step stays as it is. Interleaved gradient noise (Jimenez, "Next
 * generation post processing in Call of Duty: Advanced Warfare", SIGGRAPH 2014): the same at the
 * same place of every picture, and in all channels, for grey stays grey.
 */
final class Dither {
  /** Just below half a step, that no rounding of floats moves what is a whole one. */
  private static final double REACH = 0.498 / 255;

  private Dither() {}

  /** In half a step of 8 bits, either way. */
  static float at(int x, int y) {
    double noise = fraction(52.9829189 * fraction(0.06711056 * x + 0.00583715 * y));
    return (float) (REACH * (2 * noise - 1));
  }

  private static double fraction(double value) {
    return value - Math.floor(value);
  }
}
