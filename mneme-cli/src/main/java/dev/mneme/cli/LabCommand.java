package dev.mneme.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mneme lab}: work on runs, rather than on photographs. */
@Command(
    name = "lab",
    description = "Works on training runs.",
    subcommands = {RerunCommand.class, QueueCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  mneme lab rerun runs/memory --run runs/memory-again",
      "  mneme lab queue runs.txt"
    })
final class LabCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Expected a command of the lab, one of %s, found none."
            .formatted(spec.subcommands().keySet()));
  }
}
