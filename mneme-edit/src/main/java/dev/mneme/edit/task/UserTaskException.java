package dev.mneme.edit.task;

/** A task that a user brought cannot be used; the message says what to change. */
public final class UserTaskException extends IllegalArgumentException {
  UserTaskException(String message, Throwable cause) {
    super(message, cause);
  }
}
