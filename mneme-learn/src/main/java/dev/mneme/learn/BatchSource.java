package dev.mneme.learn;

/**
 * Makes batches.
 *
 * @param <E> kind of batch
 */
@FunctionalInterface
public interface BatchSource<E extends Batch> {
  /**
   * The batch of a step: a pure function of the step, so that a run that is resumed sees what it
   * would have seen. Called from one background thread; must not make native tensors.
   *
   * @param step from 0
   */
  E batch(long step);
}
