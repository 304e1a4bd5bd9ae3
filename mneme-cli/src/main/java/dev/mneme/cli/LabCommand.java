package dev.mneme.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mneme lab}. */
@Command(
    name = "lab",
    description = "Experiments on memories. Each writes a page, its plots and all its numbers.",
    subcommands = {
      LabExperimentCommand.Methods.class,
      LabExperimentCommand.Ladder.class,
      LabExperimentCommand.Geometry.class,
      LabExperimentCommand.Continual.class,
      LabExperimentCommand.Conflict.class,
      LabExperimentCommand.Personal.class,
      LabExperimentCommand.Scaling.class,
      LabExperimentCommand.All.class
    },
    synopsisSubcommandLabel = "EXPERIMENT",
    footer = {
      "",
      "Examples:",
      "  mneme lab methods --quick --out runs/lab",
      "  mneme lab all --quick --out runs/lab",
      "",
      "docs/lab.md says what each asks and how it is measured."
    })
final class LabCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Expected an experiment such as 'methods', found none.");
  }
}
