package dev.mneme.learn;

import dev.mneme.tensor.Autocast;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Tensors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;

/**
 * Batches that are never learned from, to measure with: always the same.
 *
 * @param source makes them
 * @param batches how many; steps 0 to this of the source
 */
public record HeldOut<E extends Batch>(BatchSource<E> source, int batches) {
  public HeldOut {
    if (batches < 1) {
      throw new IllegalArgumentException(
          "To measure takes at least 1 held-out batch, found " + batches);
    }
  }

  /** Mean loss over all samples; changes nothing in the learner. */
  double loss(Learner<E> learner, Precision precision) {
    double sum = 0;
    long count = 0;
    for (int i = 0; i < batches; i++) {
      E batch = source.batch(i);
      try (PointerScope scope = new PointerScope();
          NoGradGuard guard = new NoGradGuard();
          Autocast autocast = Autocast.on(precision)) {
        for (float loss : Tensors.toFloats(learner.loss(batch))) {
          sum += loss;
          count++;
        }
      }
    }
    return sum / count;
  }
}
