package dev.mneme.lab.method;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.learn.EditBatch;
import dev.mneme.edit.learn.EditObjective;
import dev.mneme.edit.task.EditTask;
import dev.mneme.learn.BatchSource;
import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.Condition;
import dev.mneme.memory.Memory;
import dev.mneme.memory.RoutedMemory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;

/**
 * A memory that is never changed again, and beside it a LoRA for each task that has arrived since.
 * Conditions that were kept of all tasks, and no picture, tell whose a request is: where a task
 * that arrived is likelier than all that was there before, its LoRA is added to what the memory
 * writes; everywhere else the memory answers as it always did.
 *
 * @param base the frozen base
 * @param memory frozen too
 * @param kept senses of conditions by name of the task, those of the memory's own tasks among them
 * @param loras of the tasks that arrived, by name; added to what the memory writes
 */
public record Beside(
    EditorBase base, Memory memory, Map<String, List<float[]>> kept, Map<String, Adapters> loras) {
  /** Conditions kept of each task. */
  public static final int CONDITIONS = 64;

  /**
   * By how much a task that arrived must be likelier: whoever was there first is not to lose what
   * is doubtful.
   */
  private static final double MARGIN = 0.1;

  /** Name of what is asked of the memory alone; no task has it. */
  private static final String NONE = "";

  /** A memory beside which nothing has arrived. */
  public static Beside of(EditorBase base, Memory memory) {
    return new Beside(base, memory, Map.of(), Map.of());
  }

  /** What learns tasks that arrive, together with what the memory writes for them. */
  public TaskBank bank(List<EditTask> tasks, long seed) {
    return TaskBank.fresh(
        tasks, base.layout(), Method.LORA_SCALE, new EditObjective(base), memory, seed);
  }

  /** The same, knowing conditions of more tasks. */
  public Beside knowing(BatchSource<EditBatch> batches, List<EditTask> tasks) {
    Map<String, List<float[]>> all = new LinkedHashMap<>(kept);
    all.putAll(senses(batches, tasks));
    return new Beside(base, memory, all, loras);
  }

  /** The same with what has been learned of tasks that arrived. */
  public Beside with(TaskBank learned) {
    Map<String, Adapters> all = new LinkedHashMap<>(loras);
    try (PointerScope scope = new PointerScope()) {
      learned.bank().forEach((task, lora) -> all.put(task, lora.copied().retain()));
    }
    return new Beside(base, memory, kept, all);
  }

  /** Ready for questions. */
  public Entrant entrant() {
    if (loras.isEmpty()) {
      return Entrant.of("memory", base, memory);
    }
    Map<String, Adapters> bank = new LinkedHashMap<>();
    bank.put(NONE, Adapters.none());
    bank.putAll(loras);
    KernelRouter router = KernelRouter.fit(kept);
    Memory more = new RoutedMemory(base.layout(), bank, row -> claimed(router, row));
    return Entrant.of("memory and more", base, new Sum(memory, more));
  }

  /** The task that arrived and is asked for, or {@link #NONE}. */
  private String claimed(KernelRouter router, Condition row) {
    double[] scores = router.scores(KernelRouter.sense(row));
    String best = NONE;
    double arrived = Double.NEGATIVE_INFINITY;
    double before = 0;
    for (int i = 0; i < scores.length; i++) {
      String name = router.names().get(i);
      if (!loras.containsKey(name)) {
        before = Math.max(before, scores[i]);
      } else if (scores[i] > arrived) {
        arrived = scores[i];
        best = name;
      }
    }
    return arrived > before + MARGIN ? best : NONE;
  }

  private Map<String, List<float[]>> senses(BatchSource<EditBatch> batches, List<EditTask> tasks) {
    Map<String, List<float[]>> seen = new LinkedHashMap<>();
    tasks.forEach(t -> seen.put(t.name(), new ArrayList<>()));
    Kept.of(
        batches,
        new EditObjective(base),
        List.copyOf(seen.keySet()),
        CONDITIONS,
        (task, c) -> seen.get(task).add(KernelRouter.sense(c)));
    return seen;
  }

  /** Gives back what was retained; it is not used any more. */
  public void release() {
    loras.values().forEach(Adapters::release);
  }

  /** ΔW is the sum of both ΔW; as in {@code SumMemory}, but nothing learns. */
  private record Sum(Memory first, Memory second) implements Memory {
    @Override
    public AdapterLayout layout() {
      return first.layout();
    }

    @Override
    public Adapters recall(Condition condition) {
      return first.recall(condition).plus(second.recall(condition));
    }
  }
}
