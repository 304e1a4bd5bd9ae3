package dev.mneme.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
  private static final List<String> LABELS = List.of("warm", "cool", "warm");

  @TempDir Path folder;

  private void write(long from, long to, long every, long steps) throws IOException {
    try (Metrics metrics = new Metrics(folder, from, every, steps)) {
      for (long step = from; step < to; step++) {
        metrics.add(step, 0.5 + step, LABELS, new float[] {step, 10 * step, step + 2});
      }
    }
  }

  @Test
  void aLineIsTheMeanOfAnInterval() throws IOException {
    write(0, 5, 2, 5);
    String first = Files.readAllLines(folder.resolve("metrics.jsonl")).get(0);
    JsonNode line = new ObjectMapper().readTree(first);
    assertEquals(2, line.get("step").asLong());
    assertEquals(1.5, line.get("rate").asDouble());
    assertTrue(line.get("seconds").asDouble() >= 0);
    assertEquals((0 + 0 + 2 + 1 + 10 + 3) / 6.0, line.get("loss").asDouble(), 1e-9);
    assertEquals((0 + 2 + 1 + 3) / 4.0, line.get("tasks").get("warm").asDouble(), 1e-9);
    assertEquals(5, line.get("tasks").get("cool").asDouble(), 1e-9);
    List<Long> steps =
        MetricsLines.of(folder).stream().map(node -> node.get("step").asLong()).toList();
    assertEquals(List.of(2L, 4L, 5L), steps);
    double last = MetricsLines.of(folder).get(2).get("loss").asDouble();
    assertEquals((4 + 40 + 6) / 3.0, last, 1e-6, "the last interval is shorter");
  }

  @Test
  void linesThatWillComeAgainAreDropped() throws IOException {
    write(0, 12, 2, 12);
    var whole = MetricsLines.of(folder);
    write(6, 12, 2, 12);
    assertEquals(whole, MetricsLines.of(folder));
  }

  @Test
  void aLineThatWasCutIsDropped() throws IOException {
    write(0, 8, 2, 12);
    Path file = folder.resolve("metrics.jsonl");
    Files.writeString(file, "{\"step\":10,\"ra", StandardOpenOption.APPEND);
    write(8, 12, 2, 12);
    assertEquals(
        List.of(2L, 4L, 6L, 8L, 10L, 12L),
        MetricsLines.of(folder).stream().map(node -> node.get("step").asLong()).toList());
  }

  @Test
  void theRecentLossIsKnownAgainAfterAResume() throws IOException {
    try (Metrics none = new Metrics(folder, 0, 2, 12)) {
      assertTrue(Double.isNaN(none.recentLoss()));
    }
    write(0, 8, 2, 12);
    try (Metrics resumed = new Metrics(folder, 6, 2, 12)) {
      assertEquals(MetricsLines.of(folder).get(2).get("loss").asDouble(), resumed.recentLoss());
    }
  }
}
