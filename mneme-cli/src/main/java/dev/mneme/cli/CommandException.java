package dev.mneme.cli;

/** A failure whose exit code is known where it is thrown. */
final class CommandException extends RuntimeException {
  private final ExitCode code;

  /**
   * @param message what was expected, what was found and what to do
   */
  CommandException(ExitCode code, String message) {
    this(code, message, null);
  }

  CommandException(ExitCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  ExitCode code() {
    return code;
  }
}
