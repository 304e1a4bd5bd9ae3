package dev.mneme.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingProgressTest {
  private static List<String> lines(int first, int... totals) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TrainingProgress progress =
        new TrainingProgress(new PrintStream(out, true, StandardCharsets.UTF_8), 16)) {
      int from = first;
      for (int total : totals) {
        for (int step = from; step <= total; step++) {
          progress.step(step, total, step == 1 ? Double.NaN : 0.25);
        }
        from = 1;
      }
    }
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void aLineNowAndThenAndOneAtTheEnd() {
    List<String> lines = lines(1, 60);
    assertEquals(3, lines.size());
    assertTrue(lines.get(0).startsWith("step 25/60  loss 0.2500  "), lines.get(0));
    assertTrue(lines.get(2).startsWith("step 60/60  ") && lines.get(2).endsWith("0:00:00 left"));
  }

  @Test
  void aTrainingThatGoesOnAndOneAfterAnother() {
    List<String> lines = lines(101, 125, 30);
    assertEquals(3, lines.size());
    assertTrue(lines.get(0).startsWith("step 125/125  "), lines.get(0));
    assertTrue(lines.get(1).startsWith("step 25/30  "), lines.get(1));
    for (String line : lines) {
      double speed = Double.parseDouble(line.replaceAll(".*  ([0-9.]+) examples/s.*", "$1"));
      assertTrue(speed > 0, line);
    }
  }
}
