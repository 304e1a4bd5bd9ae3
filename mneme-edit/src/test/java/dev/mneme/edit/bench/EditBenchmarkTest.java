package dev.mneme.edit.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mneme.edit.base.EditorConfig;
import dev.mneme.edit.base.EditorModel;
import dev.mneme.edit.base.EditorWeights;
import dev.mneme.edit.base.ModelException;
import dev.mneme.edit.bench.Benchmark.Comparison;
import dev.mneme.edit.bench.Benchmark.PictureTimes;
import dev.mneme.edit.bench.Benchmark.StageTime;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.edit.pipeline.Editor;
import dev.mneme.edit.pipeline.Operator;
import dev.mneme.edit.pipeline.Stage;
import dev.mneme.edit.pipeline.StageClock;
import dev.mneme.edit.pipeline.TileProgress;
import dev.mneme.edit.text.UnusableSentenceException;
import dev.mneme.memory.generator.FunctionalMemory;
import dev.mneme.memory.generator.GeneratorConfig;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Scopes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditBenchmarkTest {
  private static final int RANK = 4;

  @TempDir static Path models;

  @BeforeAll
  static void writeModels() throws IOException {
    Engine.start();
    EditorConfig tiny = EditorConfig.tiny();
    GeneratorConfig generator =
        GeneratorConfig.builder(tiny.layout(RANK), tiny.width())
            .tokenDim(32)
            .dModel(32)
            .headDim(16)
            .blocks(1)
            .build();
    Scopes.run(
        () -> {
          EditorModel.save(
              models.resolve("editor"), tiny, EditorWeights.fresh(tiny, 1), Precision.FP32);
          FunctionalMemory.fresh(generator, 2).save(models.resolve("memory"));
        });
  }

  @Test
  void aFirstSentenceThatNobodyCanReadOpensTheModelsAllTheSame() throws IOException {
    try (Editor editor = Editor.open(models, StageClock.NONE, Optional.of(" "))) {
      assertThrows(
          UnusableSentenceException.class, () -> editor.recall(Scene.of(70, 40), " ").close());
    }
  }

  @Test
  void theClockHearsEveryStageInOrder() throws IOException {
    List<Stage> heard = new ArrayList<>();
    RasterImage photo = Scene.of(70, 40);
    try (Editor editor =
        Editor.open(
            models,
            (stage, nanos) -> {
              assertTrue(nanos > 0, stage + " took " + nanos);
              heard.add(stage);
            },
            Optional.of("make it warmer"))) {
      try (Operator operator = editor.recall(photo, "make it warmer")) {
        assertEquals(List.of(Stage.REDUCE, Stage.SENTENCE, Stage.GLANCE, Stage.RECALL), heard);
        heard.clear();
        RasterImage edited = editor.apply(photo, operator, 0, TileProgress.NONE);
        assertEquals(List.of(Stage.REDUCE, Stage.MERGE, Stage.STROKE), heard);
        assertTrue(edited.sameAs(photo), "at strength 0 nothing changes");
      }
    }
  }

  @Test
  void measuresWhatThePlanAsksFor() throws IOException {
    BenchmarkPlan plan = new BenchmarkPlan(List.of(0.004, 0.001), 2, 1, 3);
    List<String> progress = new ArrayList<>();

    Benchmark done = EditBenchmark.run(models, plan, progress::add);

    assertEquals(
        List.of("3 small edits", "0.001 megapixels", "0.004 megapixels", "comparisons"), progress);
    assertEquals(2, done.pictures().size());
    for (PictureTimes picture : done.pictures()) {
      assertEquals(8, picture.stages().size());
      assertEquals(1, picture.stages().stream().mapToDouble(StageTime::share).sum(), 1e-9);
      picture.stages().forEach(stage -> assertPositive(stage.timing()));
      assertPositive(picture.whole());
    }
    assertPositive(done.smallEdit());
    assertEquals(
        List.of("merge", "merge-shared", "batch", "keep-start"),
        done.comparisons().stream().map(Comparison::name).toList());
    for (Comparison comparison : done.comparisons()) {
      assertPositive(comparison.baseline().timing());
      assertPositive(comparison.mneme().timing());
    }
    assertEquals(3, done.memory().edits());
    assertTrue(done.memory().warmUps() >= 3, "warm before the first reading");
    assertTrue(done.memory().highest() > 0);
    whereTheSystemDoesNotSayAPeakThereIsNone(done);
  }

  private static void whereTheSystemDoesNotSayAPeakThereIsNone(Benchmark done) throws IOException {
    PictureTimes picture = done.pictures().get(0);
    PictureTimes known = withPeak(picture, OptionalLong.of(77_000_000));
    assertTrue(BenchmarkTable.markdown(with(done, known)).contains("until then: 77 MB"));
    assertEquals(77_000_000, peak(with(done, known)).asLong());
    PictureTimes unknown = withPeak(picture, OptionalLong.empty());
    assertFalse(BenchmarkTable.markdown(with(done, unknown)).contains("until then"));
    assertTrue(peak(with(done, unknown)).isNull());
  }

  private static JsonNode peak(Benchmark done) throws IOException {
    return new ObjectMapper().readTree(BenchmarkTable.json(done)).at("/pictures/0/peakBytes");
  }

  private static PictureTimes withPeak(PictureTimes p, OptionalLong peak) {
    return new PictureTimes(p.megapixels(), p.width(), p.height(), p.stages(), p.whole(), peak);
  }

  private static Benchmark with(Benchmark b, PictureTimes picture) {
    return new Benchmark(
        b.machine(),
        b.editorDigest(),
        b.memoryDigest(),
        b.plan(),
        List.of(picture),
        b.smallEdit(),
        b.comparisons(),
        b.memory());
  }

  private static void assertPositive(Timing timing) {
    assertTrue(
        timing.minMillis() > 0 && timing.medianMillis() >= timing.minMillis(), () -> "" + timing);
  }

  @Test
  void missingModelsAreToldBeforeAnythingIsMeasured() {
    List<String> progress = new ArrayList<>();
    assertThrows(
        ModelException.class,
        () -> EditBenchmark.run(models.resolve("none"), BenchmarkPlan.QUICK, progress::add));
    assertEquals(List.of(), progress);
  }
}
