package dev.mneme.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.memory.AdapterMismatchException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailuresTest {
  @Test
  void codesAreDistinct() {
    long distinct = Arrays.stream(ExitCode.values()).mapToInt(ExitCode::code).distinct().count();
    assertEquals(ExitCode.values().length, distinct);
  }

  @Test
  void memoryThatRanOutOnEitherSide() {
    for (Throwable failure :
        new Throwable[] {
          new OutOfMemoryError("Java heap space"),
          new OutOfMemoryError("Physical memory usage is too high: 9G > 8G"),
          new RuntimeException(
              "[enforce fail] DefaultCPUAllocator: can't allocate memory: 12 bytes"),
          new RuntimeException("std::bad_alloc")
        }) {
      assertEquals(ExitCode.OUT_OF_MEMORY, Failures.codeOf(failure));
      assertTrue(Failures.lineOf(failure).contains("MNEME_JAVA_OPTS"), Failures.lineOf(failure));
    }
  }

  @Test
  void faultsOfThisProgramAreCalledSo() {
    Throwable failure = new IllegalStateException("shape\n  [1, 2]\n" + "x".repeat(5000));
    assertEquals(ExitCode.INTERNAL_ERROR, Failures.codeOf(failure));
    String line = Failures.lineOf(failure);
    assertTrue(line.startsWith("internal error: java.lang.IllegalStateException: shape [1, 2]"));
    assertEquals(1, line.lines().count());
    assertTrue(line.length() < 1100);
    assertEquals(ExitCode.INTERNAL_ERROR, Failures.codeOf(new StackOverflowError()));
  }

  @Test
  void filesAndAdapters() {
    AccessDeniedException denied = new AccessDeniedException("x.safetensors");
    assertEquals(ExitCode.NOT_READABLE, Failures.codeOf(denied));
    assertTrue(Failures.lineOf(denied).startsWith("x.safetensors: expected a readable file"));
    assertEquals(ExitCode.NOT_READABLE, Failures.codeOf(new IOException("Input/output error")));
    assertEquals(
        ExitCode.ADAPTER_MISMATCH, Failures.codeOf(new AdapterMismatchException("rank 2")));
  }

  @Test
  void aFullDisk() {
    for (String said : List.of("No space left on device", "Disk quota exceeded")) {
      assertEquals(
          ExitCode.DISK_FULL,
          Failures.codeOf(Writing.refused(Path.of("x"), new IOException(said))));
    }
  }
}
