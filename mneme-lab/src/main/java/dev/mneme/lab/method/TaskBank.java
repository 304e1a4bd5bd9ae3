package dev.mneme.lab.method;

import dev.mneme.edit.learn.EditBatch;
import dev.mneme.edit.learn.EditObjective;
import dev.mneme.edit.task.EditTask;
import dev.mneme.learn.Learner;
import dev.mneme.learn.Objective;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.Condition;
import dev.mneme.memory.Memory;
import dev.mneme.memory.StaticMemory;
import dev.mneme.memory.TrainableMemory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * A memory for each task, such as one LoRA, learned together from the same batches as every other
 * method: a sample reaches its own task's memory alone.
 *
 * @param memories by name of the task
 * @param objective editing
 * @param under frozen; what it writes is there before the others write
 * @param <M> what each task has
 */
public record TaskBank<M extends TrainableMemory>(
    Map<String, M> memories, EditObjective objective, Memory under) implements Learner<EditBatch> {

  /** One for each of these tasks, all begun alike. */
  static <M extends TrainableMemory> TaskBank<M> of(
      List<EditTask> tasks, Supplier<M> fresh, EditObjective objective, Memory under) {
    Map<String, M> memories = new LinkedHashMap<>();
    tasks.forEach(t -> memories.put(t.name(), fresh.get()));
    return new TaskBank<>(memories, objective, under);
  }

  @Override
  public Map<String, Tensor> parameters() {
    Map<String, Tensor> all = new LinkedHashMap<>();
    memories.forEach(
        (task, own) -> own.parameters().forEach((name, p) -> all.put(task + "." + name, p)));
    return all;
  }

  @Override
  public Tensor loss(EditBatch batch) {
    return loss(batch.labels(), objective.pose(batch));
  }

  /** As {@link #loss(EditBatch)}, of a batch that was looked at already. */
  Tensor loss(List<String> tasks, Objective.Posed posed) {
    List<Adapters> rows = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      rows.add(memories.get(tasks.get(i)).recall(posed.condition().select(i)));
    }
    return posed.loss(written(posed.condition()).plus(Adapters.stack(rows)));
  }

  private Adapters written(Condition condition) {
    try (NoGradGuard guard = new NoGradGuard()) {
      return under.recall(condition);
    }
  }

  /** The LoRAs of a bank of such by name, without gradient. */
  static Map<String, Adapters> loras(TaskBank<StaticMemory> bank) {
    Map<String, Adapters> loras = new LinkedHashMap<>();
    // A static memory does not look.
    bank.memories().forEach((task, lora) -> loras.put(task, lora.recall(null).detached()));
    return loras;
  }
}
