package dev.mneme.lab.method;

import dev.mneme.edit.learn.EditBatch;
import dev.mneme.edit.learn.EditObjective;
import dev.mneme.learn.BatchSource;
import dev.mneme.memory.Condition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;

/** Looks at training examples once more, to keep something of the conditions of each task. */
final class Kept {
  private Kept() {}

  /**
   * Hands on so many conditions of each task, in the order in which examples come, without
   * gradient. Their tensors belong to a scope that closes after the batch.
   *
   * @param labels names of tasks, of which every one comes up in the batches
   * @param each how many of each
   * @param keep told the task and its condition, a batch of 1
   */
  static void of(
      BatchSource<EditBatch> batches,
      EditObjective objective,
      List<String> labels,
      int each,
      BiConsumer<String, Condition> keep) {
    Map<String, Integer> missing = new HashMap<>();
    labels.forEach(l -> missing.put(l, each));
    for (long step = 0; missing.values().stream().anyMatch(n -> n > 0); step++) {
      try (PointerScope scope = new PointerScope();
          NoGradGuard guard = new NoGradGuard()) {
        EditBatch batch = batches.batch(step);
        Condition seen = objective.pose(batch).condition();
        for (int i = 0; i < seen.batch(); i++) {
          String label = batch.labels().get(i);
          if (missing.getOrDefault(label, 0) > 0) {
            missing.merge(label, -1, Integer::sum);
            keep.accept(label, seen.select(i));
          }
        }
      }
    }
  }
}
