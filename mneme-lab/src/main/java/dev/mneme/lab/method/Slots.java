package dev.mneme.lab.method;

import dev.mneme.edit.learn.EditBatch;
import dev.mneme.learn.BatchSource;
import dev.mneme.learn.Learner;
import dev.mneme.learn.Objective;
import dev.mneme.memory.GatedMemory;
import dev.mneme.memory.Memory;
import dev.mneme.memory.StaticMemory;
import dev.mneme.tensor.Tensors;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * A slot of a memory for each task: one LoRA for all pictures, or one that bends with what the
 * picture shows, whichever does better on photographs that neither learned from. Both learn side by
 * side from the same batches and have no weight in common.
 *
 * @param constant the LoRAs for all pictures
 * @param bending those that bend
 */
record Slots(TaskBank<StaticMemory> constant, TaskBank<GatedMemory> bending)
    implements Learner<EditBatch> {
  /** Examples a task by which is chosen. */
  private static final int JUDGED = 16;

  @Override
  public Map<String, Tensor> parameters() {
    Map<String, Tensor> all = new LinkedHashMap<>();
    constant.parameters().forEach((name, p) -> all.put("constant." + name, p));
    bending.parameters().forEach((name, p) -> all.put("bending." + name, p));
    return all;
  }

  @Override
  public Tensor loss(EditBatch batch) {
    Objective.Posed posed = constant.objective().pose(batch); // both see the same
    List<String> tasks = batch.labels();
    return constant.loss(tasks, posed).add(bending.loss(tasks, posed));
  }

  /**
   * The better of both for each task.
   *
   * @param aside examples that neither learned from, of every task
   */
  Map<String, Memory> chosen(BatchSource<EditBatch> aside) {
    Map<String, Double> ahead = ahead(aside);
    Map<String, Memory> chosen = new LinkedHashMap<>();
    constant
        .memories()
        .forEach(
            (task, lora) ->
                chosen.put(task, ahead.get(task) > 0 ? bending.memories().get(task) : lora));
    return chosen;
  }

  /** By how much the logarithm of what bends' loss is below the other's, in sum, by task. */
  private Map<String, Double> ahead(BatchSource<EditBatch> aside) {
    Map<String, Double> ahead = new HashMap<>();
    Map<String, Integer> missing = new HashMap<>();
    constant.memories().keySet().forEach(task -> missing.put(task, JUDGED));
    for (long step = 0; missing.values().stream().anyMatch(n -> n > 0); step++) {
      try (PointerScope scope = new PointerScope();
          NoGradGuard guard = new NoGradGuard()) {
        EditBatch batch = aside.batch(step);
        Objective.Posed posed = constant.objective().pose(batch);
        List<String> tasks = batch.labels();
        float[] same = Tensors.toFloats(constant.loss(tasks, posed));
        float[] bent = Tensors.toFloats(bending.loss(tasks, posed));
        for (int i = 0; i < tasks.size(); i++) {
          if (missing.merge(tasks.get(i), -1, Integer::sum) >= 0) {
            ahead.merge(tasks.get(i), Math.log(same[i]) - Math.log(bent[i]), Double::sum);
          }
        }
      }
    }
    return ahead;
  }
}
