package dev.mneme.edit.bench;

import java.util.List;

/**
 * How long something took over several runs.
 *
 * @param medianMillis of an even number of runs the mean of the middle two
 * @param minMillis the fastest run
 */
public record Timing(double medianMillis, double minMillis) {
  private static final double NANOS_PER_MILLI = 1e6;

  /** Of at least one run, in nanoseconds. */
  static Timing of(List<Long> nanos) {
    List<Long> sorted = nanos.stream().sorted().toList();
    int half = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2.0;
    return new Timing(median / NANOS_PER_MILLI, sorted.get(0) / NANOS_PER_MILLI);
  }
}
