package dev.mneme.memory;

/** Adapters that do not fit where they are used; the message prints expected and found. */
public class AdapterMismatchException extends IllegalArgumentException {
  /** With a message that says what was expected, what was found and what to do. */
  public AdapterMismatchException(String message) {
    super(message);
  }
}
