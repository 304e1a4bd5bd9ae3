package dev.mneme.lab.experiment;

import dev.mneme.edit.base.Glance;
import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.Condition;
import dev.mneme.memory.TrainableMemory;
import dev.mneme.tensor.Scopes;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A memory that sees a part of its condition, while learning and after. The parts stand in a row,
 * see {@link Glance}: sentence [L] and picture [16] before the first block, the mean of each after
 * the last, and the picture's statistics.
 *
 * @param memory sees what is left
 * @param part what is left
 */
record PartialSight(TrainableMemory memory, Part part) implements TrainableMemory {
  /** Tokens of the picture before the first block. */
  static final int PICTURE = 16;

  /** Parts of a condition. */
  enum Part {
    SENTENCE("the sentence alone", true, false, true, false, false),
    PICTURE("the picture alone", false, true, false, true, true),
    BEFORE("states before the first block alone", true, true, false, false, false),
    AFTER("states after the last block alone", false, false, true, true, false);

    private final String title;
    // sentence and picture before, sentence and picture after, statistics
    private final boolean[] seen;

    Part(String title, boolean... seen) {
      this.title = title;
      this.seen = seen;
    }

    String title() {
      return title;
    }
  }

  @Override
  public AdapterLayout layout() {
    return memory.layout();
  }

  @Override
  public Map<String, Tensor> parameters() {
    return memory.parameters();
  }

  @Override
  public Adapters recall(Condition condition) {
    return Scopes.call(() -> memory.recall(seen(condition)), Adapters::tensors);
  }

  /** Conditions of one batch have one length; a row that was padded further has nothing there. */
  Condition seen(Condition condition) {
    int statistics = Glance.statistics(condition.width());
    int sentence = condition.length() - PICTURE - 2 - statistics;
    long[] lengths = {sentence, PICTURE, 1, 1, statistics};
    TensorVector parts = new TensorVector();
    for (int i = 0; i < lengths.length; i++) {
      TensorOptions bool = new TensorOptions(torch.ScalarType.Bool);
      long[] shape = {condition.batch(), lengths[i]};
      parts.push_back(part.seen[i] ? torch.ones(shape, bool) : torch.zeros(shape, bool));
    }
    Tensor mask = torch.cat(parts, 1);
    return new Condition(
        condition.states(), condition.mask() == null ? mask : mask.logical_and(condition.mask()));
  }
}
