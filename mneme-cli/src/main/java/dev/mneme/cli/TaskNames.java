package dev.mneme.cli;

import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTask.Learner;
import dev.mneme.edit.task.EditTasks;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What {@code --tasks} says. */
final class TaskNames {
  private TaskNames() {}

  /**
   * The named tasks in the order they were named; the usual ones if none is. The name of a learner
   * ("base", "memory", "later") stands for all its tasks.
   *
   * @throws CommandException if there is no task of a name; the message lists those there are
   */
  static List<EditTask> tasks(List<String> names, List<EditTask> usual) {
    if (names.isEmpty()) {
      return usual;
    }
    try {
      return names.stream().flatMap(TaskNames::named).toList();
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, e.getMessage(), e);
    }
  }

  private static Stream<EditTask> named(String name) {
    return Arrays.stream(Learner.values())
        .filter(learner -> learner.name().equals(name.toUpperCase(Locale.ROOT)))
        .findFirst()
        .map(learner -> EditTasks.of(learner).stream())
        .orElseGet(() -> Stream.of(EditTasks.named(name)));
  }
}
