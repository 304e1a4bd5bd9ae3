package dev.mneme.lab.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How much an experiment spends; the same for every method in it.
 *
 * @param steps of training
 * @param batch examples a step
 * @param rates learning rates that every method tries
 * @param seeds of weights and examples; intervals are over these
 * @param rounds held-out pictures a task
 * @param tasks names of the tasks that are learned together
 * @param groups names of the tasks that arrive one group after another
 * @param groupSteps of training for each of these groups
 * @param shape of the generator
 */
public record Scale(
    long steps,
    int batch,
    List<Double> rates,
    List<Long> seeds,
    int rounds,
    List<String> tasks,
    List<List<String>> groups,
    long groupSteps,
    GeneratorShape shape) {
  private static final int MOST_GROUPS = 4;

  public Scale {
    rates = List.copyOf(rates);
    seeds = List.copyOf(seeds);
    tasks = List.copyOf(tasks);
    groups = groups.stream().map(List::copyOf).toList();
    if (steps < 1
        || groupSteps < 1
        || batch < 1
        || rates.isEmpty()
        || seeds.isEmpty()
        || rounds < 2) {
      throw new IllegalArgumentException(
          "An experiment needs steps, a group's too, and batch of at least 1, a rate, a seed and 2 rounds; found %d, %d, %d, %s, %s, %d"
              .formatted(steps, groupSteps, batch, rates, seeds, rounds));
    }
    if (tasks.size() < 2) {
      throw new IllegalArgumentException(
          "An experiment compares tasks: expected at least 2, found " + tasks);
    }
    tasks.forEach(EditTasks::named);
    groups.forEach(g -> g.forEach(EditTasks::named));
    if (groups.isEmpty() || groups.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException(
          "Tasks arrive in groups: expected at least one, none empty, found " + groups);
    }
  }

  /** Hours to days, by experiment; see {@code docs/lab.md}. */
  public static Scale full() {
    return new Scale(
        400,
        16,
        List.of(3e-4, 1e-3, 3e-3),
        List.of(7L, 8L, 9L),
        8,
        names(EditTasks.founding()),
        EditTasks.groups().values().stream().map(Scale::names).toList(),
        100,
        GeneratorShape.STANDARD);
  }

  /** An hour or few with a small base of its own: all tasks, three seeds. */
  public static Scale small() {
    Scale full = full();
    return new Scale(
        500,
        8,
        List.of(1e-3, 3e-3),
        full.seeds,
        6,
        full.tasks,
        full.groups,
        24,
        GeneratorShape.HALF);
  }

  /** Minutes: shows that everything works and in what form results come, not what is true. */
  public static Scale quick() {
    return new Scale(
        60,
        8,
        List.of(3e-3, 1e-2),
        List.of(7L, 8L),
        3,
        List.of(
            "brighten", "invert", "warm", "cool", "sepia", "night", "fix_exposure", "remove_cast"),
        List.of("colour", "filters", "film").stream()
            .map(EditTasks.groups()::get)
            .map(Scale::names)
            .toList(),
        15,
        GeneratorShape.SMALL);
  }

  /** The tasks themselves. */
  @JsonIgnore
  public List<EditTask> editTasks() {
    return tasks.stream().map(EditTasks::named).toList();
  }

  /** The groups' tasks themselves. */
  @JsonIgnore
  public List<List<EditTask>> editGroups() {
    return groups.stream().map(g -> g.stream().map(EditTasks::named).toList()).toList();
  }

  /** What experiments use that do not choose a rate: the one in the middle. */
  @JsonIgnore
  public double rate() {
    return rates.get(rates.size() / 2);
  }

  /** So many steps, and a group's in proportion. */
  public Scale withSteps(long value) {
    long perGroup = Math.max(1, groupSteps * value / steps);
    return new Scale(value, batch, rates, seeds, rounds, tasks, groups, perGroup, shape);
  }

  public Scale withRates(List<Double> value) {
    return new Scale(steps, batch, value, seeds, rounds, tasks, groups, groupSteps, shape);
  }

  public Scale withSeeds(List<Long> value) {
    return new Scale(steps, batch, rates, value, rounds, tasks, groups, groupSteps, shape);
  }

  /** These tasks only; they also arrive in up to four groups, in this order. */
  public Scale withTasks(List<String> value) {
    return new Scale(steps, batch, rates, seeds, rounds, value, parts(value), groupSteps, shape);
  }

  /** Up to four equal parts of at least two, in order. */
  static List<List<String>> parts(List<String> tasks) {
    int n = tasks.size();
    int count = Math.max(1, Math.min(MOST_GROUPS, n / 2));
    return IntStream.range(0, count)
        .mapToObj(g -> tasks.subList(g * n / count, (g + 1) * n / count))
        .toList();
  }

  private static List<String> names(List<EditTask> tasks) {
    return tasks.stream().map(EditTask::name).toList();
  }
}
