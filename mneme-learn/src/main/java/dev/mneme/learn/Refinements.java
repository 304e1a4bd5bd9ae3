package dev.mneme.learn;

/**
 * What a run may do beyond plain steps. {@link #NONE} is the plain run; each method adds one thing
 * to it.
 *
 * @param accumulate batches whose gradients one step takes together, at least 1
 * @param average how much of the moving average of the weights a step keeps, in [0, 1); 0 keeps
 *     none. The average is what the run leaves in the learner's parameters at its end
 * @param evaluateEvery steps between measurements of the held-out loss; 0 measures never
 * @param patience measurements without a better held-out loss after which the run ends; the best
 *     weights are then what it leaves. 0 goes on to the end and leaves the last
 * @param tensorboard whether curves are also written as a TensorBoard event file
 */
public record Refinements(
    int accumulate, double average, long evaluateEvery, int patience, boolean tensorboard) {
  /** The plain run. */
  public static final Refinements NONE = new Refinements(1, 0, 0, 0, false);

  public Refinements {
    if (accumulate < 1
        || !(average >= 0 && average < 1)
        || evaluateEvery < 0
        || patience < 0
        || (patience > 0 && evaluateEvery == 0)) {
      throw new IllegalArgumentException(
          "A run needs accumulate >= 1, average in [0, 1), evaluateEvery >= 0 and, for a patience, above 0; found %d, %s, %d and patience %d"
              .formatted(accumulate, average, evaluateEvery, patience));
    }
  }

  /** With several batches a step. */
  public Refinements accumulating(int batches) {
    return new Refinements(batches, average, evaluateEvery, patience, tensorboard);
  }

  /** With a moving average of the weights. */
  public Refinements averaging(double kept) {
    return new Refinements(accumulate, kept, evaluateEvery, patience, tensorboard);
  }

  /** With held-out losses, and an end when they no longer fall. */
  public Refinements evaluating(long every, int patience) {
    return new Refinements(accumulate, average, every, patience, tensorboard);
  }

  /** With an event file. */
  public Refinements withTensorboard() {
    return new Refinements(accumulate, average, evaluateEvery, patience, true);
  }
}
