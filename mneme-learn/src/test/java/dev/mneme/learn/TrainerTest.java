package dev.mneme.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.tensor.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void learns(boolean muon) throws IOException {
    TestLearner learner = new TestLearner(1);
    trainer(120, 20, muon).run(learner, TestLearner.source(), Progress.NONE);
    List<ObjectNode> lines = MetricsLines.of(folder);
    double first = lines.get(0).get("loss").asDouble();
    double last = lines.get(lines.size() - 1).get("loss").asDouble();
    assertTrue(last < 0.7 * first, first + " to " + last);
  }

  @Test
  void clearsGradientsAfterEveryStep() throws IOException {
    TestLearner learner = new TestLearner(1);
    Progress clear =
        (done, total, loss) ->
            learner.parameters().forEach((name, p) -> assertTrue(isClear(p.grad()), name));
    trainer(6, 2, true).run(learner, TestLearner.source(), clear);
  }

  private static boolean isClear(Tensor gradient) {
    return !gradient.defined() || !gradient.any().item_bool();
  }

  @Test
  void tellsEveryStepAndTheRecentLoss() throws IOException {
    List<String> told = new ArrayList<>();
    double end =
        trainer(5, 4, true)
            .run(
                new TestLearner(1),
                TestLearner.source(),
                (done, total, loss) -> told.add(done + "/" + total + " " + Double.isNaN(loss)));
    assertEquals(List.of("1/5 true", "2/5 false", "3/5 false", "4/5 false", "5/5 false"), told);
    List<ObjectNode> lines = MetricsLines.of(folder);
    assertEquals(List.of(2L, 4L, 5L), lines.stream().map(l -> l.get("step").asLong()).toList());
    assertEquals(lines.get(2).get("loss").asDouble(), end);
  }

  @Test
  void asksForEveryBatchOnceAndInOrder() throws IOException {
    List<Long> asked = new ArrayList<>();
    BatchSource<TestLearner.Points> source =
        step -> {
          asked.add(step);
          return TestLearner.source().batch(step);
        };
    trainer(5, 2, true).run(new TestLearner(1), source, Progress.NONE);
    assertEquals(List.of(0L, 1L, 2L, 3L, 4L), asked);
  }

  @Test
  void aBatchThatCannotBeMadeEndsTheRunWithItsCause() {
    IllegalArgumentException cause = new IllegalArgumentException("no photograph");
    BatchSource<TestLearner.Points> source =
        step -> {
          if (step == 2) {
            throw cause;
          }
          return TestLearner.source().batch(step);
        };
    assertSame(
        cause,
        assertThrows(
            IllegalArgumentException.class,
            () -> trainer(5, 2, true).run(new TestLearner(1), source, Progress.NONE)));
  }

  @Test
  void aLossThatIsNoNumberEndsTheRunAndTheCheckpointIsGood() throws IOException {
    BatchSource<TestLearner.Points> broken =
        step -> {
          TestLearner.Points points = TestLearner.source().batch(step);
          if (step == 6) {
            points.y()[3 * 3] = Float.NaN; // of the fourth sample
          }
          return points;
        };
    DivergedException e =
        assertThrows(
            DivergedException.class,
            () -> trainer(12, 4, true).run(new TestLearner(1), broken, Progress.NONE));
    assertEquals(6, e.step());
    assertTrue(e.getMessage().contains("step 6"), e.getMessage());
    assertTrue(e.getMessage().contains("'third' is NaN"), e.getMessage());
    assertTrue(e.getMessage().contains("lower the learning rate"), e.getMessage());
    requireGoodCheckpoint(4);
  }

  @Test
  void aGradientThatIsNoNumberEndsTheRunAndTheCheckpointIsGood() throws IOException {
    TestLearner inner = new TestLearner(1);
    Learner<TestLearner.Points> broken =
        new Learner<>() {
          @Override
          public Map<String, Tensor> parameters() {
            return inner.parameters();
          }

          @Override
          public Tensor loss(TestLearner.Points batch) {
            Tensor loss = inner.loss(batch);
            if (batch.step() != 6) {
              return loss;
            }
            Tensor zero = inner.parameters().get("head.bias").sum().mul(new Scalar(0.0));
            return loss.add(zero.sqrt()); // finite, its derivative is not
          }
        };
    DivergedException e =
        assertThrows(
            DivergedException.class,
            () -> trainer(12, 4, true).run(broken, TestLearner.source(), Progress.NONE));
    assertEquals(6, e.step());
    assertTrue(e.getMessage().contains("gradient"), e.getMessage());
    requireGoodCheckpoint(4);

    // The same learner can go on from there: what the failed step left is cleared.
    trainer(12, 4, true).run(inner, TestLearner.source(), Progress.NONE);
    assertEquals(whole().values(), inner.values());
  }

  /** The checkpoint is the one of this step, and a run that goes on from it is the whole run. */
  private void requireGoodCheckpoint(long step) throws IOException {
    List<Long> taken = new ArrayList<>();
    TestLearner learner = new TestLearner(1);
    try {
      trainer(12, 4, true)
          .run(
              learner,
              TestLearner.source(),
              (done, total, loss) -> {
                taken.add(done);
                throw new IllegalStateException("seen enough");
              });
    } catch (IllegalStateException e) {
      assertEquals("seen enough", e.getMessage());
    }
    assertEquals(List.of(step + 1), taken);
    learner.values().forEach((name, v) -> v.forEach(x -> assertTrue(Float.isFinite(x), name)));
  }

  private TestLearner whole() throws IOException {
    TestLearner learner = new TestLearner(1);
    TrainingConfig config = TestLearner.config(folder.resolve("whole"), 12, 4, true);
    new Trainer(config, Precision.FP32).run(learner, TestLearner.source(), Progress.NONE);
    return learner;
  }

  @Test
  void anInterruptEndsTheRun() {
    Thread trains = Thread.currentThread();
    BatchSource<TestLearner.Points> source =
        step -> {
          if (step == 1) {
            trains.interrupt();
            LockSupport.park(); // until the run ends
          }
          return TestLearner.source().batch(step);
        };
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () -> trainer(8, 8, true).run(new TestLearner(1), source, Progress.NONE));
    assertTrue(Thread.interrupted(), "the interrupt is handed on");
    assertTrue(e.getMessage().contains("resume"), e.getMessage());
  }

  private Trainer trainer(long steps, long every, boolean muon) {
    return new Trainer(TestLearner.config(folder, steps, every, muon), Precision.FP32);
  }
}
