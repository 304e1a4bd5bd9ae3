package dev.mneme.learn;

/** Told how far a run has come. */
@FunctionalInterface
public interface Progress {
  /** Says nothing. */
  Progress NONE = (done, total, loss) -> {};

  /**
   * Called after every step.
   *
   * @param done steps done, from 1
   * @param total steps in all
   * @param loss recent mean loss
   */
  void step(long done, long total, double loss);
}
