package dev.mneme.memory;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** A memory with weights of its own that learn. */
public interface TrainableMemory extends Memory {
  /**
   * The leaf tensors an optimizer changes in place, by name, in a fixed order; each has {@code
   * requires_grad}. They live as long as the memory.
   */
  Map<String, Tensor> parameters();
}
