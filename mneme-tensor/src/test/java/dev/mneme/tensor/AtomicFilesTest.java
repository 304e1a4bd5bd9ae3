package dev.mneme.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  @TempDir Path directory;

  @Test
  void writesAndReplaces() throws IOException {
    Path file = directory.resolve("a.txt");
    AtomicFiles.writeString(file, "one ☃");
    AtomicFiles.write(file, out -> out.write("zwei".getBytes(StandardCharsets.UTF_8)));
    assertEquals("zwei", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void failureLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = directory.resolve("a.txt");
    AtomicFiles.writeString(file, "old");
    IOException failure =
        assertThrows(
            IOException.class,
            () ->
                AtomicFiles.write(
                    file,
                    out -> {
                      out.write(new byte[1 << 20]);
                      throw new IOException("disk full");
                    }));
    assertEquals("disk full", failure.getMessage());
    assertThrows(
        ArithmeticException.class,
        () ->
            AtomicFiles.write(
                file,
                out -> {
                  throw new ArithmeticException();
                }));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void targetStaysUntouchedUntilTheEnd() throws IOException {
    Path file = directory.resolve("a.txt");
    AtomicFiles.writeString(file, "old");
    AtomicFiles.write(
        file,
        out -> {
          out.write("new".getBytes(StandardCharsets.UTF_8));
          out.flush();
          assertEquals("old", Files.readString(file));
        });
    assertEquals("new", Files.readString(file));
  }

  @Test
  void aDirectoryInTheWayFailsAndLeavesNoTemporary() throws IOException {
    Path target = Files.createDirectory(directory.resolve("taken"));
    Files.writeString(target.resolve("inside"), "x");
    assertThrows(IOException.class, () -> AtomicFiles.writeString(target, "text"));
    assertEquals(List.of(target), files());
  }

  @Test
  void missingDirectoryIsNamed() {
    Path file = directory.resolve("none").resolve("a.txt");
    NoSuchFileException failure =
        assertThrows(NoSuchFileException.class, () -> AtomicFiles.writeString(file, ""));
    assertTrue(
        failure.getMessage().contains(directory.resolve("none").toString()), failure.getMessage());
  }

  @Test
  void permissionsAreThoseOfAnOrdinaryFile() throws IOException {
    Path ordinary = Files.writeString(directory.resolve("ordinary"), "");
    Path atomic = directory.resolve("atomic");
    AtomicFiles.writeString(atomic, "");
    if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
      assertEquals(Files.getPosixFilePermissions(ordinary), Files.getPosixFilePermissions(atomic));
    }
    assertEquals(Files.isWritable(ordinary), Files.isWritable(atomic));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }
}
