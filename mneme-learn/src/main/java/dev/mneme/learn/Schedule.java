package dev.mneme.learn;

/**
 * Learning rate by step: linear warm-up, then half a cosine down to a floor.
 *
 * @param steps length of the run, at least 1
 * @param warmup steps until the peak
 * @param peak highest rate
 * @param floor rate at the last step, as a share of the peak
 */
public record Schedule(long steps, long warmup, double peak, double floor) {
  public Schedule {
    if (steps < 1 || warmup < 0 || !(peak > 0) || !(floor >= 0 && floor <= 1)) {
      throw new IllegalArgumentException(
          "A schedule needs steps >= 1, warmup >= 0, peak > 0 and floor in [0, 1]; found %d, %d, %s, %s"
              .formatted(steps, warmup, peak, floor));
    }
  }

  /** Rate for a step counted from 0. */
  public double rate(long step) {
    if (step < warmup) {
      return peak * (step + 1) / warmup;
    }
    double done = Math.min(1, (double) (step - warmup) / Math.max(1, steps - warmup));
    return peak * (floor + (1 - floor) * 0.5 * (1 + Math.cos(Math.PI * done)));
  }
}
