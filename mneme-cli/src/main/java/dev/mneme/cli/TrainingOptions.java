package dev.mneme.cli;

import dev.mneme.edit.corpus.Corpus;
import dev.mneme.edit.learn.RunConfig;
import dev.mneme.edit.task.EditTask;
import dev.mneme.learn.Schedule;
import dev.mneme.learn.TrainingConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Options that every training command has. */
final class TrainingOptions {
  /** Sentences whose states a run remembers: all there are, and pairs of them. About 20 KB each. */
  static final int SENTENCES = 20_000;

  @Option(
      names = "--run",
      required = true,
      description =
          "Directory of the run. A run that was stopped goes on from its checkpoint there.")
  Path run;

  @Option(names = "--steps", description = "Steps in all. Default: ${DEFAULT-VALUE}.")
  long steps = 2000;

  @Option(names = "--batch", description = "Examples a step. Default: ${DEFAULT-VALUE}.")
  int batch = 16;

  @Option(names = "--rate", description = "Highest learning rate. Default: ${DEFAULT-VALUE}.")
  double rate = 2e-3;

  @Option(
      names = "--muon",
      description =
          "How many times the learning rate Muon moves matrices inside blocks by; 0 leaves all to Adam."
              + " Default: 1 for a base, 10 for a memory.")
  double muon = -1;

  @Option(
      names = "--photos",
      description = "Folders of photographs. Default: the photos of the installation.")
  List<Path> photos = List.of();

  @Option(
      names = "--tasks",
      split = ",",
      description = "Learn these tasks only, by name. A name given twice gets two shares.")
  List<String> tasks = List.of();

  @Option(
      names = "--composed",
      description =
          "Share of examples that ask for two things at once. Default: 0 for a base, 0.15 for a memory.")
  double composed = -1;

  @Option(
      names = "--seed",
      description = "Seed of weights and examples. Default: ${DEFAULT-VALUE}.")
  long seed = 7;

  /**
   * What a command does where nothing is said.
   *
   * @param tasks shares of tasks
   * @param composed share of examples with two wishes
   * @param muon factor of Muon's rate
   */
  record Usual(List<EditTask> tasks, double composed, double muon) {}

  RunConfig config(Usual usual) throws IOException {
    List<EditTask> chosen = TaskNames.tasks(tasks, usual.tasks());
    Schedule schedule = new Schedule(steps, Math.min(100, Math.max(1, steps / 5)), rate, 0.02);
    TrainingConfig training =
        new TrainingConfig(run, schedule, 0.01, 1.0, muon < 0 ? usual.muon() : muon, 100, 25);
    return new RunConfig(
        training,
        corpus().train(),
        chosen,
        batch,
        composed < 0 ? usual.composed() : composed,
        seed);
  }

  private Corpus corpus() throws IOException {
    if (photos.isEmpty()) {
      return Corpus.load(Installation.photos());
    }
    Corpus all = Corpus.load(photos.get(0));
    for (Path more : photos.subList(1, photos.size())) {
      all = all.plus(Corpus.load(more));
    }
    return all;
  }
}
