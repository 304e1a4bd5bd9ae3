package dev.mneme.tensor.safetensors;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A weight file that is not what it claims or should be; says which file, which tensor, what was
 * expected and what found.
 */
public final class SafetensorsException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final String tensor;
  private final String expected;
  private final String found;

  SafetensorsException(Path file, String tensor, String expected, String found) {
    this(file, tensor, expected, found, null);
  }

  SafetensorsException(Path file, String tensor, String expected, String found, Throwable cause) {
    super(
        file
            + (tensor == null ? "" : ", tensor '" + clip(tensor) + "'")
            + ": expected "
            + expected
            + ", found "
            + clip(found),
        cause);
    this.file = file.toString();
    this.tensor = tensor;
    this.expected = expected;
    this.found = found;
  }

  /** The file that is at fault. */
  public Path file() {
    return Path.of(file);
  }

  /** The tensor at fault, where one is. */
  public Optional<String> tensor() {
    return Optional.ofNullable(tensor);
  }

  /** What a valid file or request would have had. */
  public String expected() {
    return expected;
  }

  /** What was there instead. */
  public String found() {
    return found;
  }

  /** Hostile names may be megabytes long; a log line should not be. */
  private static String clip(String text) {
    return text.length() <= 300 ? text : text.substring(0, 300) + "…";
  }
}
