package dev.mneme.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Command lines that do not come from the shell. */
final class CommandLines {
  private CommandLines() {}

  /**
   * The training of a line, ready to be called.
   *
   * @param arguments the command's name and its options
   * @param origin where the line stands, for messages
   * @throws CommandException USAGE if it is no command line of {@code pretrain} or {@code learn}
   */
  static TrainingCommand training(List<String> arguments, String origin) {
    return parse(
        Main.commandLine(), arguments, origin, TrainingCommand.class, "'pretrain' or 'learn'");
  }

  /** As {@link #training}, of an experiment, whose page is said to {@code out}. */
  static LabExperimentCommand experiment(List<String> arguments, String origin, PrintWriter out) {
    return parse(
        Main.commandLine().setOut(out),
        arguments,
        origin,
        LabExperimentCommand.class,
        "an experiment of 'lab'");
  }

  private static <T> T parse(
      CommandLine line, List<String> arguments, String origin, Class<T> type, String expected) {
    try {
      CommandLine.ParseResult last = line.parseArgs(arguments.toArray(String[]::new));
      while (last.hasSubcommand()) {
        last = last.subcommand();
      }
      if (type.isInstance(last.commandSpec().userObject())) {
        return type.cast(last.commandSpec().userObject());
      }
    } catch (ParameterException e) {
      throw new CommandException(ExitCode.USAGE, origin + ": " + e.getMessage(), e);
    }
    throw new CommandException(
        ExitCode.USAGE,
        "%s: expected a command line of %s, found '%s'. Correct it"
            .formatted(origin, expected, String.join(" ", arguments)));
  }
}
