package dev.mneme.cli;

import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine;

/** What a command says while it works: results to standard output, all else to standard error. */
final class Voice {
  private final CommandLine command;
  private final Main main;
  private final boolean quiet;

  /**
   * @param quiet whether to say nothing but errors
   */
  Voice(CommandLine command, Main main, boolean quiet) {
    this.command = command;
    this.main = main;
    this.quiet = quiet;
  }

  /**
   * One line about a file that was written.
   *
   * @param heard what of the request was understood in a way worth telling; may be empty
   */
  void wrote(Path file, int width, int height, double seconds, String heard) {
    if (!quiet) {
      String line = String.format(Locale.ROOT, "%s  %d x %d  %.1f s", file, width, height, seconds);
      command.getOut().println(heard.isEmpty() ? line : line + "  (" + heard + ")");
      command.getOut().flush();
    }
  }

  /** Something worth knowing that is no error. */
  void note(Path file, String note) {
    if (!quiet) {
      command.getErr().println("mneme: " + file + ": " + note);
      command.getErr().flush();
    }
  }

  ExitCode failed(Throwable failure) {
    return main.report(failure, command);
  }

  /** A bar for a person who waits; says nothing to files and pipes. */
  TileBar bar(Path file) {
    boolean seen = !quiet && Installation.onTerminal();
    return new TileBar(
        String.valueOf(file.getFileName()), seen ? command.getErr() : null, System::nanoTime);
  }
}
