package dev.mneme.learn;

import java.nio.file.Path;

/**
 * How a run goes.
 *
 * @param directory where checkpoint and metrics are written
 * @param schedule steps and learning rate
 * @param weightDecay decoupled weight decay of matrices
 * @param clip largest norm of the gradient
 * @param muon whether matrices inside blocks are moved by Muon rather than by Adam
 * @param checkpointEvery steps between checkpoints
 * @param logEvery steps between lines of metrics
 */
public record TrainingConfig(
    Path directory,
    Schedule schedule,
    double weightDecay,
    double clip,
    boolean muon,
    long checkpointEvery,
    long logEvery) {

  /** Settings that worked for the shipped weights. */
  public static TrainingConfig of(Path directory, long steps, double peak) {
    long warmup = Math.max(1, Math.min(200, steps / 10));
    return new TrainingConfig(directory, new Schedule(steps, warmup, peak, 0.02), 0.01, 1.0, true, 250, 25);
  }
}
