package dev.mneme.cli;

import dev.mneme.learn.Refinements;
import picocli.CommandLine.Option;

/** Options of training commands beyond plain steps. */
final class RefinementOptions {
  private static final long USUAL_EVERY = 100;

  @Option(
      names = "--accumulate",
      paramLabel = "N",
      description =
          "Batches whose gradients a step takes together, as if one batch were N times as large."
              + " Default: ${DEFAULT-VALUE}.")
  private int accumulate = 1;

  @Option(
      names = "--ema",
      paramLabel = "SHARE",
      description =
          "Keep a moving average of the weights, of which a step keeps this share, such as 0.999;"
              + " it becomes the model. Default: no average.")
  private double ema;

  @Option(
      names = "--evaluate-every",
      paramLabel = "N",
      description =
          "Measure the loss on held-out photographs or triples every N steps, a multiple of 25."
              + " Default: 100 with --patience, otherwise never.")
  private Long evaluateEvery;

  @Option(
      names = "--patience",
      paramLabel = "K",
      description =
          "End when K measurements in a row were no better than the best; that one becomes the"
              + " model. Default: go on to the end.")
  private int patience;

  @Option(
      names = "--tensorboard",
      description = "Also write curves as TensorBoard event files into the run's directory.")
  private boolean tensorboard;

  @Option(
      names = "--find-rate",
      description =
          "Do not train: try learning rates out in 100 steps, write rates.csv and rates.png into the"
              + " run's directory, and suggest a --rate.")
  private boolean findRate;

  boolean findsRate() {
    return findRate;
  }

  /**
   * @throws IllegalArgumentException if a number is out of range
   */
  Refinements refinements() {
    long every = evaluateEvery != null ? evaluateEvery : patience > 0 ? USUAL_EVERY : 0;
    Refinements all =
        Refinements.NONE.accumulating(accumulate).averaging(ema).evaluating(every, patience);
    return tensorboard ? all.withTensorboard() : all;
  }
}
