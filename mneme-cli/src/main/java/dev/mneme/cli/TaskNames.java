package dev.mneme.cli;

import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import java.util.List;
import java.util.stream.Stream;

/** What {@code --tasks} says. */
final class TaskNames {
  private static final String FOUNDING = "founding";

  private TaskNames() {}

  /**
   * The named tasks in the order they were named; the usual ones if none is. {@value #FOUNDING}
   * names those of the usual ones that arrived first.
   *
   * @throws CommandException if there is no task of a name; the message lists those there are
   */
  static List<EditTask> tasks(List<String> names, List<EditTask> usual) {
    if (names.isEmpty()) {
      return usual;
    }
    try {
      return names.stream().flatMap(name -> named(name, usual)).toList();
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, e.getMessage(), e);
    }
  }

  private static Stream<EditTask> named(String name, List<EditTask> usual) {
    return name.equals(FOUNDING)
        ? usual.stream().filter(EditTasks.founding()::contains)
        : Stream.of(EditTasks.named(name));
  }
}
