package dev.mneme.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCurvesTest {
  @TempDir Path folder;

  private RunCurves curves(String... lines) throws IOException {
    Files.writeString(folder.resolve("metrics.jsonl"), String.join("\n", lines) + "\n");
    return RunCurves.of(folder);
  }

  @Test
  void secondsDoNotCountAndTheLastBitDoes() throws IOException {
    RunCurves one = curves("{\"step\":1,\"seconds\":2.5,\"loss\":0.1}");
    assertEquals(
        Optional.empty(), one.firstDifference(curves("{\"step\":1,\"seconds\":9,\"loss\":0.1}")));
    String next = Double.toString(Math.nextUp(0.1));
    String said =
        one.firstDifference(curves("{\"step\":1,\"seconds\":2.5,\"loss\":" + next + "}"))
            .orElseThrow();
    assertTrue(said.contains("line 1") && said.contains(next), said);
  }

  @Test
  void aShorterRunDiffers() throws IOException {
    RunCurves two = curves("{\"step\":1}", "{\"step\":2}");
    RunCurves one = curves("{\"step\":1}");
    assertEquals("expected 2 lines of metrics, found 1", two.firstDifference(one).orElseThrow());
    assertTrue(one.firstDifference(two).isPresent());
  }

  @Test
  void aFinishedRunSaysWithWhat() throws IOException {
    curves("{\"step\":1,\"loss\":3.0}", "{\"step\":2,\"loss\":0.5}");
    assertFalse(RunCurves.finished(folder));
    RunCurves.finish(folder);
    assertTrue(RunCurves.finished(folder));
    String result = Files.readString(folder.resolve("result.json"));
    assertTrue(result.contains("0.5") && !result.contains("3.0"), result);
  }

  @Test
  void damagedOrMissingCurvesAreErrors() {
    assertThrows(NoSuchFileException.class, () -> RunCurves.of(folder.resolve("none")));
    for (String damaged : new String[] {"{\"step\":2,\"lo", "7"}) {
      IOException e =
          assertThrows(IOException.class, () -> curves("{\"step\":1}", damaged), damaged);
      assertTrue(e.getMessage().contains("metrics.jsonl, line 2: expected"), e.getMessage());
    }
  }
}
