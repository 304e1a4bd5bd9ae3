package dev.mneme.memory;

import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * What one memory writes and, added to it, what another is learning: ΔW is the sum of both ΔW. The
 * first is frozen, so whatever it is used for beside this stays as it was.
 *
 * @param written frozen
 * @param learned learns what the first leaves to be done
 */
public record SumMemory(Memory written, TrainableMemory learned) implements TrainableMemory {
  /**
   * @throws AdapterMismatchException if the two are for different places
   */
  public SumMemory {
    if (!written.layout().samePlaces(learned.layout())) {
      throw new AdapterMismatchException(
          "Expected memories for the same places, found %s and %s"
              .formatted(written.layout().describe(), learned.layout().describe()));
    }
  }

  @Override
  public AdapterLayout layout() {
    return learned.layout();
  }

  @Override
  public Adapters recall(Condition condition) {
    Adapters frozen;
    try (NoGradGuard guard = new NoGradGuard()) {
      frozen = written.recall(condition);
    }
    return frozen.plus(learned.recall(condition));
  }

  @Override
  public Map<String, Tensor> parameters() {
    return learned.parameters();
  }
}
