package dev.mneme.edit.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.bench.Benchmark.Comparison;
import dev.mneme.edit.bench.Benchmark.MemoryUse;
import dev.mneme.edit.bench.Benchmark.Side;
import dev.mneme.edit.bench.Benchmark.StageTime;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.edit.pipeline.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkTest {
  @TempDir Path folder;

  @Test
  void theMedianIsTheMiddleRun() {
    assertEquals(new Timing(3, 1), Timing.of(List.of(9_000_000L, 1_000_000L, 3_000_000L)));
    assertEquals(
        new Timing(2.5, 1), Timing.of(List.of(3_000_000L, 9_000_000L, 1_000_000L, 2_000_000L)));
    assertEquals(new Timing(0.5, 0.5), Timing.of(List.of(500_000L)));
  }

  @Test
  void callsOfAStageInOneEditAddUp() {
    StageTimes times = new StageTimes();
    times.took(Stage.STROKE, 77);
    times.finishRun();
    times.reset(); // that was to warm up
    for (long run = 1; run <= 3; run++) {
      times.add("read", run * 1_000_000);
      times.took(Stage.GLANCE, 2_000_000);
      times.took(Stage.RECALL, 10_000_000);
      times.took(Stage.GLANCE, 2_000_000);
      times.finishRun();
    }
    assertEquals(
        List.of(
            new StageTime("read", 1, new Timing(2, 1), 2 / 16.0),
            new StageTime("glance", 2, new Timing(4, 4), 4 / 16.0),
            new StageTime("recall", 1, new Timing(10, 10), 10 / 16.0)),
        times.stages());
  }

  @Test
  void ratiosAndDriftAreAgainstTheBaseline() {
    Side slow = new Side("slow", new Timing(30, 20));
    Side fast = new Side("fast", new Timing(20, 2));
    assertEquals(1.5, new Comparison("c", slow, fast).speedup());
    assertEquals(25, new MemoryUse(1, 2, 80, 100, 200, 3, 4).driftPercent());
    assertEquals(-10, new MemoryUse(1, 2, 100, 90, 200, 3, 4).driftPercent());
  }

  @Test
  void picturesHaveTheSizeAskedForAndAreAlikeOnEveryRun() {
    RasterImage scene = Scene.ofMegapixels(0.006);
    assertEquals(95, scene.width());
    assertEquals(63, scene.height());
    assertTrue(scene.sameAs(Scene.ofMegapixels(0.006)));
    assertNotEquals(scene.rgbAt(3, 3), scene.rgbAt(60, 40));
    assertEquals(1, Scene.ofMegapixels(1e-9).height());
    RasterImage large = Scene.ofMegapixels(1);
    assertEquals(1e6, (double) large.width() * large.height(), 2e3);
  }

  @Test
  void theProcessorIsFoundWhereTheSystemNamesIt() throws IOException {
    Path info = folder.resolve("cpuinfo");
    Files.writeString(info, "processor\t: 0\nmodel name\t: Good CPU @ 2: fast\nflags\t: x\n");
    assertEquals("Good CPU @ 2: fast", Machine.cpu(info));
    Files.writeString(info, "processor\t: 0\n");
    assertEquals(System.getProperty("os.arch"), Machine.cpu(info));
    assertEquals(System.getProperty("os.arch"), Machine.cpu(folder.resolve("none")));
  }

  @Test
  void plansAreCheckedAndGoFromSmallToLarge() {
    assertEquals(
        List.of(0.5, 1.0, 24.0), new BenchmarkPlan(List.of(24.0, 0.5, 1.0), 1, 0, 1).megapixels());
    refused("megapixels above 0", List.of(1.0, 0.0), 1, 0, 1);
    refused("at most 100, found 101", List.of(101.0), 1, 0, 1);
    refused("megapixels above 0", List.of(Double.NaN), 1, 0, 1);
    refused("at least one size", List.of(), 1, 0, 1);
    refused("at least 1 run, found 0", List.of(1.0), 0, 0, 1);
    refused("to warm up, found -1", List.of(1.0), 1, -1, 1);
    refused("small edit, found 0", List.of(1.0), 1, 0, 0);
    assertThrows(
        IllegalArgumentException.class, () -> new BenchmarkPlan(List.of(1.0), 1, 0, 1, " "));
  }

  private static void refused(String words, List<Double> sizes, int runs, int warmUps, int edits) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new BenchmarkPlan(sizes, runs, warmUps, edits))
            .getMessage();
    assertTrue(message.contains(words), message);
  }

  @Test
  void tablesStandInColumns() {
    assertEquals(
        "| stage  |  ms |\n|--------|----:|\n| read   |   1 |\n| stroke | 100 |\n",
        Columns.of(
            List.of(List.of("stage", "ms"), List.of("read", "1"), List.of("stroke", "100"))));
  }
}
