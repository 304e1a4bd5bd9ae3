package dev.mneme.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.mneme.edit.learn.RunConfig;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskNamesTest {
  @TempDir Path folder;

  @Test
  void namedTasksComeInTheirOrderAndUsualOnesWithoutNames() {
    List<EditTask> usual = EditTasks.founding();
    assertSame(usual, TaskNames.tasks(List.of(), usual));
    assertEquals(
        List.of(EditTasks.named("rain"), EditTasks.named("warm"), EditTasks.named("rain")),
        TaskNames.tasks(List.of("rain", "warm", "rain"), usual));
  }

  @Test
  void aLearnersNameStandsForItsTasks() {
    List<EditTask> later = EditTasks.of(EditTask.Learner.LATER);
    List<EditTask> named = TaskNames.tasks(List.of("later", "warm", "later"), List.of());
    assertEquals(later, named.subList(0, later.size()));
    assertEquals(EditTasks.named("warm"), named.get(later.size()));
    assertEquals(later, named.subList(later.size() + 1, named.size()));
  }

  @Test
  void onlyWhatLearnsOnABaseCanBeShownPairs() {
    Path run = folder.resolve("run");
    Ran.mneme("pretrain", "--run", run, "--shown", "0.1").failed(ExitCode.USAGE, "--shown");
    Ran.mneme("learn", "--run", run, "--method", "full", "--shown", "0.1")
        .failed(ExitCode.USAGE, "--shown");
    Ran.mneme("learn", "--run", run, "--shown", "1.5").failed(ExitCode.USAGE, "--shown", "1.5");
    assertFalse(Files.exists(run));
  }

  @Test
  void trainingLearnsWhatArrivesLaterOnlyWhenNamed() throws Exception {
    TrainingOptions options = new TrainingOptions();
    options.run = folder.resolve("run");
    options.data.photos = List.of(Repository.ROOT.resolve("photos"));
    TrainingOptions.Usual usual = new TrainingOptions.Usual(EditTasks.founding(), 0, 1e-3, 1, true);
    RunConfig without = options.config(usual);
    assertFalse(without.tasks().stream().anyMatch(t -> t.learner() == EditTask.Learner.LATER));
    options.data.tasks = List.of("snow");
    assertEquals(List.of(EditTasks.named("snow")), options.config(usual).tasks());
  }

  @Test
  void anUnknownTaskIsRefusedBeforeAnyWork() {
    Path out = folder.resolve("out");
    Ran.mneme("evaluate", "--out", out, "--tasks", "rian")
        .failed(ExitCode.USAGE, "'rian'", "brighten", "mist");
    Ran.mneme("pretrain", "--run", out, "--tasks", "rian")
        .failed(ExitCode.USAGE, "'rian'", "brighten", "mist");
    assertFalse(Files.exists(out));
  }
}
