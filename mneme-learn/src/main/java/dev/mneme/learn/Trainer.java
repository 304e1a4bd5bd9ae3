package dev.mneme.learn;

import dev.mneme.tensor.Autocast;
import dev.mneme.tensor.Precision;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one training loop: batch, loss, gradient, step, checkpoint.
 *
 * <p>A step depends on nothing but the parameters, the optimizer's moments and its own number, so a
 * run that is killed and started again in the same directory goes on as if it had never stopped.
 */
public final class Trainer {
  private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

  private final TrainingConfig config;
  private final Precision precision;

  public Trainer(TrainingConfig config, Precision precision) {
    this.config = config;
    this.precision = precision;
  }

  /**
   * Trains until the schedule ends, from the directory's checkpoint if there is one.
   *
   * @param learner what learns; its parameters are changed in place
   * @param source batches
   * @param progress told of every step
   * @return the mean loss of the last interval of the run
   * @throws DivergedException if the loss or a gradient is not a number; the last checkpoint is
   *     good
   * @throws IOException if a checkpoint or the metrics cannot be written or read
   */
  public <E extends Batch> double run(Learner<E> learner, BatchSource<E> source, Progress progress)
      throws IOException {
    Optimizer optimizer = new Optimizer(learner.parameters(), config.weightDecay(), config.muon());
    Checkpoint checkpoint = new Checkpoint(config.directory(), learner.parameters(), optimizer);
    long first = checkpoint.resume();
    long steps = config.schedule().steps();
    if (first > 0) {
      LOG.info("Resuming {} at step {} of {}", config.directory(), first, steps);
    }
    ExecutorService loader = Executors.newSingleThreadExecutor(Trainer::daemon);
    try (Metrics metrics = new Metrics(config.directory(), first, config.logEvery(), steps)) {
      Future<E> next = first < steps ? prefetch(loader, source, first) : null;
      for (long step = first; step < steps; step++) {
        E batch = await(next);
        next = step + 1 < steps ? prefetch(loader, source, step + 1) : null;
        double rate = config.schedule().rate(step);
        float[] losses = step(learner, optimizer, batch, step, rate);
        metrics.add(step, rate, batch.labels(), losses);
        progress.step(step + 1, steps, metrics.recentLoss());
        if ((step + 1) % config.checkpointEvery() == 0 || step + 1 == steps) {
          checkpoint.save(step + 1);
        }
      }
      return metrics.recentLoss();
    } finally {
      loader.shutdownNow();
    }
  }

  private <E extends Batch> float[] step(
      Learner<E> learner, Optimizer optimizer, E batch, long step, double rate) {
    try (PointerScope scope = new PointerScope()) {
      float[] losses;
      Tensor loss;
      try (Autocast autocast = Autocast.on(precision)) {
        Tensor each = learner.loss(batch);
        losses = dev.mneme.tensor.Tensors.toFloats(each);
        loss = each.mean();
      }
      requireFinite(losses, batch.labels(), step);
      loss.backward();
      double norm = optimizer.gradientNorm();
      if (!Double.isFinite(norm)) {
        throw new DivergedException(step, "the gradient's norm is " + norm);
      }
      optimizer.step(step, rate, norm > config.clip() ? config.clip() / norm : 1);
      return losses;
    }
  }

  private static void requireFinite(float[] losses, List<String> labels, long step) {
    for (int i = 0; i < losses.length; i++) {
      if (!Float.isFinite(losses[i])) {
        throw new DivergedException(
            step, "the loss of a sample of '%s' is %s".formatted(labels.get(i), losses[i]));
      }
    }
  }

  private static <E extends Batch> Future<E> prefetch(
      ExecutorService loader, BatchSource<E> source, long step) {
    return loader.submit(() -> source.batch(step));
  }

  private static <E> E await(Future<E> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "Training was interrupted; start it again to resume from its checkpoint", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException r
          ? r
          : new IllegalStateException(e.getCause());
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "batches");
    thread.setDaemon(true);
    return thread;
  }
}
