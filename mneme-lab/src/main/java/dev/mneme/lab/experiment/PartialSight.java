package dev.mneme.lab.experiment;

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
 * see {@code Glance}: sentence before the first block and after the last, [L] each, picture before
 * and after, [16] each.
 *
 * @param memory sees what is left
 * @param part what is left
 */
record PartialSight(TrainableMemory memory, Part part) implements TrainableMemory {
  private static final int PICTURE = 16;

  /** Parts of a condition. */
  enum Part {
    SENTENCE("the sentence alone", true, true, false, false),
    PICTURE("the picture alone", false, false, true, true),
    BEFORE("states before the first block alone", true, false, true, false),
    AFTER("states after the last block alone", false, true, false, true);

    private final String title;
    private final boolean[] seen; // sentence before, after, picture before, after

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
    int sentence = (condition.length() - 2 * PICTURE) / 2;
    long[] lengths = {sentence, sentence, PICTURE, PICTURE};
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
