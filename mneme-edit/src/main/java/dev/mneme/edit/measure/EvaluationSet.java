package dev.mneme.edit.measure;

import dev.mneme.edit.learn.EditExample;
import dev.mneme.edit.task.EditTask;
import java.util.List;

/**
 * Questions to an editor: every task on the same number of pictures; {@link QuestionDraw} makes
 * them.
 *
 * @param tasks asked for
 * @param rounds pictures a task
 * @param examples task after task, {@code rounds} each
 */
public record EvaluationSet(List<EditTask> tasks, int rounds, List<EditExample> examples) {
  /** Index of a task's question in round {@code p}, both counted round and round. */
  public int index(int task, int p) {
    return Math.floorMod(task, tasks.size()) * rounds + Math.floorMod(p, rounds);
  }

  /**
   * The questions of one task alone.
   *
   * @throws IllegalArgumentException if the task is not asked for
   */
  public EvaluationSet only(String task) {
    for (int t = 0; t < tasks.size(); t++) {
      if (tasks.get(t).name().equals(task)) {
        return new EvaluationSet(
            List.of(tasks.get(t)), rounds, examples.subList(t * rounds, (t + 1) * rounds));
      }
    }
    throw new IllegalArgumentException(
        "Expected one of the tasks %s, found %s"
            .formatted(tasks.stream().map(EditTask::name).toList(), task));
  }
}
