package dev.mneme.edit.bench;

import dev.mneme.edit.bench.Benchmark.MemoryUse;
import dev.mneme.edit.bench.Benchmark.PictureTimes;
import dev.mneme.edit.picture.PictureReader;
import dev.mneme.edit.picture.PictureWriter;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.edit.pipeline.Editor;
import dev.mneme.edit.pipeline.Operator;
import dev.mneme.edit.pipeline.TileProgress;
import dev.mneme.tensor.NativeMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Edits picture files as the {@code mneme} command does, and measures it. */
final class FileEdits {
  // The encoder remembers sentences: every measured edit asks for something new, as users do, and
  // small edits for a few things again and again, or its filling memory would count as growth.
  private static final String UNSEEN = ", version ";
  private static final String REPEATED = "make it warmer, version ";
  private static final int SMALL = 160; // pixels a side
  private static final int SMALL_SENTENCES = 16;

  private final Editor editor;
  private final StageTimes times;
  private final Path folder;
  private final PictureReader reader = new PictureReader();
  private final List<Long> small = new ArrayList<>();
  private int sentences;

  /**
   * @param times the editor's clock
   * @param folder for pictures
   */
  FileEdits(Editor editor, StageTimes times, Path folder) {
    this.editor = editor;
    this.times = times;
    this.folder = folder;
  }

  /** Edits a picture of this size; every run with a sentence not read before. */
  PictureTimes measure(double megapixels, BenchmarkPlan plan) throws IOException {
    RasterImage scene = Scene.ofMegapixels(megapixels);
    int width = scene.width();
    int height = scene.height();
    Path photo = write("photo.jpg", scene);
    scene = null; // not part of an edit's memory
    List<Long> whole = new ArrayList<>();
    for (int run = -plan.warmUps(); run < plan.runs(); run++) {
      if (run == 0) {
        times.reset();
        whole.clear();
      }
      whole.add(edit(photo, plan.wish() + UNSEEN + sentences++));
    }
    return new PictureTimes(
        megapixels, width, height, times.stages(), Timing.of(whole), NativeMemory.peakBytes());
  }

  /**
   * Edits a small picture many times.
   *
   * @param before resident bytes before the models were opened
   */
  MemoryUse repeat(BenchmarkPlan plan, long before) throws IOException {
    long opened = settledBytes();
    Path photo = write("small.jpg", Scene.of(SMALL, SMALL));
    int warmUps = Math.max(SMALL_SENTENCES, plan.edits() / 10);
    long highest = many(photo, warmUps);
    long warm = settledBytes();
    small.clear();
    highest = Math.max(highest, many(photo, plan.edits()));
    long after = settledBytes();
    return new MemoryUse(before, opened, warm, after, highest, warmUps, plan.edits());
  }

  /** The latest small edits. */
  Timing smallEdit() {
    return Timing.of(small);
  }

  private long many(Path photo, int edits) throws IOException {
    long highest = 0;
    for (int i = 0; i < edits; i++) {
      small.add(edit(photo, REPEATED + i % SMALL_SENTENCES));
      times.reset();
      highest = Math.max(highest, NativeMemory.residentBytes());
    }
    return highest;
  }

  private long edit(Path photo, String sentence) throws IOException {
    long begin = System.nanoTime();
    RasterImage image = reader.read(photo).image();
    times.add("read", System.nanoTime() - begin);
    RasterImage edited;
    try (Operator operator = editor.recall(image, sentence)) {
      edited = editor.apply(image, operator, 1, TileProgress.NONE);
    }
    long writing = System.nanoTime();
    write("edited.jpg", edited);
    long end = System.nanoTime();
    times.add("write", end - writing);
    times.finishRun();
    return end - begin;
  }

  private Path write(String name, RasterImage image) throws IOException {
    Path file = folder.resolve(name);
    PictureWriter.write(file, image, "");
    return file;
  }

  /** Resident bytes without the JVM's garbage, so that growth is what is really kept. */
  static long settledBytes() {
    System.gc();
    return NativeMemory.residentBytes();
  }
}
