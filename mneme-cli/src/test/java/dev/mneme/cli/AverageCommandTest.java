package dev.mneme.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AverageCommandTest {
  private static final Path GOLDEN = Path.of("../mneme-memory/src/test/resources/golden");
  private static final Path DENSE = GOLDEN.resolve("dense-tiny");

  @TempDir Path folder;

  @Test
  void theMeanOfAMemoryAndItselfIsThatMemory() throws IOException {
    Path out = folder.resolve("mean");
    Ran.mneme("average", DENSE + ":0.4," + DENSE + ":0.6", "--out", out).ok();
    Path again = folder.resolve("again");
    Ran.mneme("average", out + ":1", "--out", again).ok();
    assertArrayEquals(
        Files.readAllBytes(DENSE.resolve("config.json")),
        Files.readAllBytes(out.resolve("config.json")));
    // 0.4 x + 0.6 x in double is x once it is rounded to float.
    assertArrayEquals(
        Files.readAllBytes(out.resolve("model.safetensors")),
        Files.readAllBytes(again.resolve("model.safetensors")));
    assertTrue(Ran.mneme("inspect", out).ok().out().contains("a parameter generator"));
  }

  @Test
  void halfPrecisionIsHalfTheFile() throws IOException {
    Path out = folder.resolve("half");
    Ran.mneme("average", DENSE + ":1", "--half", "--out", out).ok();
    long whole = Files.size(DENSE.resolve("model.safetensors"));
    long half = Files.size(out.resolve("model.safetensors"));
    assertTrue(half < 0.7 * whole, half + " of " + whole);
    assertTrue(Ran.mneme("inspect", out).ok().out().contains("a parameter generator"));
  }

  @Test
  void whatHasNoMeanIsSaid() {
    Path out = folder.resolve("mean");
    String both = DENSE + ":1," + GOLDEN.resolve("experts-tiny") + ":1";
    Ran.mneme("average", both, "--out", out)
        .failed(ExitCode.ADAPTER_MISMATCH, "Expected generators of one shape");
    Ran.mneme("average", DENSE + ":-1", "--out", out)
        .failed(ExitCode.USAGE, "average: expected FOLDER:WEIGHT");
    Ran.mneme("average", DENSE + ":1", "--out", DENSE)
        .failed(ExitCode.USAGE, "another folder than the memories");
    assertFalse(Files.exists(out));
  }
}
