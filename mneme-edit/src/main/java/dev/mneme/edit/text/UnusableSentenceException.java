package dev.mneme.edit.text;

/** A sentence that no encoder can read; the message says what was expected and what was found. */
public class UnusableSentenceException extends IllegalArgumentException {
  public UnusableSentenceException(String message) {
    super(message);
  }
}
