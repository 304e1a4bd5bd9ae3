package dev.mneme.learn;

import dev.mneme.tensor.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one training loop: batch, loss, gradient, step, checkpoint.
 *
 * <p>A step depends on nothing but the parameters, the optimizer's moments and its own number (and
 * the average and the best weights, where a run keeps them), so a run that is killed and started
 * again in the same directory goes on as if it had never stopped.
 */
public final class Trainer {
  private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

  private final TrainingConfig config;
  private final Refinements refinements;
  private final Precision precision;

  /**
   * @param config what, how long and where
   * @param precision of the forward and of the optimizer's products
   */
  public Trainer(TrainingConfig config, Precision precision) {
    this.config = config;
    this.refinements = config.refinements();
    this.precision = precision;
  }

  /** Whether a run in this directory has come as far as its first checkpoint. */
  public static boolean hasBegun(Path directory) {
    return Checkpoint.isIn(directory);
  }

  /** As {@link #run(Learner, BatchSource, HeldOut, Progress)}, without anything to measure with. */
  public <E extends Batch> double run(Learner<E> learner, BatchSource<E> source, Progress progress)
      throws IOException {
    return run(learner, source, null, progress);
  }

  /**
   * Trains until the schedule ends or patience does, from the directory's checkpoint if there is
   * one.
   *
   * @param learner what learns; its parameters are changed in place
   * @param source batches
   * @param heldOut what is measured with; null where the configuration measures nothing
   * @param progress told of every step
   * @return the mean loss of the last interval of the run
   * @throws DivergedException if the loss or a gradient is not a number; the last checkpoint is
   *     good
   * @throws IOException if a checkpoint or the metrics cannot be written or read
   */
  public <E extends Batch> double run(
      Learner<E> learner, BatchSource<E> source, HeldOut<E> heldOut, Progress progress)
      throws IOException {
    if (refinements.evaluateEvery() > 0 && heldOut == null) {
      throw new IllegalArgumentException(
          "Expected held-out batches to measure with every %d steps, found none"
              .formatted(refinements.evaluateEvery()));
    }
    Map<String, Tensor> parameters = learner.parameters();
    Optimizer optimizer = new Optimizer(parameters, config.weightDecay(), config.muon(), precision);
    MovingAverage average =
        refinements.average() > 0 ? new MovingAverage(parameters, refinements.average()) : null;
    EarlyStop stop =
        refinements.patience() > 0 ? new EarlyStop(parameters, refinements.patience()) : null;
    Checkpoint checkpoint =
        new Checkpoint(config.directory(), parameters, optimizer, states(average, stop));
    long first = checkpoint.resume();
    long steps = config.schedule().steps();
    if (first > 0) {
      LOG.info("Resuming {} at step {} of {}", config.directory(), first, steps);
    }
    int count = refinements.accumulate();
    Descent<E> descent = new Descent<>(learner, optimizer, precision, config.clip());
    try (Metrics metrics = new Metrics(config, first);
        BatchQueue<E> batches = new BatchQueue<>(source, first * count, steps * count)) {
      for (long step = first; step < steps && !(stop != null && stop.over()); step++) {
        double rate = config.schedule().rate(step);
        Descent.Losses losses = descent.step(batches, count, step, rate);
        if (average != null) {
          average.take(step);
        }
        boolean last = step + 1 == steps;
        if (due(step, refinements.evaluateEvery(), last)) {
          metrics.heldOut(measure(learner, heldOut, average, stop));
          last |= stop != null && stop.over();
        }
        metrics.add(step, rate, losses);
        progress.step(step + 1, steps, metrics.recentLoss());
        if (due(step, config.checkpointEvery(), last)) {
          checkpoint.save(step + 1);
        }
      }
      give(average, stop);
      return metrics.recentLoss();
    }
  }

  private static boolean due(long step, long every, boolean last) {
    return every > 0 && (last || (step + 1) % every == 0);
  }

  private static List<RunState> states(MovingAverage average, EarlyStop stop) {
    List<RunState> states = new ArrayList<>();
    if (average != null) {
      states.add(average);
    }
    if (stop != null) {
      states.add(stop);
    }
    return states;
  }

  /** Measures the weights that would be kept if the run ended now. */
  private <E extends Batch> double measure(
      Learner<E> learner, HeldOut<E> heldOut, MovingAverage average, EarlyStop stop) {
    if (average != null) {
      average.swap();
    }
    double loss = heldOut.loss(learner, precision);
    if (stop != null) {
      stop.observe(loss);
    }
    if (average != null) {
      average.swap();
    }
    return loss;
  }

  /** Leaves in the learner what the run was for. */
  private static void give(MovingAverage average, EarlyStop stop) {
    if (stop != null) {
      stop.give(); // of the average, where there is one
    } else if (average != null) {
      average.give();
    }
  }
}
