package dev.mneme.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.tensor.Precision;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
  @TempDir Path folder;

  /** golden_tfevents.py, beside the golden file, made it with TensorBoard's own writer. */
  @Test
  void writesTheBytesThatTensorBoardWrites() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000L, 250_000_000));
    try (EventFile file = new EventFile(out, clock)) {
      Map<String, Double> values = new LinkedHashMap<>();
      values.put("loss", 0.1);
      values.put("rate", 0.0);
      values.put("tasks/变亮", -3.5e-9);
      file.scalars(25, values);
      file.restart(300);
      file.scalars(5_000_000_000L, Map.of("loss", Double.POSITIVE_INFINITY));
    }
    try (InputStream golden = EventFileTest.class.getResourceAsStream("golden.tfevents")) {
      assertArrayEquals(golden.readAllBytes(), out.toByteArray());
    }
  }

  @Test
  void aRunsCurvesAreThereAndARestartForgetsWhatComesAgain() throws IOException {
    TrainingConfig config =
        TestLearner.config(folder, 12, 4, true)
            .with(Refinements.NONE.evaluating(4, 0).withTensorboard());
    HeldOut<TestLearner.Points> heldOut = new HeldOut<>(TestLearner.source(), 1);
    Trainer trainer = new Trainer(config, Precision.FP32);
    Progress stop =
        (done, total, loss) -> {
          if (done == 7) {
            throw new IllegalStateException("stopped");
          }
        };
    assertThrows(
        IllegalStateException.class,
        () -> trainer.run(new TestLearner(1), TestLearner.source(), heldOut, stop));
    trainer.run(new TestLearner(1), TestLearner.source(), heldOut, Progress.NONE);

    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(f -> f.toString().contains("tfevents")).sorted().toList();
    }
    assertEquals(2, files.size());
    List<String> read = new ArrayList<>();
    for (Path file : files) {
      read.addAll(read(file));
    }
    List<String> expected = new ArrayList<>(List.of("version"));
    List<String> second = new ArrayList<>(List.of("version", "restart 5"));
    for (var line : MetricsLines.of(folder)) {
      long step = line.get("step").asLong();
      String text = "%d loss %s".formatted(step, (float) line.get("loss").asDouble());
      if (step <= 6) { // logged before the stop at 7
        expected.add(text);
      }
      if (step > 4) {
        second.add(text);
      }
    }
    expected.addAll(second);
    assertEquals(expected, read);
  }

  /** Events, told by what stands in fixed places of them. */
  private static List<String> read(Path file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<String> events = new ArrayList<>();
    while (in.hasRemaining()) {
      byte[] data = new byte[(int) in.getLong()];
      in.getInt();
      in.get(data);
      in.getInt();
      String text = new String(data, StandardCharsets.ISO_8859_1);
      assertEquals(1 << 3 | 1, data[0], "wall time first");
      int step = data[9] == 2 << 3 ? data[10] : 0;
      int loss = text.indexOf("\u0004loss\u0015");
      if (text.contains("brain.Event:2")) {
        events.add("version");
      } else if (loss < 0) {
        events.add("restart " + step);
      } else {
        float value = ByteBuffer.wrap(data, loss + 6, 4).order(ByteOrder.LITTLE_ENDIAN).getFloat();
        events.add("%d loss %s".formatted(step, value));
        assertTrue(text.contains("\u0004rate\u0015") && text.contains("tasks/third"), text);
        assertEquals(step % 4 == 0, text.contains("held_out/loss"), text);
      }
    }
    return events;
  }
}
