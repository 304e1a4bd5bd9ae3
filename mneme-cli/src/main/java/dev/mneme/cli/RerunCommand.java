package dev.mneme.cli;

import dev.mneme.lab.report.ReportWriter;
import dev.mneme.learn.RunCurves;
import dev.mneme.learn.RunRecord;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mneme lab rerun}. */
@Command(
    name = "rerun",
    description = {
      "Does a finished run again, as its run.json says, and compares the curves bit for bit;",
      "of an experiment, whose folder inside its run's is named, also all that it measured.",
      "It can be stopped and started again like any run. Exit code 0: every number is equal."
    },
    footer = {
      "",
      "Examples:",
      "  mneme lab rerun runs/memory --run runs/memory-again",
      "  mneme lab rerun runs/lab/ladder --run runs/lab-again"
    })
final class RerunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "Directory of the run or experiment to do again.")
  private Path old;

  @Option(names = "--run", required = true, description = "Directory of the new run.")
  private Path fresh;

  @Override
  public Integer call() throws Exception {
    RunRecord record = RunRecord.read(old);
    boolean experiment = ExperimentRecords.describes(record);
    if (!(experiment ? ExperimentRecords.finished(old) : RunCurves.finished(old))) {
      throw new CommandException(
          ExitCode.NOT_FOUND,
          "%s: expected a finished run with %s, found none. Start it again to let it end"
              .formatted(old, experiment ? ReportWriter.NUMBERS : RunCurves.RESULT));
    }
    Path directory = experiment ? old.toAbsolutePath().getParent() : old;
    if (Photos.identity(directory).equals(Photos.identity(fresh))) {
      throw new CommandException(
          ExitCode.USAGE,
          "--run: expected another directory than that of the run itself, found " + fresh);
    }
    PrintWriter out = spec.commandLine().getOut();
    Optional<String> difference =
        experiment ? ExperimentRecords.again(record, old, fresh, out) : again(record, out);
    out.flush();
    if (difference.isPresent()) {
      throw new CommandException(
          ExitCode.NOT_REPEATED,
          "%s: expected the numbers of %s, found others: %s. Same machine, threads and code? Compare 'by' in both run.json"
              .formatted(fresh, old, difference.get()));
    }
    return ExitCode.OK.code();
  }

  private Optional<String> again(RunRecord record, PrintWriter out) throws Exception {
    if (!Files.exists(fresh.resolve(RunRecord.NAME))) {
      // The new run begins by requiring that it is this one: other photographs end it at once.
      record.by(RunRecords.by()).write(fresh);
    }
    CommandLines.training(
            RunRecords.arguments(record, fresh), old.resolve(RunRecord.NAME).toString())
        .call();
    RunCurves expected = RunCurves.of(old);
    Optional<String> difference = expected.firstDifference(RunCurves.of(fresh));
    if (difference.isEmpty()) {
      out.printf("%d lines of metrics, all equal to the last bit%n", expected.lines().size());
    }
    return difference;
  }
}
