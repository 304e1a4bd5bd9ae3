package dev.mneme.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.learn.RateSweep.Point;
import dev.mneme.learn.RateSweep.Range;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateFinderTest {
  @TempDir Path folder;

  private RateSweep sweep(Learner<TestLearner.Points> learner, double least, double most) {
    return RateFinder.sweep(
        learner,
        TestLearner.source(),
        TestLearner.config(folder, 1, 2, false),
        new Range(least, most, 60),
        Precision.FP32,
        Progress.NONE);
  }

  @Test
  void findsARateThatLearnsAndWritesNothing() throws IOException {
    RateSweep sweep = sweep(new TestLearner(1), 1e-5, 30);
    double suggested = sweep.suggestion().orElseThrow();
    assertEquals(sweep.best().orElseThrow() / 10, suggested, 1e-12);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
    double end = end(suggested);
    assertTrue(end < end(1e-5), "it learns more than the smallest rate");
    assertTrue(end < end(30), "and than the largest");
  }

  /** Loss at the end of a run at this rate. */
  private double end(double rate) throws IOException {
    Schedule schedule = new Schedule(100, 1, rate, 1);
    TrainingConfig config =
        new TrainingConfig(folder.resolve("at" + rate), schedule, 0, 1, 0, 50, 50);
    return new Trainer(config, Precision.FP32)
        .run(new TestLearner(1), TestLearner.source(), Progress.NONE);
  }

  @Test
  void ratesAreEqualFactorsApart() {
    List<Point> points = sweep(new TestLearner(1), 1e-6, 1e-4).points();
    assertEquals(60, points.size());
    assertEquals(1e-6, points.get(0).rate(), 1e-15);
    assertEquals(1e-4, points.get(59).rate(), 1e-12);
    assertEquals(Math.pow(100, 1 / 59.0), points.get(8).rate() / points.get(7).rate(), 1e-9);
    assertEquals(points.get(0).loss(), points.get(0).smooth(), 1e-9);
  }

  @Test
  void endsWhereNumbersDo() {
    List<Point> points = sweep(new Explosive(1.0), 1, 1e30).points();
    assertTrue(points.size() > 1 && points.size() < 60, points.size() + " points");
    points.forEach(p -> assertTrue(Double.isFinite(p.smooth()), p.toString()));
    assertThrows(DivergedException.class, () -> sweep(new Explosive(Double.NaN), 1, 2));
  }

  /** A parameter whose loss is its fourth power: steps that are too long overshoot. */
  private record Explosive(Map<String, Tensor> parameters) implements Learner<TestLearner.Points> {
    Explosive(double start) {
      this(Map.of("p", start(start)));
    }

    private static Tensor start(double value) {
      Engine.start();
      return Tensors.fromFloats(new float[] {(float) value}, 1).set_requires_grad(true);
    }

    @Override
    public Tensor loss(TestLearner.Points batch) {
      return parameters.get("p").square().square().expand(new long[] {8}, false);
    }
  }

  @Test
  void suggestsNothingWhereNothingHelped() {
    List<Point> rising = new ArrayList<>();
    for (int i = 1; i < 5; i++) {
      rising.add(new Point(i, i, i));
    }
    assertFalse(new RateSweep(rising).suggestion().isPresent());
    assertEquals("rate,loss,smooth\n1.0,1.0,1.0\n", new RateSweep(rising.subList(0, 1)).csv());
    assertThrows(IllegalArgumentException.class, () -> new Range(0, 1, 5));
    assertThrows(IllegalArgumentException.class, () -> new Range(2, 1, 5));
    assertThrows(IllegalArgumentException.class, () -> new Range(1, 2, 1));
  }
}
