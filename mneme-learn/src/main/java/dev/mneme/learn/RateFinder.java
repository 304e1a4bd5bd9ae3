package dev.mneme.learn;

import dev.mneme.tensor.Precision;
import java.util.ArrayList;
import java.util.List;

/** Tries learning rates out, from far too small to far too large. */
public final class RateFinder {
  private static final double SMOOTHING = 0.9;

  /** Times the lowest smooth loss, at which there is nothing more to learn from going on. */
  private static final double HOPELESS = 4;

  private RateFinder() {}

  /**
   * Sweeps. The learner is of no use afterwards. Writes nothing.
   *
   * @param learner fresh; its parameters are changed in place
   * @param source batches, from step 0 on
   * @param config decay, clipping and optimizer as of the run that is planned; its schedule and
   *     directory are not used
   * @param range of rates
   * @param precision of the forward and of the optimizer's products
   * @param progress told of every step
   * @return the losses, shorter than the range where they grew hopeless
   */
  public static <E extends Batch> RateSweep sweep(
      Learner<E> learner,
      BatchSource<E> source,
      TrainingConfig config,
      RateSweep.Range range,
      Precision precision,
      Progress progress) {
    Optimizer optimizer =
        new Optimizer(learner.parameters(), config.weightDecay(), config.muon(), precision);
    Descent<E> descent = new Descent<>(learner, optimizer, precision, config.clip());
    int count = config.refinements().accumulate();
    List<RateSweep.Point> points = new ArrayList<>();
    double sum = 0;
    double lowest = Double.POSITIVE_INFINITY;
    try (BatchQueue<E> batches = new BatchQueue<>(source, 0, (long) range.steps() * count)) {
      for (int step = 0; step < range.steps(); step++) {
        double rate = range.rate(step);
        double loss = descent.step(batches, count, step, rate).mean();
        sum = SMOOTHING * sum + (1 - SMOOTHING) * loss;
        double smooth = sum / (1 - Math.pow(SMOOTHING, step + 1.0));
        points.add(new RateSweep.Point(rate, loss, smooth));
        progress.step(step + 1, range.steps(), smooth);
        lowest = Math.min(lowest, smooth);
        if (smooth > HOPELESS * lowest) {
          break;
        }
      }
    } catch (DivergedException e) {
      // The end of the curve: what was asked for.
      if (points.isEmpty()) {
        throw e;
      }
    }
    return new RateSweep(points);
  }
}
