package dev.mneme.lab.method;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.measure.Candidate;
import dev.mneme.edit.pipeline.Hearing;
import dev.mneme.edit.pipeline.Memories;
import dev.mneme.edit.task.EditTask;
import dev.mneme.memory.Memory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A method that has learned, ready for questions.
 *
 * @param told whether it is told the task of each question, which no user could
 * @param candidate by name of the task; the same for all tasks unless told
 */
public record Entrant(boolean told, Function<String, Candidate> candidate) {
  /** One that reads the question alone. */
  public static Entrant of(String name, EditorBase base, Memory memory) {
    Candidate one = new Candidate(name, base, memory, Candidate.Sees.OWN);
    return new Entrant(false, task -> one);
  }

  /** One that is told the task and answers with that task's memory. */
  static Entrant told(String name, EditorBase base, Map<String, ? extends Memory> memories) {
    Map<String, Candidate> candidates = new LinkedHashMap<>();
    memories.forEach(
        (task, own) -> candidates.put(task, new Candidate(name, base, own, Candidate.Sees.OWN)));
    return new Entrant(true, candidates::get);
  }

  /**
   * The same as an edit has it: sentences are heard and read in plain words, and where the task
   * must be told it is the one that was heard.
   *
   * @param ear knows all these tasks
   */
  public Entrant hearing(Hearing ear, List<EditTask> tasks) {
    Map<String, Memory> memories = new LinkedHashMap<>();
    tasks.forEach(t -> memories.put(t.name(), candidate.apply(t.name()).memory()));
    Candidate any = candidate.apply(tasks.get(0).name());
    Memories all = new Memories(any.memory(), memories, Map.of());
    Candidate heard =
        new Candidate(any.name(), any.base(), all, any.sees(), Optional.of(ear), true);
    return new Entrant(false, task -> heard);
  }
}
