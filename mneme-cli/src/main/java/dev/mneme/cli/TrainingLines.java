package dev.mneme.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Command lines of training that do not come from the shell. */
final class TrainingLines {
  private TrainingLines() {}

  /**
   * The command of a line, ready to be called.
   *
   * @param arguments the command's name and its options
   * @param origin where the line stands, for messages
   * @throws CommandException USAGE if it is no command line of {@code pretrain} or {@code learn}
   */
  static TrainingCommand parse(List<String> arguments, String origin) {
    CommandLine line = Main.commandLine();
    try {
      CommandLine.ParseResult parsed = line.parseArgs(arguments.toArray(String[]::new));
      if (parsed.hasSubcommand()
          && parsed.subcommand().commandSpec().userObject() instanceof TrainingCommand training) {
        return training;
      }
    } catch (ParameterException e) {
      throw new CommandException(ExitCode.USAGE, origin + ": " + e.getMessage(), e);
    }
    throw new CommandException(
        ExitCode.USAGE,
        "%s: expected a command line of 'pretrain' or 'learn', found '%s'. Correct it"
            .formatted(origin, String.join(" ", arguments)));
  }
}
