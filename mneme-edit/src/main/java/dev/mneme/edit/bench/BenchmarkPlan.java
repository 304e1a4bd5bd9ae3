package dev.mneme.edit.bench;

import java.util.List;

/**
 * What to measure, and how often.
 *
 * @param megapixels sizes of the pictures in millions of pixels, each above 0 and at most 100; kept
 *     in ascending order
 * @param runs measured runs of everything that is timed, at least 1
 * @param warmUps runs before those that are not measured, 0 or more
 * @param edits small edits between two readings of the memory, at least 1
 * @param wish what large edits ask for, not blank
 */
public record BenchmarkPlan(
    List<Double> megapixels, int runs, int warmUps, int edits, String wish) {
  private static final double MOST_MEGAPIXELS = 100;

  /** What is asked for if nothing else is said: one mix, as most wishes are. */
  public static final String WISH = "make it cooler";

  /** One megapixel, five runs, a thousand small edits. */
  public static final BenchmarkPlan STANDARD = new BenchmarkPlan(List.of(1.0), 5, 2, 1000);

  /** Enough to see that everything works. */
  public static final BenchmarkPlan QUICK = new BenchmarkPlan(List.of(1.0), 2, 1, 20);

  /**
   * Checks the ranges above.
   *
   * @throws IllegalArgumentException naming what is out of range
   */
  public BenchmarkPlan {
    // The peak of a process never falls: only in this order does the last picture's belong to it.
    megapixels = megapixels.stream().sorted().toList();
    require(!megapixels.isEmpty(), "at least one size of picture", "none");
    for (double size : megapixels) {
      require(
          size > 0 && size <= MOST_MEGAPIXELS,
          "megapixels above 0 and at most %.0f".formatted(MOST_MEGAPIXELS),
          size);
    }
    require(runs >= 1, "at least 1 run", runs);
    require(warmUps >= 0, "0 or more runs to warm up", warmUps);
    require(edits >= 1, "at least 1 small edit", edits);
    require(!wish.isBlank(), "a sentence", "a blank one");
  }

  /** As above, asking for a simple change of colour. */
  public BenchmarkPlan(List<Double> megapixels, int runs, int warmUps, int edits) {
    this(megapixels, runs, warmUps, edits, WISH);
  }

  private static void require(boolean holds, String expected, Object found) {
    if (!holds) {
      throw new IllegalArgumentException("Expected %s, found %s".formatted(expected, found));
    }
  }
}
