package dev.mneme.tensor;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Writes files that are either whole or absent: a reader sees the old content or the new one, never
 * a part, even if the process or the machine stops in between.
 */
public final class AtomicFiles {
  private static final int BUFFER_BYTES = 1 << 16;

  /** How systems say that a disk, or what a user may have of it, is full. */
  private static final List<String> FULL_DISK =
      List.of("no space left", "not enough space", "disk full", "quota exceeded");

  private AtomicFiles() {}

  /** Whether a disk refused because it is full. */
  public static boolean isFullDisk(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
      if (FULL_DISK.stream().anyMatch(text::contains)) {
        return true;
      }
    }
    return false;
  }

  /** Writes a file's content to a stream; may fail. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes everything the file shall hold. The stream is buffered; it is flushed and closed by
     * the caller.
     *
     * @throws IOException if the content cannot be produced or written; the target then stays as it
     *     was
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes {@code target} through a temporary sibling that is synced to the disk and then renamed
   * over it. If anything fails the sibling is deleted and {@code target} stays as it was.
   *
   * @param target the file to make or replace; its directory must exist
   * @throws IOException if the content fails, the directory is missing or the disk refuses
   */
  public static void write(Path target, Content content) throws IOException {
    Path absolute = target.toAbsolutePath();
    Path directory = absolute.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw new NoSuchFileException(
          target.toString(), null, "its directory does not exist: create " + directory + " first");
    }
    // Not Files.createTempFile: its owner-only permissions would stick to the finished file.
    Path temporary =
        directory.resolve("." + absolute.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        OutputStream out =
            new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      Files.move(
          temporary, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (Throwable failure) {
      deleteQuietly(temporary, failure);
      throw failure;
    }
    syncDirectory(directory);
  }

  /**
   * Writes {@code text} as UTF-8 in the same all-or-nothing way.
   *
   * @throws IOException if the directory is missing or the disk refuses
   */
  public static void writeString(Path target, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(target, out -> out.write(bytes));
  }

  private static void deleteQuietly(Path temporary, Throwable failure) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * Makes the rename itself durable. Windows and some network disks cannot open a directory: the
   * rename stands anyway.
   */
  private static void syncDirectory(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException ignored) {
      // The content is complete and visible; only its survival of a power cut in this very moment
      // is not promised.
    }
  }
}
