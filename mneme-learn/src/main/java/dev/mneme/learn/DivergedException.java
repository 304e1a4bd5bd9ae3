package dev.mneme.learn;

/**
 * Training met a number that is not one; the message names the step. The last checkpoint is still
 * good.
 */
public class DivergedException extends RuntimeException {
  private final long step;

  public DivergedException(long step, String what) {
    super(
        "Training diverged at step %d: %s, expected a finite number. The last checkpoint is good: lower the learning rate and start again."
            .formatted(step, what));
    this.step = step;
  }

  /** Step counted from 0. */
  public long step() {
    return step;
  }
}
