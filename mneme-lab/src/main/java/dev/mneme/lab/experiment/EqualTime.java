package dev.mneme.lab.experiment;

import dev.mneme.lab.method.Exam;
import dev.mneme.lab.method.Method;
import dev.mneme.lab.method.Workshop;
import dev.mneme.lab.run.Cells;
import dev.mneme.lab.stats.Interval;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What rivals reach in the time that the memory took: the same training with more steps, or fewer.
 *
 * @param workshop that trains
 * @param cells finished parts
 * @param exam questions
 */
record EqualTime(Workshop workshop, Cells cells, Exam exam) {
  /** Who is given the time. */
  static final List<Method> RIVALS = List.of(Method.SHARED, Method.MATCHED, Method.FULL);

  private static final int MOST = 4;

  /**
   * A rival at one seed.
   *
   * @param steps it had time for
   * @param psnr by task, held out
   */
  record Result(long steps, Map<String, Double> psnr) {}

  /**
   * How many steps fit.
   *
   * @param steps of the equal-steps comparison; at most four times as many are given
   * @param seconds the memory took, its lesson included
   * @param secondsPerStep of the rival
   */
  static long steps(long steps, double seconds, double secondsPerStep) {
    if (!(seconds > 0 && secondsPerStep > 0)) {
      return steps; // too short to be timed
    }
    return Math.max(1, Math.min(MOST * steps, Math.round(seconds / secondsPerStep)));
  }

  /** Trains a rival for so many steps at each seed. */
  List<Result> results(Method rival, double rate, long steps, List<Long> seeds) throws IOException {
    List<Result> results = new ArrayList<>();
    for (long seed : seeds) {
      String cell = "equal-time-%s-seed%d".formatted(rival.name().toLowerCase(Locale.ROOT), seed);
      results.add(
          cells.get(
              cell,
              Result.class,
              () ->
                  new Result(
                      steps,
                      exam.scores(workshop.train(rival, rate, seed, steps).entrant()).psnr())));
    }
    return results;
  }

  static Interval psnr(List<Result> runs, Predicate<String> tasks) {
    return Numbers.over(runs.stream().map(Result::psnr).toList(), tasks);
  }
}
