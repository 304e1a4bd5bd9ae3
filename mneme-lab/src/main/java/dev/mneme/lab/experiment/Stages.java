package dev.mneme.lab.experiment;

import dev.mneme.edit.task.EditTask;
import dev.mneme.lab.run.Scale;
import java.util.ArrayList;
import java.util.List;

/**
 * What is learned in which order.
 *
 * @param shipped tasks that are learned together before anything arrives; may be none
 * @param arriving groups of tasks, one after another
 */
record Stages(List<EditTask> shipped, List<List<EditTask>> arriving) {
  /** The setting's tasks and then its groups; the groups alone where they are of these tasks. */
  static Stages of(Scale scale) {
    List<EditTask> tasks = scale.editTasks();
    List<List<EditTask>> arriving = scale.editGroups();
    boolean same = arriving.stream().anyMatch(group -> group.stream().anyMatch(tasks::contains));
    return new Stages(same ? List.of() : tasks, arriving);
  }

  /** All groups in order, what is shipped first. */
  List<List<EditTask>> groups() {
    List<List<EditTask>> groups = new ArrayList<>();
    if (!shipped.isEmpty()) {
      groups.add(shipped);
    }
    groups.addAll(arriving);
    return groups;
  }

  /** All tasks. */
  List<EditTask> tasks() {
    return groups().stream().flatMap(List::stream).toList();
  }

  /** Whether this stage is what was learned before anything arrived. */
  boolean isShipped(int stage) {
    return stage == 0 && !shipped.isEmpty();
  }
}
