package dev.mneme.lab.method;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.learn.EditObjective;
import dev.mneme.edit.measure.Candidate;
import dev.mneme.edit.pipeline.Hearing;
import dev.mneme.edit.pipeline.Memories;
import dev.mneme.edit.task.EditTask;
import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.Condition;
import dev.mneme.memory.Memory;
import dev.mneme.memory.StaticMemory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;

/**
 * A memory that is never changed again, and beside it a LoRA for each task that has arrived since,
 * added to what the memory writes where that task is heard; everywhere else the memory answers as
 * it always did.
 *
 * @param base the frozen base
 * @param memory frozen too
 * @param loras of the tasks that arrived, by name; added to what the memory writes
 */
public record Beside(EditorBase base, Memory memory, Map<String, Adapters> loras) {
  /** A memory beside which nothing has arrived. */
  public static Beside of(EditorBase base, Memory memory) {
    return new Beside(base, memory, Map.of());
  }

  /** What learns tasks that arrive, together with what the memory writes for them. */
  public TaskBank<StaticMemory> bank(List<EditTask> tasks, long seed) {
    return TaskBank.of(
        tasks,
        () -> StaticMemory.fresh(base.layout(), Method.LORA_SCALE, seed),
        new EditObjective(base),
        memory);
  }

  /** The same with what has been learned of tasks that arrived. */
  public Beside with(TaskBank<StaticMemory> learned) {
    Map<String, Adapters> all = new LinkedHashMap<>(loras);
    try (PointerScope scope = new PointerScope()) {
      TaskBank.loras(learned).forEach((task, lora) -> all.put(task, lora.copied().retain()));
    }
    return new Beside(base, memory, all);
  }

  /**
   * Ready for questions, which are read to the letter.
   *
   * @param ear says whose they are; knows the tasks that arrived and those that were there
   */
  public Entrant entrant(Hearing ear) {
    Map<String, Memory> arrived = new LinkedHashMap<>();
    loras.forEach((task, lora) -> arrived.put(task, new More(memory, lora)));
    Memories memories = new Memories(memory, arrived, Map.of());
    Candidate all =
        new Candidate(
            "memory and more", base, memories, Candidate.Sees.OWN, Optional.of(ear), false);
    return new Entrant(false, task -> all);
  }

  /** Gives back what was retained; it is not used any more. */
  public void release() {
    loras.values().forEach(Adapters::release);
  }

  /** ΔW is what a memory writes and what one task adds. */
  private record More(Memory memory, Adapters added) implements Memory {
    @Override
    public AdapterLayout layout() {
      return memory.layout();
    }

    @Override
    public Adapters recall(Condition condition) {
      return memory.recall(condition).plus(added);
    }
  }
}
