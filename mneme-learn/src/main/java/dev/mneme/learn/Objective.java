package dev.mneme.learn;

import dev.mneme.memory.Adapters;
import dev.mneme.memory.Condition;
import org.bytedeco.pytorch.Tensor;

/**
 * What a frozen base is adapted for: a batch of examples gives a condition and, with the adapters recalled from it, a
 * loss for each sample. Whatever can say this can be learned by any memory.
 *
 * @param <E> kind of batch
 */
public interface Objective<E extends Batch> {
  /** What the memory reads, one row a sample; carries no gradient. */
  Condition condition(E batch);

  /** Loss of each sample [B], through the frozen base with these adapters. */
  Tensor loss(E batch, Adapters adapters);
}
