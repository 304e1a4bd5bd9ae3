package dev.mneme.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mneme lab}: experiments, and work on training runs. */
@Command(
    name = "lab",
    description = {
      "Experiments on memories, each of which writes a page, its plots and all its numbers;",
      "and work on training runs."
    },
    subcommands = {
      LabExperimentCommand.Methods.class,
      LabExperimentCommand.Time.class,
      LabExperimentCommand.Ladder.class,
      LabExperimentCommand.Geometry.class,
      LabExperimentCommand.Continual.class,
      LabExperimentCommand.Conflict.class,
      LabExperimentCommand.Personal.class,
      LabExperimentCommand.Scaling.class,
      LabExperimentCommand.All.class,
      RerunCommand.class,
      QueueCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  mneme lab methods --quick --out runs/lab",
      "  mneme lab all --quick --out runs/lab",
      "  mneme lab rerun runs/memory --run runs/memory-again",
      "  mneme lab queue runs.txt",
      "",
      "docs/lab.md says what each experiment asks and how it is measured."
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
