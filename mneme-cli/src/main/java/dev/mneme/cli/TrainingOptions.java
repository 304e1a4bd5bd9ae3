package dev.mneme.cli;

import dev.mneme.edit.corpus.Corpus;
import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.corpus.Triple;
import dev.mneme.edit.corpus.Triples;
import dev.mneme.edit.learn.HeldOutData;
import dev.mneme.edit.learn.RunConfig;
import dev.mneme.edit.task.EditTask;
import dev.mneme.learn.Schedule;
import dev.mneme.learn.TrainingConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
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

  @Option(
      names = "--rate",
      description = "Highest learning rate. Default: 2e-3 for a base, 7e-4 for what learns on one.")
  double rate = -1;

  @Option(
      names = "--muon",
      description =
          "How many times the learning rate Muon moves matrices inside blocks by; 0 leaves all to Adam."
              + " Default: 1 for a base, 4 for what learns on one.")
  double muon = -1;

  @Mixin DataOptions data = new DataOptions();
  @Mixin RefinementOptions refinements = new RefinementOptions();

  @Option(
      names = "--composed",
      description =
          "Share of examples that ask for two things at once. Default: 0 for a base, 0.15 for a memory.")
  double composed = -1;

  @Option(
      names = "--shown",
      description =
          "Share of examples that say what is wanted by one to four pairs of pictures, for what learns on a"
              + " frozen base. Default: ${DEFAULT-VALUE}.")
  double shown = 0;

  @Option(
      names = "--seed",
      description = "Seed of weights and examples. Default: ${DEFAULT-VALUE}.")
  long seed = 7;

  /**
   * What a command does where nothing is said.
   *
   * @param tasks shares of tasks
   * @param composed share of examples with two wishes
   * @param rate highest learning rate
   * @param muon factor of Muon's rate
   * @param shows whether what learns can be shown pairs
   */
  record Usual(List<EditTask> tasks, double composed, double rate, double muon, boolean shows) {}

  RunConfig config(Usual usual) throws IOException {
    if (!(shown >= 0 && shown < 1) || shown > 0 && !usual.shows()) {
      throw new CommandException(
          ExitCode.USAGE,
          "--shown: expected a share of at least 0 and below 1%s, found %s"
              .formatted(usual.shows() ? "" : ", and 0 where a base itself learns", shown));
    }
    Optional<Triples> triples = data.triples();
    boolean photos = data.usesPhotos();
    List<EditTask> tasks = photos ? data.tasks(usual.tasks()) : List.of();
    TrainingConfig training = training(usual);
    Corpus corpus = photos ? data.corpus() : null;
    boolean measures = training.refinements().evaluateEvery() > 0;
    return new RunConfig(
        training,
        photos ? corpus.train() : List.of(),
        tasks,
        batch,
        composed < 0 ? usual.composed() : composed,
        shown,
        seed,
        data.share(triples),
        measures ? heldOut(corpus, triples) : HeldOutData.NONE);
  }

  private TrainingConfig training(Usual usual) {
    try {
      double peak = rate == -1 ? usual.rate() : rate;
      Schedule schedule = new Schedule(steps, Math.min(100, Math.max(1, steps / 5)), peak, 0.02);
      double factor = muon < 0 ? usual.muon() : muon;
      return new TrainingConfig(run, schedule, 0.01, 1.0, factor, 100, 25)
          .with(refinements.refinements());
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, e.getMessage(), e);
    }
  }

  private static HeldOutData heldOut(Corpus corpus, Optional<Triples> triples) {
    List<Photo> photos = corpus == null ? List.of() : corpus.heldOut();
    List<Triple> held = triples.map(Triples::heldOut).orElse(List.of());
    if (corpus != null && photos.isEmpty()) {
      throw new CommandException(
          ExitCode.EMPTY,
          "--evaluate-every: expected held-out photographs to measure with, found none. Mark some"
              + " 'heldout' in their folder's SPLIT.tsv");
    }
    if (triples.isPresent() && held.isEmpty()) {
      throw new CommandException(
          ExitCode.EMPTY,
          "--evaluate-every: expected held-out triples to measure with, found none. Mark some"
              + " 'held-out' under 'split' in the manifest");
    }
    return new HeldOutData(photos, held);
  }
}
