package dev.mneme.cli;

import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import java.util.List;

/** What {@code --tasks} says. */
final class TaskNames {
  private TaskNames() {}

  /**
   * The named tasks in the order they were named; the usual ones if none is.
   *
   * @throws CommandException if there is no task of a name; the message lists those there are
   */
  static List<EditTask> tasks(List<String> names, List<EditTask> usual) {
    if (names.isEmpty()) {
      return usual;
    }
    try {
      return names.stream().map(EditTasks::named).toList();
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, e.getMessage(), e);
    }
  }
}
