package dev.mneme.edit.bench;

import dev.mneme.edit.bench.Benchmark.Comparison;
import dev.mneme.edit.bench.Benchmark.MemoryUse;
import dev.mneme.edit.bench.Benchmark.PictureTimes;
import dev.mneme.edit.pipeline.Editor;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.EngineInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs an editor to see how fast it is and how much memory it takes. */
public final class EditBenchmark {
  private EditBenchmark() {}

  /**
   * Measures everything; takes minutes with the standard plan. For numbers that mean something the
   * machine should do nothing else, and the process should be a fresh one.
   *
   * @param models folder that holds {@code editor} and {@code memory}
   * @param progress told what is being measured
   * @throws dev.mneme.edit.base.ModelException as {@link Editor#open(Path)} does
   * @throws IOException if the folder for temporary files cannot be written
   */
  public static Benchmark run(Path models, BenchmarkPlan plan, Consumer<String> progress)
      throws IOException {
    long before = FileEdits.settledBytes();
    StageTimes times = new StageTimes();
    Path folder = Files.createTempDirectory("mneme-bench");
    try (Editor editor = Editor.open(models, times, Optional.empty())) {
      EngineInfo engine = Engine.start();
      FileEdits edits = new FileEdits(editor, times, folder);
      // Small pictures first: what larger ones leave behind would hide how the memory grows.
      progress.accept(plan.edits() + " small edits");
      MemoryUse memory = edits.repeat(plan, before);
      List<PictureTimes> pictures = new ArrayList<>();
      for (double megapixels : plan.megapixels()) {
        progress.accept(megapixels + " megapixels");
        pictures.add(edits.measure(megapixels, plan));
      }
      progress.accept("comparisons");
      List<Comparison> comparisons =
          new Comparisons(editor, engine.precision().value(), plan).all();
      return new Benchmark(
          Machine.of(engine),
          editor.editorDigest(),
          editor.memoryDigest(),
          plan,
          pictures,
          edits.smallEdit(),
          comparisons,
          memory);
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(path);
      }
    }
  }
}
