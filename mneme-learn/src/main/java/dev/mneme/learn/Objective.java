package dev.mneme.learn;

import dev.mneme.memory.Adapters;
import dev.mneme.memory.Condition;
import org.bytedeco.pytorch.Tensor;

/**
 * What a frozen base is adapted for. Whatever can say what its condition is and how good an adapter
 * was can be learned by any memory.
 *
 * @param <E> kind of batch
 */
@FunctionalInterface
public interface Objective<E extends Batch> {
  /** Looks at a batch through the frozen base; tensors belong to the current scope. */
  Posed pose(E batch);

  /** One batch, looked at. */
  interface Posed {
    /** What the memory reads, one row a sample; carries no gradient. */
    Condition condition();

    /** Loss of each sample [B], through the frozen base with these adapters. */
    Tensor loss(Adapters adapters);
  }
}
