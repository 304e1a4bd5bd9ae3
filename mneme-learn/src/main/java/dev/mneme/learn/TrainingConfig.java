package dev.mneme.learn;

import java.nio.file.Path;

/**
 * How a run goes.
 *
 * @param directory where checkpoint and metrics are written
 * @param schedule steps and learning rate
 * @param weightDecay decoupled weight decay of matrices
 * @param clip largest norm of the gradient
 * @param muon how many times Adam's learning rate Muon moves matrices inside blocks by; 0 leaves
 *     them to Adam
 * @param checkpointEvery steps between checkpoints, a multiple of {@code logEvery}: a run that is
 *     resumed then logs whole intervals
 * @param logEvery steps between lines of metrics
 * @param refinements what it does beyond plain steps; its {@code evaluateEvery} is a multiple of
 *     {@code logEvery}
 */
public record TrainingConfig(
    Path directory,
    Schedule schedule,
    double weightDecay,
    double clip,
    double muon,
    long checkpointEvery,
    long logEvery,
    Refinements refinements) {

  public TrainingConfig {
    if (!(weightDecay >= 0 && clip > 0 && muon >= 0)
        || logEvery < 1
        || checkpointEvery < 1
        || checkpointEvery % logEvery != 0) {
      throw new IllegalArgumentException(
          "A run needs weightDecay >= 0, clip > 0, muon >= 0, logEvery >= 1 and checkpointEvery a multiple of it; found %s, %s, %s, %d, %d"
              .formatted(weightDecay, clip, muon, logEvery, checkpointEvery));
    }
    if (refinements.evaluateEvery() % logEvery != 0) {
      throw new IllegalArgumentException(
          "A run needs evaluateEvery a multiple of logEvery, %d; found %d"
              .formatted(logEvery, refinements.evaluateEvery()));
    }
  }

  /** A plain run. */
  public TrainingConfig(
      Path directory,
      Schedule schedule,
      double weightDecay,
      double clip,
      double muon,
      long checkpointEvery,
      long logEvery) {
    this(directory, schedule, weightDecay, clip, muon, checkpointEvery, logEvery, Refinements.NONE);
  }

  /** The same run with other refinements. */
  public TrainingConfig with(Refinements other) {
    return new TrainingConfig(
        directory, schedule, weightDecay, clip, muon, checkpointEvery, logEvery, other);
  }

  /** Settings that worked for the shipped weights. */
  public static TrainingConfig of(Path directory, long steps, double peak) {
    long warmup = Math.max(1, Math.min(200, steps / 10));
    return new TrainingConfig(
        directory, new Schedule(steps, warmup, peak, 0.02), 0.01, 1.0, 1, 250, 25);
  }
}
