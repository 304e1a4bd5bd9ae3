package dev.mneme.lab.experiment;

import dev.mneme.edit.measure.Scores;
import dev.mneme.lab.method.Cost;
import dev.mneme.lab.method.Exam;
import dev.mneme.lab.method.Method;
import dev.mneme.lab.method.Workshop;
import dev.mneme.lab.method.Workshop.Trained;
import dev.mneme.lab.run.Cells;
import dev.mneme.lab.run.LabSetting;
import dev.mneme.lab.stats.Interval;
import dev.mneme.learn.DivergedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A method trained at every seed at the rate that suits it best, and measured. Experiments of one
 * run share it.
 *
 * @param method the method
 * @param rate of the grid, best on the validation photographs at the first seed
 * @param runs one a seed; the frozen base has one for all
 */
record TunedMethod(Method method, double rate, List<Result> runs) {
  private static final String CELLS = "methods";

  /** Quality at one rate; NaN if the training diverged. */
  record Choice(double validation) {}

  /**
   * The method at one seed.
   *
   * @param rate chosen on the validation photographs
   * @param psnr by task, held out
   * @param ssim by task, held out
   * @param parameters that learn
   * @param cost of the training
   * @param latencyMillis of a request of one tile
   */
  record Result(
      double rate,
      Map<String, Double> psnr,
      Map<String, Double> ssim,
      long parameters,
      Cost cost,
      double latencyMillis) {}

  /** Trains and measures, or reads back. */
  static TunedMethod of(LabSetting setting, Exam exam, Method method) throws IOException {
    Workshop workshop = new Workshop(setting);
    Cells cells = setting.cells(CELLS);
    double rate = rate(setting, method);
    List<Long> seeds = setting.scale().seeds();
    if (method == Method.BASE) {
      seeds = seeds.subList(0, 1); // nothing in it is drawn
    }
    List<Result> runs = new ArrayList<>();
    for (long seed : seeds) {
      String cell = "%s-seed%d".formatted(key(method), seed);
      runs.add(
          cells.get(
              cell, Result.class, () -> measure(workshop.train(method, rate, seed), rate, exam)));
    }
    return new TunedMethod(method, rate, runs);
  }

  /** The memory that is looked into: after the lens' lesson, at the rate that suits it best. */
  static Trained memory(LabSetting setting, long seed) throws IOException {
    return new Workshop(setting).train(Method.TAUGHT, rate(setting, Method.TAUGHT), seed);
  }

  private static String key(Method method) {
    return method.name().toLowerCase(Locale.ROOT);
  }

  /** The rate of the grid that suits a method best, on the validation photographs. */
  static double rate(LabSetting setting, Method method) throws IOException {
    Workshop workshop = new Workshop(setting);
    Cells cells = setting.cells(CELLS);
    double best = setting.scale().rates().get(0);
    if (method == Method.BASE) {
      return best;
    }
    double highest = Double.NEGATIVE_INFINITY;
    Exam exam = new Exam(setting.validation(), setting.precision());
    for (double rate : setting.scale().rates()) {
      String cell = "choose-%s-rate%s".formatted(key(method), rate);
      Choice choice =
          cells.get(cell, Choice.class, () -> choose(setting, method, workshop, exam, rate));
      if (choice.validation() > highest) {
        highest = choice.validation();
        best = rate;
      }
    }
    return best;
  }

  private static Choice choose(
      LabSetting setting, Method method, Workshop workshop, Exam exam, double rate)
      throws IOException {
    try {
      Trained trained = workshop.train(method, rate, setting.scale().seeds().get(0));
      return new Choice(Exam.mean(exam.scores(trained.entrant())));
    } catch (DivergedException e) {
      return new Choice(Double.NaN);
    }
  }

  private static Result measure(Trained trained, double rate, Exam exam) {
    Scores scores = exam.scores(trained.entrant());
    return new Result(
        rate,
        scores.psnr(),
        scores.ssim(),
        trained.trainee().parameters(),
        trained.cost(),
        exam.latency(trained.entrant()));
  }

  /** Mean PSNR over some tasks, over seeds. */
  Interval psnr(Predicate<String> tasks) {
    return Numbers.over(runs.stream().map(Result::psnr).toList(), tasks);
  }

  /** Mean seconds of a training of so many steps, its first lesson included. */
  double seconds(long steps) {
    return Numbers.mean(runs.stream().map(r -> r.cost().seconds(steps)).toList());
  }

  /** How far this is ahead of another, seed by seed. */
  Interval ahead(TunedMethod other) {
    List<Double> differences = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      Result rival = other.runs.get(Math.min(i, other.runs.size() - 1));
      differences.add(
          Numbers.mean(runs.get(i).psnr().values()) - Numbers.mean(rival.psnr().values()));
    }
    return Interval.of(differences);
  }
}
