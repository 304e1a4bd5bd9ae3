package dev.mneme.learn;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Something that learns: named parameters and a loss through which they are reached.
 *
 * @param <E> kind of batch
 */
public interface Learner<E extends Batch> {
  /** Leaf tensors that require gradients, in a stable order; they live as long as the learner. */
  Map<String, Tensor> parameters();

  /** Loss of each sample [B]; tensors belong to the current scope. */
  Tensor loss(E batch);
}
