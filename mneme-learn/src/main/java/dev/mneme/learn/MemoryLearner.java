package dev.mneme.learn;

import dev.mneme.memory.TrainableMemory;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;

/**
 * Teaches a memory end to end: condition, recalled adapters, the frozen base, the loss (HY-WU,
 * arXiv 2603.07236, section 3: no stored checkpoints, no weight reconstruction).
 *
 * @param memory what learns
 * @param objective what for
 */
public record MemoryLearner<E extends Batch>(TrainableMemory memory, Objective<E> objective)
    implements Learner<E> {
  public MemoryLearner {
    Objects.requireNonNull(memory, "memory");
    Objects.requireNonNull(objective, "objective");
  }

  @Override
  public Map<String, Tensor> parameters() {
    return memory.parameters();
  }

  @Override
  public Tensor loss(E batch) {
    Objective.Posed posed = objective.pose(batch);
    return posed.loss(memory.recall(posed.condition()));
  }
}
