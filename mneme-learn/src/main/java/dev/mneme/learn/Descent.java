package dev.mneme.learn;

import dev.mneme.tensor.Autocast;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * One step of learning: the gradients of one or more batches, their mean clipped, and the move.
 *
 * @param learner what learns
 * @param optimizer moves it
 * @param precision of the forward; the optimizer has its own
 * @param clip largest norm of the gradient
 */
record Descent<E extends Batch>(
    Learner<E> learner, Optimizer optimizer, Precision precision, double clip) {

  /** Labels and losses of all samples of a step, before it. */
  record Losses(List<String> labels, List<Float> losses) {
    double mean() {
      return losses.stream().mapToDouble(Float::doubleValue).average().orElse(Double.NaN);
    }
  }

  /**
   * Takes a step.
   *
   * @param batches gives the next batch
   * @param count batches whose gradients are taken together
   * @param step counted from 0
   * @param rate learning rate
   * @throws DivergedException if a loss or the gradient is not a number; nothing has moved then
   */
  Losses step(BatchQueue<E> batches, int count, long step, double rate) {
    Losses all = new Losses(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < count; i++) {
      backward(batches.next(), count, step, all);
    }
    double norm = optimizer.gradientNorm();
    if (!Double.isFinite(norm)) {
      throw new DivergedException(step, "the gradient's norm is " + norm);
    }
    optimizer.step(step, rate, norm > clip ? clip / norm : 1);
    return all;
  }

  /** Adds a share of a batch's gradient to what is there. */
  private void backward(E batch, int count, long step, Losses all) {
    try (PointerScope scope = new PointerScope()) {
      float[] losses;
      Tensor loss;
      try (Autocast autocast = Autocast.on(precision)) {
        Tensor each = learner.loss(batch);
        losses = Tensors.toFloats(each);
        loss = each.mean();
      }
      List<String> labels = batch.labels();
      for (int i = 0; i < losses.length; i++) {
        if (!Float.isFinite(losses[i])) {
          throw new DivergedException(
              step, "the loss of a sample of '%s' is %s".formatted(labels.get(i), losses[i]));
        }
        all.labels().add(labels.get(i));
        all.losses().add(losses[i]);
      }
      (count == 1 ? loss : loss.mul(new Scalar(1.0 / count))).backward();
    }
  }
}
