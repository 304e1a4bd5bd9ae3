package dev.mneme.cli;

import dev.mneme.learn.RunCurves;
import dev.mneme.learn.RunRecord;
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
      "Does a finished run again, as its run.json says, and compares the curves bit for bit.",
      "It can be stopped and started again like any run. Exit code 0: every number is equal."
    },
    footer = {"", "Example:", "  mneme lab rerun runs/memory --run runs/memory-again"})
final class RerunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "Directory of the run to do again.")
  private Path old;

  @Option(names = "--run", required = true, description = "Directory of the new run.")
  private Path fresh;

  @Override
  public Integer call() throws Exception {
    RunRecord record = RunRecord.read(old);
    if (!RunCurves.finished(old)) {
      throw new CommandException(
          ExitCode.NOT_FOUND,
          "%s: expected a finished run with %s, found none. Start it again to let it end"
              .formatted(old, RunCurves.RESULT));
    }
    if (Photos.identity(old).equals(Photos.identity(fresh))) {
      throw new CommandException(
          ExitCode.USAGE,
          "--run: expected another directory than that of the run itself, found " + fresh);
    }
    if (!Files.exists(fresh.resolve(RunRecord.NAME))) {
      // The new run begins by requiring that it is this one: other photographs end it at once.
      record.by(RunRecords.by()).write(fresh);
    }
    TrainingLines.parse(RunRecords.arguments(record, fresh), old.resolve(RunRecord.NAME).toString())
        .call();
    RunCurves expected = RunCurves.of(old);
    Optional<String> difference = expected.firstDifference(RunCurves.of(fresh));
    if (difference.isPresent()) {
      throw new CommandException(
          ExitCode.NOT_REPEATED,
          "%s: expected the numbers of %s, found others: %s. Same machine, threads and code? Compare 'by' in both run.json"
              .formatted(fresh, old, difference.get()));
    }
    spec.commandLine()
        .getOut()
        .printf("%d lines of metrics, all equal to the last bit%n", expected.lines().size());
    spec.commandLine().getOut().flush();
    return ExitCode.OK.code();
  }
}
