package dev.mneme.lab.experiment;

import dev.mneme.edit.measure.Scores;
import dev.mneme.edit.task.EditTask;
import dev.mneme.lab.method.Cost;
import dev.mneme.lab.method.Ear;
import dev.mneme.lab.method.Entrant;
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
 * @param heard the same, where sentences are heard; empty where that was not asked for
 */
record TunedMethod(Method method, double rate, List<Result> runs, List<Heard> heard) {
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

  /**
   * The method at one seed as an edit has it, where sentences are {@link Ear heard}.
   *
   * @param psnr by task, held out
   */
  record Heard(Map<String, Double> psnr) {}

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
    return new TunedMethod(method, rate, runs, List.of());
  }

  /** The same, also measured as an edit has it. */
  TunedMethod hearing(LabSetting setting, Exam exam) throws IOException {
    Workshop workshop = new Workshop(setting);
    Cells cells = setting.cells(CELLS);
    List<EditTask> tasks = setting.scale().editTasks();
    List<Heard> all = new ArrayList<>();
    for (long seed : setting.scale().seeds().subList(0, runs.size())) {
      String cell = "heard-%s-seed%d".formatted(key(method), seed);
      all.add(
          cells.get(
              cell,
              Heard.class,
              () -> {
                Entrant letter = workshop.train(method, rate, seed).entrant();
                return new Heard(
                    exam.scores(letter.hearing(Ear.of(setting).hearing(), tasks)).psnr());
              }));
    }
    return new TunedMethod(method, rate, runs, all);
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
    return Numbers.over(psnrs(), tasks);
  }

  /** Mean PSNR over some tasks, over seeds, where sentences are heard. */
  Interval heard(Predicate<String> tasks) {
    return Numbers.over(heardPsnrs(), tasks);
  }

  /** Mean seconds of a training of so many steps, its first lesson included. */
  double seconds(long steps) {
    return Numbers.mean(runs.stream().map(r -> r.cost().seconds(steps)).toList());
  }

  /** How far this is ahead of another, seed by seed. */
  Interval ahead(TunedMethod other) {
    return Numbers.ahead(psnrs(), other.psnrs(), t -> true);
  }

  /** How far this is ahead of another over some tasks, seed by seed, where sentences are heard. */
  Interval aheadHeard(TunedMethod other, Predicate<String> tasks) {
    return Numbers.ahead(heardPsnrs(), other.heardPsnrs(), tasks);
  }

  private List<Map<String, Double>> psnrs() {
    return runs.stream().map(Result::psnr).toList();
  }

  /** PSNR by task of each seed where sentences are heard. */
  List<Map<String, Double>> heardPsnrs() {
    return heard.stream().map(Heard::psnr).toList();
  }
}
