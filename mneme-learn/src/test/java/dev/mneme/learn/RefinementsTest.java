package dev.mneme.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.tensor.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Accumulated gradients, averaged weights and early stops, against what they stand for. */
class RefinementsTest {
  private static final HeldOut<TestLearner.Points> HELD_OUT =
      new HeldOut<>(step -> TestLearner.source().batch(1_000_000 + step), 2);

  @TempDir Path folder;

  private Path run(String name, Refinements refinements, TestLearner learner, long steps)
      throws IOException {
    return run(name, refinements, learner, steps, Progress.NONE);
  }

  private Path run(
      String name, Refinements refinements, TestLearner learner, long steps, Progress progress)
      throws IOException {
    Path directory = folder.resolve(name);
    TrainingConfig config = TestLearner.config(directory, steps, 4, true).with(refinements);
    new Trainer(config, Precision.FP32).run(learner, TestLearner.source(), HELD_OUT, progress);
    return directory;
  }

  @Test
  void twoBatchesAStepAreOneOfTwiceTheSize() throws IOException {
    TestLearner once = new TestLearner(3);
    TestLearner twice = new TestLearner(3);
    TrainingConfig config = TestLearner.config(folder.resolve("one"), 1, 2, false);
    BatchSource<TestLearner.Points> same = step -> TestLearner.source().batch(4); // any
    new Trainer(config, Precision.FP32).run(once, same, Progress.NONE);
    new Trainer(
            TestLearner.config(folder.resolve("two"), 1, 2, false)
                .with(Refinements.NONE.accumulating(2)),
            Precision.FP32)
        .run(twice, same, Progress.NONE);
    assertEquals(once.values(), twice.values(), "half of the gradient, twice");
  }

  @Test
  void everyBatchIsAskedForOnceAndCounted() throws IOException {
    List<Long> asked = new ArrayList<>();
    BatchSource<TestLearner.Points> source =
        step -> {
          asked.add(step);
          return TestLearner.source().batch(step);
        };
    TrainingConfig config =
        TestLearner.config(folder, 2, 2, true).with(Refinements.NONE.accumulating(3));
    new Trainer(config, Precision.FP32).run(new TestLearner(1), source, Progress.NONE);
    assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L), asked);
  }

  @Test
  void theAverageIsTheRecurrenceOverEveryStepsWeights() throws IOException {
    double kept = 0.6;
    TestLearner plain = new TestLearner(2);
    Map<String, List<Float>> start = plain.values();
    float[] expected = floats(start.get("head.weight"));
    List<Map<String, List<Float>>> path = new ArrayList<>();
    run("plain", Refinements.NONE, plain, 9, (d, t, l) -> path.add(plain.values()));
    for (int step = 0; step < path.size(); step++) {
      double keep = Math.min(kept, (1.0 + step) / (10.0 + step));
      float[] now = floats(path.get(step).get("head.weight"));
      for (int i = 0; i < now.length; i++) {
        expected[i] = (float) (keep * expected[i] + (1 - keep) * now[i]);
      }
    }
    TestLearner averaged = new TestLearner(2);
    Path directory = run("averaged", Refinements.NONE.averaging(kept), averaged, 9);
    assertArrayEquals(expected, floats(averaged.values().get("head.weight")), 1e-6f);
    assertNotEquals(plain.values(), averaged.values());
    assertEquals(
        MetricsLines.of(folder.resolve("plain")),
        MetricsLines.of(directory),
        "averaging does not touch what is learned");
  }

  private static float[] floats(List<Float> values) {
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }

  @Test
  void heldOutLossesAreMeasuredAndChangeNothing() throws IOException {
    TestLearner plain = new TestLearner(2);
    TestLearner measured = new TestLearner(2);
    run("plain", Refinements.NONE, plain, 10);
    run("measured", Refinements.NONE.evaluating(4, 0), measured, 10);
    assertEquals(plain.values(), measured.values());
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("plain/checkpoint.safetensors")),
        Files.readAllBytes(folder.resolve("measured/checkpoint.safetensors")));
    List<Long> steps = new ArrayList<>();
    for (ObjectNode line : MetricsLines.of(folder.resolve("measured"))) {
      if (line.has("heldOut")) {
        steps.add(line.get("step").asLong());
      }
      line.remove("heldOut");
    }
    assertEquals(List.of(4L, 8L, 10L), steps, "and at the end");
  }

  /** A learning rate this large spoils what was learned, so that the best is not the last. */
  private Path overlong(String name, TestLearner learner, Refinements more, Progress progress)
      throws IOException {
    Path directory = folder.resolve(name);
    TrainingConfig config =
        new TrainingConfig(directory, new Schedule(400, 100, 5, 1), 0, 1, 0, 4, 2)
            .with(more.evaluating(2, 3));
    new Trainer(config, Precision.FP32).run(learner, TestLearner.source(), HELD_OUT, progress);
    return directory;
  }

  @Test
  void endsWhenPatienceDoesAndLeavesTheBest() throws IOException {
    TestLearner learner = new TestLearner(2);
    Path directory = overlong("run", learner, Refinements.NONE, Progress.NONE);
    List<ObjectNode> lines = MetricsLines.of(directory);
    List<Double> losses = lines.stream().map(l -> l.get("heldOut").asDouble()).toList();
    double best = losses.stream().mapToDouble(d -> d).min().orElseThrow();
    assertEquals(best, losses.get(losses.size() - 4), "three worse ones after the best");
    assertTrue(lines.size() < 200, lines.size() + " lines");
    assertEquals(best, HELD_OUT.loss(learner, Precision.FP32), "the best weights are left");

    TestLearner again = new TestLearner(7);
    Progress never =
        (done, total, loss) -> {
          throw new AssertionError("step " + done);
        };
    overlong("run", again, Refinements.NONE, never);
    assertEquals(learner.values(), again.values(), "a run that ended early stays ended");
  }

  @ParameterizedTest
  @CsvSource({"3,1,0.9,0", "7,2,0,50", "9,3,0.8,50", "10,1,0.99,0", "13,2,0.5,50"})
  void resumesWhereItWas(long stop, int accumulate, double average, int patience)
      throws IOException {
    Refinements all =
        Refinements.NONE.accumulating(accumulate).averaging(average).evaluating(2, patience);
    TestLearner whole = new TestLearner(4);
    Path expected = run("whole", all, whole, 24);
    TestLearner stopped = new TestLearner(4);
    Progress stopping =
        (done, total, loss) -> {
          if (done == stop) {
            throw new IllegalStateException("stopped");
          }
        };
    assertThrows(IllegalStateException.class, () -> run("stopped", all, stopped, 24, stopping));
    TestLearner resumed = new TestLearner(new Random(stop).nextInt());
    // A learner of another seed: everything must come from the checkpoint, if there is one.
    TestLearner from = stop > 4 ? resumed : new TestLearner(4);
    Path found = run("stopped", all, from, 24);
    assertEquals(MetricsLines.of(expected), MetricsLines.of(found));
    assertEquals(whole.values(), from.values());
    assertArrayEquals(
        Files.readAllBytes(expected.resolve("checkpoint.safetensors")),
        Files.readAllBytes(found.resolve("checkpoint.safetensors")));
  }

  @Test
  void anEarlyStopIsTheSameAfterAResume() throws IOException {
    Refinements averaged = Refinements.NONE.averaging(0.5);
    TestLearner whole = new TestLearner(2);
    Path expected = overlong("whole", whole, averaged, Progress.NONE);
    long end = MetricsLines.of(expected).size() * 2L;
    TestLearner stopped = new TestLearner(2);
    assertThrows(
        IllegalStateException.class,
        () ->
            overlong(
                "stopped",
                stopped,
                averaged,
                (done, total, loss) -> {
                  if (done == end - 1) {
                    throw new IllegalStateException("stopped");
                  }
                }));
    Path found = overlong("stopped", stopped, averaged, Progress.NONE);
    assertEquals(MetricsLines.of(expected), MetricsLines.of(found));
    assertEquals(whole.values(), stopped.values());
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Refinements.NONE.accumulating(0));
    assertThrows(IllegalArgumentException.class, () -> Refinements.NONE.averaging(1));
    assertThrows(IllegalArgumentException.class, () -> Refinements.NONE.evaluating(0, 1));
    TrainingConfig config = TestLearner.config(folder, 4, 4, true);
    assertThrows(
        IllegalArgumentException.class, () -> config.with(Refinements.NONE.evaluating(3, 0)));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new Trainer(config.with(Refinements.NONE.evaluating(2, 0)), Precision.FP32)
                    .run(new TestLearner(1), TestLearner.source(), Progress.NONE));
    assertTrue(e.getMessage().contains("held-out"), e.getMessage());
    assertFalse(Files.exists(folder.resolve("checkpoint.safetensors")));
  }
}
