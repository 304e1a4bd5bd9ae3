package dev.mneme.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The {@code mneme} command. Each of its commands is a class of this package, named among the
 * subcommands here; it throws what goes wrong, and options of {@code Main} are its own too.
 */
@Command(
    name = "mneme",
    description =
        "Edits photographs as a sentence says: a memory writes new weights for each request.",
    subcommands = {
      EditCommand.class,
      RecallCommand.class,
      ApplyCommand.class,
      InspectCommand.class,
      PretrainCommand.class,
      LearnCommand.class,
      RefineCommand.class,
      AverageCommand.class,
      LabCommand.class,
      EvaluateCommand.class,
      LooksCommand.class,
      ObjectsCommand.class,
      PeersCommand.class,
      GalleryCommand.class,
      ChartsCommand.class,
      UnderstandCommand.class,
      BenchCommand.class,
      VersionCommand.class,
      HelpCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  mneme edit photo.jpg \"make it warmer\"",
      "  mneme inspect models/editor",
      "  mneme help edit",
      "",
      "docs/command.md has every command, exit code and environment variable."
    })
public final class Main implements Runnable {
  private static final String VERBOSE_LOG = "org.slf4j.simpleLogger.log.dev.mneme";

  @Spec private CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show what the engine chose and why.")
  private boolean verbose;

  @Option(
      names = "--stack-trace",
      scope = ScopeType.INHERIT,
      description = "After an error, show where in the program it happened.")
  private boolean stackTrace;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  private boolean help;

  private Main() {}

  /** Runs one command and ends the process with its {@link ExitCode}. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command, ready to execute; never ends the process. */
  public static CommandLine commandLine() {
    Main main = new Main();
    return new CommandLine(main)
        .setExecutionStrategy(main::execute)
        .setExecutionExceptionHandler((e, command, parsed) -> main.fail(e, command))
        .setParameterExceptionHandler((e, args) -> misused(e))
        .setUsageHelpAutoWidth(true);
  }

  /** Without a command there is nothing to do but to say what there is. */
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Expected a command such as 'edit', found none.");
  }

  private int execute(ParseResult parsed) {
    if (verbose) {
      System.setProperty(VERBOSE_LOG, "info"); // read when the first logger is made
    }
    try {
      return new CommandLine.RunLast().execute(parsed);
    } catch (Error e) { // picocli hands exceptions to the handler, and lets errors through
      return fail(e, parsed.commandSpec().commandLine());
    }
  }

  private int fail(Throwable failure, CommandLine command) {
    return report(failure, command).code();
  }

  /** Prints one line about a failure and, where asked, where it happened. */
  ExitCode report(Throwable failure, CommandLine command) {
    return report(failure, command, "");
  }

  /** As above, after what it was about. */
  ExitCode report(Throwable failure, CommandLine command, String about) {
    PrintWriter err = command.getErr();
    err.println("mneme: " + about + (about.isEmpty() ? "" : ": ") + Failures.lineOf(failure));
    if (stackTrace) {
      failure.printStackTrace(err);
    }
    err.flush();
    return Failures.codeOf(failure);
  }

  private static int misused(ParameterException e) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    command
        .getErr()
        .println(
            "mneme: %s See '%s --help'."
                .formatted(e.getMessage().replaceAll("\\s+", " ").strip(), name));
    command.getErr().flush();
    return ExitCode.USAGE.code();
  }
}
