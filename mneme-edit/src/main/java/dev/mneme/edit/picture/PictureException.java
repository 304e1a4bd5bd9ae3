package dev.mneme.edit.picture;

import java.io.IOException;

/**
 * A picture file that cannot be read or written. The message names the file, what was expected,
 * what was found and what to do; {@link #kind()} is for programs.
 */
public class PictureException extends IOException {
  private final Kind kind;
  private final String file;

  /** What went wrong. */
  public enum Kind {
    /** There is no such file. */
    NOT_FOUND,
    /** It exists but may not be read, or the disk failed. */
    NOT_READABLE,
    /** A folder where a file was expected. */
    IS_DIRECTORY,
    /** A file of zero bytes. */
    EMPTY,
    /** Its content is no picture of any known kind. */
    NOT_A_PICTURE,
    /** A picture with its end missing or its data damaged. */
    TRUNCATED,
    /** More pixels or bytes than allowed, or more pixels than so small a file can hold. */
    TOO_LARGE,
    /** A picture of a kind or variant that is not read, or not written. */
    UNSUPPORTED,
    /** The target cannot be written. */
    CANNOT_WRITE,
    /** The disk that holds the target is full. */
    DISK_FULL
  }

  PictureException(
      Kind kind, String file, String expectedAndFound, String whatToDo, Throwable cause) {
    super(file + ": " + expectedAndFound + ". " + whatToDo, cause);
    this.kind = kind;
    this.file = file;
  }

  PictureException(Kind kind, String file, String expectedAndFound, String whatToDo) {
    this(kind, file, expectedAndFound, whatToDo, null);
  }

  public Kind kind() {
    return kind;
  }

  /** The file, or the name of the upload. */
  public String file() {
    return file;
  }
}
