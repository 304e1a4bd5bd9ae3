package dev.mneme.edit.base;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A model directory that cannot be used; the message says what was expected, what was found and
 * what to do.
 */
public class ModelException extends IOException {
  private final Kind kind;

  /** What is wrong. */
  public enum Kind {
    /** A file is not there. */
    MISSING,
    /** A file is there and is not what it should be. */
    CORRUPT,
    /** Written by another version of Mneme. */
    OTHER_VERSION
  }

  public ModelException(Kind kind, Path place, String expected, String found, Throwable cause) {
    super("%s: expected %s, found %s".formatted(place, expected, found), cause);
    this.kind = kind;
  }

  /** What is wrong. */
  public Kind kind() {
    return kind;
  }
}
