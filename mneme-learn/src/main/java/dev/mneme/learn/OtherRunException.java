package dev.mneme.learn;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A directory belongs to a run with other options or data; the message names what differs. */
public final class OtherRunException extends IOException {
  private final transient List<String> differences;

  OtherRunException(Path file, List<String> differences) {
    super(
        "%s: expected the run that is described there, found another: %s. What a run learns from, and its schedule, are fixed when it begins: give the same options to go on with it, or another --run directory to begin a new one."
            .formatted(file, String.join("; ", differences)));
    this.differences = List.copyOf(differences);
  }

  /** One text for each field that differs: its name, what it was and what it is. */
  public List<String> differences() {
    return differences;
  }
}
