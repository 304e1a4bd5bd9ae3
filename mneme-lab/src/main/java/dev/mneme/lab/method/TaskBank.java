package dev.mneme.lab.method;

import dev.mneme.edit.learn.EditBatch;
import dev.mneme.edit.learn.EditObjective;
import dev.mneme.edit.task.EditTask;
import dev.mneme.learn.Learner;
import dev.mneme.learn.Objective;
import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.Condition;
import dev.mneme.memory.Memory;
import dev.mneme.memory.StaticMemory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * One LoRA for each task, learned together from the same batches as every other method: a sample
 * reaches its own task's LoRA alone.
 *
 * @param loras by name of the task
 * @param objective editing
 * @param under frozen; what it writes is there before the LoRAs are
 */
public record TaskBank(Map<String, StaticMemory> loras, EditObjective objective, Memory under)
    implements Learner<EditBatch> {

  static TaskBank fresh(
      List<EditTask> tasks,
      AdapterLayout layout,
      double scale,
      EditObjective objective,
      Memory under,
      long seed) {
    Map<String, StaticMemory> loras = new LinkedHashMap<>();
    tasks.forEach(t -> loras.put(t.name(), StaticMemory.fresh(layout, scale, seed)));
    return new TaskBank(loras, objective, under);
  }

  @Override
  public Map<String, Tensor> parameters() {
    Map<String, Tensor> all = new LinkedHashMap<>();
    loras.forEach(
        (task, lora) -> lora.parameters().forEach((name, p) -> all.put(task + "." + name, p)));
    return all;
  }

  @Override
  public Tensor loss(EditBatch batch) {
    Objective.Posed posed = objective.pose(batch);
    List<Adapters> rows = batch.labels().stream().map(this::recall).toList();
    return posed.loss(written(posed.condition()).plus(Adapters.stack(rows)));
  }

  private Adapters written(Condition condition) {
    try (NoGradGuard guard = new NoGradGuard()) {
      return under.recall(condition);
    }
  }

  /** One task's LoRA. */
  Adapters recall(String task) {
    // A static memory does not look.
    return loras.get(task).recall(null);
  }

  /** All LoRAs by name, without gradient. */
  Map<String, Adapters> bank() {
    Map<String, Adapters> bank = new LinkedHashMap<>();
    loras.keySet().forEach(task -> bank.put(task, recall(task).detached()));
    return bank;
  }
}
