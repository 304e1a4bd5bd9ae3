package dev.mneme.memory;

/**
 * Recalls weights for a frozen base.
 *
 * <p>Implementations are safe for concurrent use: a recall changes nothing in the memory.
 */
public interface Memory {
  /** The places these weights are for. */
  AdapterLayout layout();

  /**
   * Weights for a batch of conditions, in one call.
   *
   * <p>Row i of the result depends on row i of the condition alone. A memory whose weights do not
   * depend on the condition may answer with a batch of 1 or with {@link Adapters#none()}. The
   * tensors belong to the caller's innermost open {@code PointerScope}; see {@link
   * Adapters#retain()} to keep them longer. Gradients flow to trainable weights unless the caller
   * switched them off.
   */
  Adapters recall(Condition condition);
}
