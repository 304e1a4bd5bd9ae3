package dev.mneme.edit.text;

/** A sentence that no encoder can read; the message says what was expected and what was found. */
public class UnusableSentenceException extends IllegalArgumentException {
  /** What is wrong with a sentence. */
  public enum Kind {
    /** There is nothing but white space. */
    BLANK,
    /** It has more characters than are read. */
    TOO_LONG,
    /** It has no letter of a script that is read. */
    OTHER_SCRIPT,
    /** It has no word that its encoder knows. */
    NO_KNOWN_WORD
  }

  private final Kind kind;

  public UnusableSentenceException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
