package dev.mneme.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mneme help}: the same text as {@code --help}. */
@Command(
    name = "help",
    description = "Shows what a command does, and how.",
    footer = {"", "Example:", "  mneme help edit"})
final class HelpCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "COMMAND",
      description = "The command to explain; all of them if none is named.")
  private String name;

  @Override
  public void run() {
    CommandLine all = spec.commandLine().getParent();
    CommandLine one = name == null ? all : all.getSubcommands().get(name);
    if (one == null) {
      throw new ParameterException(
          spec.commandLine(),
          "Expected one of %s, found '%s'.".formatted(all.getSubcommands().keySet(), name));
    }
    one.usage(spec.commandLine().getOut());
  }
}
