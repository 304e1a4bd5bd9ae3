package dev.mneme.cli;

import dev.mneme.tensor.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;

/** Work that writes files other than pictures: whatever fails is about the target. */
final class Writing {
  private Writing() {}

  /** Writes something; may fail. */
  @FunctionalInterface
  interface Work {
    void write() throws IOException;
  }

  /**
   * @throws CommandException CANNOT_WRITE or DISK_FULL
   */
  static void to(Path target, Work work) {
    try {
      work.write();
    } catch (IOException e) {
      throw refused(target, e);
    }
  }

  static CommandException refused(Path target, IOException e) {
    return AtomicFiles.isFullDisk(e)
        ? new CommandException(
            ExitCode.DISK_FULL,
            target
                + ": expected room to write, found a full disk. Free some space or choose another",
            e)
        : new CommandException(
            ExitCode.CANNOT_WRITE,
            "%s: expected a place that can be written, found %s (%s). Create the folder, check its permissions, or choose another place"
                .formatted(target, e.getClass().getSimpleName(), e.getMessage()),
            e);
  }
}
