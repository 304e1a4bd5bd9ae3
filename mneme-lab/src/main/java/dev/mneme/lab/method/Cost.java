package dev.mneme.lab.method;

/**
 * What a training took.
 *
 * @param secondsPerStep median wall time of a step after the first; NaN where no step was timed
 * @param peakBytes the most resident memory of the process at the end of any step: what earlier
 *     trainings of the same process have not given back is counted too
 * @param lessonSeconds wall time of what was done before the first step and after the last; about 0
 *     for most
 */
public record Cost(double secondsPerStep, long peakBytes, double lessonSeconds) {
  /** The same with so many seconds more beside the steps. */
  Cost and(double seconds) {
    return new Cost(secondsPerStep, peakBytes, lessonSeconds + seconds);
  }

  /** Seconds of a training of so many steps, its first lesson included. */
  public double seconds(long steps) {
    return lessonSeconds + steps * secondsPerStep;
  }
}
