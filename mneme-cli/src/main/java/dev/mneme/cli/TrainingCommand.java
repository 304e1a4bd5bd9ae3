package dev.mneme.cli;

import dev.mneme.edit.learn.EditRuns;
import dev.mneme.edit.learn.EditStudent;
import dev.mneme.edit.learn.RunConfig;
import dev.mneme.edit.text.RoutedTextEncoder;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.learn.RateSweep;
import dev.mneme.learn.RunCurves;
import dev.mneme.learn.RunRecord;
import dev.mneme.tensor.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What {@code mneme pretrain} and {@code mneme learn} have in common: a run in a directory. */
abstract class TrainingCommand implements Callable<Integer> {
  private static final RateSweep.Range RANGE = new RateSweep.Range(1e-6, 1, 100);

  @Mixin TrainingOptions options;
  @Spec CommandSpec spec;

  /** What is done where nothing is said. */
  abstract TrainingOptions.Usual usual();

  /** The frozen base that is learned on, or none. */
  abstract Optional<Path> base();

  /** The learned weights that are gone on with, or none; not the base. */
  Optional<Path> begun() {
    return Optional.empty();
  }

  /**
   * Refuses what cannot be run, before anything is written.
   *
   * @throws CommandException USAGE
   */
  void require(RunConfig run) {}

  /** Who learns. */
  abstract EditStudent student(RunConfig run) throws IOException;

  /** The directory of the run. */
  final Path directory() {
    return options.run;
  }

  /** What this run would be begun with. */
  final RunRecord record() throws IOException {
    return record(options.config(usual()));
  }

  private RunRecord record(RunConfig run) throws IOException {
    return RunRecords.of(spec, run, options.data, new RunRecords.Models(base(), begun()));
  }

  @Override
  public final Integer call() throws Exception {
    RunConfig run = options.config(usual());
    require(run);
    if (options.refinements.findsRate()) {
      findRate(run);
      return ExitCode.OK.code();
    }
    record(run).begin(directory());
    try (StopSignal stop = new StopSignal("Stopped. Start again with the same --run to go on.");
        TextEncoder encoder = new RoutedTextEncoder(TrainingOptions.SENTENCES);
        TrainingProgress progress = progress(run)) {
      EditRuns.teach(run, student(run), encoder, stop.between(progress));
    }
    RunCurves.finish(directory());
    System.out.println("Written to " + directory().resolve(EditRuns.MODEL));
    return ExitCode.OK.code();
  }

  private static TrainingProgress progress(RunConfig run) {
    int examples = run.batch() * run.training().refinements().accumulate();
    return new TrainingProgress(System.out, examples);
  }

  private void findRate(RunConfig run) throws Exception {
    RateSweep sweep;
    try (StopSignal stop = new StopSignal("Stopped. Nothing was written.");
        TextEncoder encoder = new RoutedTextEncoder(TrainingOptions.SENTENCES);
        TrainingProgress progress = progress(run)) {
      sweep = EditRuns.findRate(run, student(run), encoder, RANGE, stop.between(progress));
    }
    Path table = directory().resolve("rates.csv");
    Path plot = directory().resolve("rates.png");
    Writing.to(
        table,
        () -> {
          Files.createDirectories(directory());
          AtomicFiles.writeString(table, sweep.csv());
          RatePlot.write(sweep, plot);
        });
    System.out.printf("Written to %s and %s%n", table, plot);
    System.out.println(
        sweep.suggestion().isPresent()
            ? String.format(Locale.ROOT, "Try --rate %.1e", sweep.suggestion().getAsDouble())
            : "No rate lowered the loss: look at the plot, and at what is learned from");
  }
}
