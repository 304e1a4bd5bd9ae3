package dev.mneme.edit.bench;

import java.util.List;
import java.util.OptionalLong;

/**
 * What came of a benchmark.
 *
 * @param machine it ran on
 * @param editorDigest the base that ran
 * @param memoryDigest the memory that ran
 * @param plan what was asked for
 * @param pictures one a size, in ascending order
 * @param smallEdit one edit of a small picture, from file to file
 * @param comparisons ways to do the same work, measured in the same run
 * @param memory resident memory over many small edits
 */
public record Benchmark(
    Machine machine,
    String editorDigest,
    String memoryDigest,
    BenchmarkPlan plan,
    List<PictureTimes> pictures,
    Timing smallEdit,
    List<Comparison> comparisons,
    MemoryUse memory) {

  /**
   * Edits of one picture, from file to file.
   *
   * @param megapixels asked for
   * @param width columns
   * @param height rows
   * @param stages in the order in which they begin
   * @param whole the edit from its beginning to its end
   * @param peakBytes the most memory the process ever held until then; empty where the system does
   *     not say
   */
  public record PictureTimes(
      double megapixels,
      int width,
      int height,
      List<StageTime> stages,
      Timing whole,
      OptionalLong peakBytes) {}

  /**
   * One stage of an edit.
   *
   * @param stage name
   * @param calls times it comes in one edit
   * @param timing all its calls in one edit together
   * @param share its median in the sum of all stages' medians, 0 to 1
   */
  public record StageTime(String stage, int calls, Timing timing, double share) {}

  /**
   * Two ways to the same result.
   *
   * @param name of the question
   * @param baseline the plain way
   * @param mneme the way Mneme goes
   */
  public record Comparison(String name, Side baseline, Side mneme) {
    /** How many times as fast Mneme's way is, by the medians. */
    public double speedup() {
      return baseline.timing().medianMillis() / mneme.timing().medianMillis();
    }
  }

  /**
   * One way.
   *
   * @param what is done
   * @param timing of it
   */
  public record Side(String what, Timing timing) {}

  /**
   * Resident bytes of the process. Unless said otherwise they are read after a garbage collection.
   *
   * @param before the models are opened
   * @param opened after that
   * @param warm after {@code warmUps} small edits
   * @param after {@code edits} more
   * @param highest reading after any of these edits, garbage counted
   * @param warmUps small edits before the reading {@code warm}
   * @param edits small edits after it
   */
  public record MemoryUse(
      long before, long opened, long warm, long after, long highest, int warmUps, int edits) {
    /** Growth from {@code warm} to {@code after}, in percent of {@code warm}. */
    public double driftPercent() {
      return 100.0 * (after - warm) / warm;
    }
  }
}
