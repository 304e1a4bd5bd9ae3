package dev.mneme.lab.method;

import dev.mneme.tensor.NativeMemory;
import java.util.ArrayList;
import java.util.List;

/** Times the steps of a training; the first one warms up and is not counted. */
final class StepClock {
  private final List<Long> nanos = new ArrayList<>();
  private long last;
  private boolean used;
  private long peak = NativeMemory.residentBytes();

  /** A step is done. */
  void step() {
    long now = System.nanoTime();
    if (used) {
      nanos.add(now - last);
    }
    used = true;
    last = now;
    peak = Math.max(peak, NativeMemory.residentBytes());
  }

  /** Whether no step was taken. */
  boolean isUnused() {
    return !used;
  }

  /** The median step, so that a machine that stood still for a while does not count. */
  Cost cost(double lessonSeconds) {
    double seconds =
        nanos.isEmpty()
            ? Double.NaN
            : nanos.stream().sorted().skip(nanos.size() / 2).findFirst().orElseThrow() / 1e9;
    return new Cost(seconds, peak, lessonSeconds);
  }
}
