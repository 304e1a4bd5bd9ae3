package dev.mneme.edit.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A manifest is not as it must be; the message names each line with what was expected there. */
public final class ManifestException extends IOException {
  private static final int SHOWN = 10;

  private final transient List<Fault> faults;

  /**
   * What is wrong with one line.
   *
   * @param line from 1
   * @param expected what should stand there
   * @param found what stands there
   */
  public record Fault(int line, String expected, String found) {
    @Override
    public String toString() {
      return "line %d: expected %s, found %s".formatted(line, expected, found);
    }
  }

  ManifestException(Path file, List<Fault> faults) {
    super(message(file, faults));
    this.faults = List.copyOf(faults);
  }

  private static String message(Path file, List<Fault> faults) {
    StringBuilder text = new StringBuilder(file.toString());
    for (Fault fault : faults.subList(0, Math.min(SHOWN, faults.size()))) {
      text.append(text.length() == file.toString().length() ? ", " : "; ").append(fault);
    }
    int more = faults.size() - SHOWN;
    return text + (more > 0 ? "; and " + more + " more." : ".") + " Correct the manifest.";
  }

  /** Everything that is wrong, in order of lines. */
  public List<Fault> faults() {
    return faults;
  }
}
