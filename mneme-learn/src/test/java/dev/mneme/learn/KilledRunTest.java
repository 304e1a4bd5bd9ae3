package dev.mneme.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.tensor.Precision;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it trains loses nothing but the steps since its checkpoint. */
class KilledRunTest {
  private static final long STEPS = 200;
  private static final int SEED = 9;

  @TempDir Path folder;

  @Test
  void goesOnAfterKills() throws Exception {
    Path killed = folder.resolve("killed");
    for (int lines : new int[] {6, 40}) {
      kill(killed, lines);
    }
    TestLearner resumed = train(killed, Progress.NONE);
    Path whole = folder.resolve("whole");
    TestLearner expected = train(whole, Progress.NONE);
    assertEquals(MetricsLines.of(whole), MetricsLines.of(killed));
    assertEquals(expected.values(), resumed.values());
  }

  /** Starts training in a process and kills it once so many lines of metrics are there. */
  private void kill(Path run, int lines) throws IOException, InterruptedException {
    File log = folder.resolve("log.txt").toFile();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                run.toString())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    try {
      while (process.isAlive() && lines(run) < lines) {
        Thread.sleep(1);
      }
    } finally {
      process.destroyForcibly();
    }
    assertNotEquals(0, process.waitFor(), "it was to be killed, not to end");
    String said = Files.readString(log.toPath());
    assertTrue(lines(run) >= lines, said);
  }

  private static long lines(Path run) throws IOException {
    Path file = run.resolve("metrics.jsonl");
    return Files.exists(file) ? Files.readString(file).lines().count() : 0;
  }

  private static TestLearner train(Path run, Progress progress) throws IOException {
    TestLearner learner = new TestLearner(SEED);
    TrainingConfig config = TestLearner.config(run, STEPS, 4, true);
    new Trainer(config, Precision.FP32).run(learner, TestLearner.source(), progress);
    return learner;
  }

  /** Trains, a little slower than it could, and waits for its end before it is through. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws IOException {
      train(Path.of(arguments[0]), (done, total, loss) -> pause(done < total / 2 ? 2 : 600_000));
    }

    private static void pause(long millis) {
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
