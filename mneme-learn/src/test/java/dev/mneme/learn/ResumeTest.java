package dev.mneme.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.tensor.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that was stopped and started again is the run that was never stopped, to the last bit. */
class ResumeTest {
  private static final long STEPS = 24;
  private static final int SEED = 5;

  @TempDir Path folder;

  private record Run(Map<String, List<Float>> parameters, List<ObjectNode> lines, double loss) {}

  @ParameterizedTest
  @CsvSource({
    "1,4,true",
    "5,4,true",
    "8,4,false",
    "9,4,true",
    "10,2,true",
    "13,12,false",
    "22,6,true",
    "23,2,false"
  })
  void resumesWhereItWas(long stop, long every, boolean muon) throws IOException {
    Run whole = run(config("whole", every, muon), new TestLearner(SEED), Progress.NONE);
    TrainingConfig stopped = config("stopped", every, muon);
    assertFalse(Trainer.hasBegun(stopped.directory()));
    assertThrows(Stop.class, () -> run(stopped, new TestLearner(SEED), stopAfter(stop)));
    assertEquals(stop >= every, Trainer.hasBegun(stopped.directory()));
    requireSame(whole, run(stopped, new TestLearner(SEED), Progress.NONE));
  }

  @Test
  void resumesWithALearnerThatHasGoneFurtherThanItsCheckpoint() throws IOException {
    Run whole = run(config("whole", 4, true), new TestLearner(SEED), Progress.NONE);
    TrainingConfig stopped = config("stopped", 4, true);
    TestLearner learner = new TestLearner(SEED);
    assertThrows(Stop.class, () -> run(stopped, learner, stopAfter(7)));
    requireSame(whole, run(stopped, learner, Progress.NONE));
  }

  @Test
  void resumesAgainAndAgain() throws IOException {
    Run whole = run(config("whole", 2, true), new TestLearner(SEED), Progress.NONE);
    TrainingConfig stopped = config("stopped", 2, true);
    for (long stop : new long[] {3, 4, 6, 11, 12, 19}) {
      assertThrows(Stop.class, () -> run(stopped, new TestLearner(SEED), stopAfter(stop)));
    }
    requireSame(whole, run(stopped, new TestLearner(SEED), Progress.NONE));
  }

  @Test
  void aFinishedRunIsLeftAsItIs() throws IOException {
    TrainingConfig config = config("whole", 4, true);
    Run whole = run(config, new TestLearner(SEED), Progress.NONE);
    Progress never =
        (done, total, loss) -> {
          throw new AssertionError("step " + done);
        };
    requireSame(whole, run(config, new TestLearner(SEED), never));
    assertTrue(Double.isFinite(whole.loss()), "loss " + whole.loss());
  }

  @Test
  void aLongerScheduleGoesOnFromTheEnd() throws IOException {
    run(config("run", 4, true), new TestLearner(SEED), Progress.NONE);
    List<Long> taken = new ArrayList<>();
    TrainingConfig longer = TestLearner.config(folder.resolve("run"), STEPS + 4, 4, true);
    Run run = run(longer, new TestLearner(SEED), (done, total, loss) -> taken.add(done));
    assertEquals(List.of(25L, 26L, 27L, 28L), taken);
    assertEquals(14, run.lines().size());
    assertEquals(28, run.lines().get(13).get("step").asLong());
  }

  private TrainingConfig config(String name, long every, boolean muon) {
    return TestLearner.config(folder.resolve(name), STEPS, every, muon);
  }

  private Run run(TrainingConfig config, TestLearner learner, Progress progress)
      throws IOException {
    double loss = new Trainer(config, Precision.FP32).run(learner, TestLearner.source(), progress);
    return new Run(learner.values(), MetricsLines.of(config.directory()), loss);
  }

  private static void requireSame(Run expected, Run found) {
    assertEquals(expected.lines().size(), found.lines().size());
    for (int i = 0; i < expected.lines().size(); i++) {
      assertEquals(expected.lines().get(i), found.lines().get(i));
    }
    expected.parameters().forEach((name, v) -> assertEquals(v, found.parameters().get(name), name));
    assertEquals(expected.loss(), found.loss());
  }

  private static Progress stopAfter(long step) {
    return (done, total, loss) -> {
      if (done == step) {
        throw new Stop();
      }
    };
  }

  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
