package dev.mneme.lab.experiment;

import dev.mneme.edit.measure.Scores;
import dev.mneme.edit.picture.Picture;
import dev.mneme.lab.method.Cost;
import dev.mneme.lab.method.Exam;
import dev.mneme.lab.method.Method;
import dev.mneme.lab.method.Workshop;
import dev.mneme.lab.method.Workshop.Trained;
import dev.mneme.lab.report.Block;
import dev.mneme.lab.report.Plots;
import dev.mneme.lab.report.Report;
import dev.mneme.lab.run.Cells;
import dev.mneme.lab.run.LabSetting;
import dev.mneme.lab.run.Scale;
import dev.mneme.lab.stats.Interval;
import dev.mneme.learn.DivergedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** All methods on the same tasks, with the same data, steps and grid of rates; quality and cost. */
public final class MethodsExperiment implements Experiment {

  /** Quality at one rate; NaN if the training diverged. */
  record Choice(double validation) {}

  /**
   * One method at one seed.
   *
   * @param rate chosen on the validation photographs
   * @param psnr by task, held out
   * @param ssim by task, held out
   * @param cost of the training
   */
  record Result(
      double rate,
      Map<String, Double> psnr,
      Map<String, Double> ssim,
      long parameters,
      Cost cost,
      double latencyMillis) {}

  @Override
  public String name() {
    return "methods";
  }

  @Override
  public Report run(LabSetting setting) throws IOException {
    Workshop workshop = new Workshop(setting);
    Cells cells = setting.cells(name());
    Exam exam = new Exam(setting.heldOut(), setting.precision());
    Map<Method, Double> rates = new EnumMap<>(Method.class);
    Map<Method, List<Result>> results = new EnumMap<>(Method.class);
    for (Method method : Method.values()) {
      double rate = rate(setting, method, workshop, cells);
      rates.put(method, rate);
      List<Long> seeds = setting.scale().seeds();
      if (method == Method.BASE) {
        seeds = seeds.subList(0, 1); // nothing in it is drawn
      }
      for (long seed : seeds) {
        String cell = "%s-seed%d".formatted(method.name().toLowerCase(Locale.ROOT), seed);
        Result result =
            cells.get(
                cell, Result.class, () -> measure(workshop.train(method, rate, seed), rate, exam));
        results.computeIfAbsent(method, m -> new ArrayList<>()).add(result);
      }
    }
    Map<Method, List<EqualTime.Result>> equal = equalTime(setting, exam, rates, results);
    List<Block> blocks = new ArrayList<>(blocks(setting, exam, results));
    blocks.add(1, timeTable(setting, results.get(Method.TAUGHT), equal));
    blocks.add(gallery(setting, workshop, exam, rates));
    return new Report(
        name(),
        "Ways to adapt a frozen base",
        "Which way of adapting one frozen base serves all tasks best, and what does it cost? Every method sees the same examples in"
            + " the same order, takes as many steps and tries the same learning rates; the rate is chosen on photographs that are"
            + " neither learned from nor measured with.",
        found(setting.scale(), results),
        blocks,
        Numbers.json(Map.of("results", results, "equalTime", equal)));
  }

  private Map<Method, List<EqualTime.Result>> equalTime(
      LabSetting setting, Exam exam, Map<Method, Double> rates, Map<Method, List<Result>> results)
      throws IOException {
    EqualTime time = new EqualTime(new Workshop(setting), setting.cells(name()), exam);
    long steps = setting.scale().steps();
    double memory = seconds(results.get(Method.TAUGHT), steps);
    Map<Method, List<EqualTime.Result>> equal = new EnumMap<>(Method.class);
    for (Method rival : EqualTime.RIVALS) {
      double aStep = seconds(results.get(rival), steps) / steps;
      long fit = EqualTime.steps(steps, memory, aStep);
      equal.put(rival, time.results(rival, rates.get(rival), fit, setting.scale().seeds()));
    }
    return equal;
  }

  private static double seconds(List<Result> runs, long steps) {
    return Numbers.mean(runs.stream().map(r -> r.cost().seconds(steps)).toList());
  }

  private static Block timeTable(
      LabSetting setting, List<Result> taught, Map<Method, List<EqualTime.Result>> equal) {
    Map<String, Predicate<String>> groups = Numbers.groups(setting.scale().tasks());
    List<String> head = new ArrayList<>(List.of("method", "steps"));
    groups.keySet().forEach(g -> head.add(g + ", dB"));
    List<List<String>> rows = new ArrayList<>();
    List<String> own =
        new ArrayList<>(List.of(Method.TAUGHT.title(), Numbers.whole(setting.scale().steps())));
    groups.values().forEach(g -> own.add(psnr(taught, g).toString()));
    rows.add(own);
    equal.forEach(
        (rival, runs) -> {
          List<String> row =
              new ArrayList<>(List.of(rival.title(), Numbers.whole(runs.get(0).steps())));
          groups.values().forEach(g -> row.add(EqualTime.psnr(runs, g).toString()));
          rows.add(row);
        });
    return new Block.Table(
        "At equal wall time: rivals may take as many steps as fit into the time of the memory and its lesson, four times as many at most",
        head,
        rows);
  }

  /** The best rate of the grid, at the first seed. */
  private static double rate(LabSetting setting, Method method, Workshop workshop, Cells cells)
      throws IOException {
    double best = setting.scale().rates().get(0);
    if (method == Method.BASE) {
      return best;
    }
    double highest = Double.NEGATIVE_INFINITY;
    Exam exam = new Exam(setting.validation(), setting.precision());
    for (double rate : setting.scale().rates()) {
      String cell = "choose-%s-rate%s".formatted(method.name().toLowerCase(Locale.ROOT), rate);
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

  private static List<String> found(Scale scale, Map<Method, List<Result>> results) {
    List<String> found = new ArrayList<>();
    Interval memory = psnr(results.get(Method.TAUGHT), t -> true);
    for (Method method : Method.values()) {
      if (method != Method.TAUGHT) {
        Interval other = psnr(results.get(method), t -> true);
        found.add(
            "The %s reaches %s dB, %s %s dB: a difference of %s dB, seed by seed."
                .formatted(
                    Method.TAUGHT.title(),
                    memory,
                    method.title(),
                    other,
                    difference(results.get(Method.TAUGHT), results.get(method))));
      }
    }
    if (scale.seeds().size() < 3) {
      found.add(
          "%d seeds: an interval over so few is wide, and differences inside it mean nothing."
              .formatted(scale.seeds().size()));
    }
    return found;
  }

  /** Of runs with the same seed; the frozen base has one run for all seeds. */
  private static Interval difference(List<Result> runs, List<Result> others) {
    List<Double> differences = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      Result other = others.get(Math.min(i, others.size() - 1));
      differences.add(
          Numbers.mean(runs.get(i).psnr().values()) - Numbers.mean(other.psnr().values()));
    }
    return Interval.of(differences);
  }

  private static Interval psnr(List<Result> runs, Predicate<String> tasks) {
    return Numbers.over(runs.stream().map(Result::psnr).toList(), tasks);
  }

  private List<Block> blocks(LabSetting setting, Exam exam, Map<Method, List<Result>> results)
      throws IOException {
    List<String> tasks = setting.scale().tasks();
    Map<String, Predicate<String>> groups = Numbers.groups(tasks);
    List<String> head = new ArrayList<>(List.of("method"));
    groups.keySet().forEach(g -> head.add(g + ", dB"));
    head.addAll(
        List.of(
            "SSIM",
            "rate",
            "learning values",
            "s a step",
            "s of first lesson",
            "peak memory, MB",
            "ms a request"));
    List<List<String>> rows = new ArrayList<>();
    Scores source = exam.source();
    List<String> nothing = new ArrayList<>(List.of("source as it is"));
    groups.values().forEach(g -> nothing.add(Numbers.of(source.meanPsnr(g))));
    nothing.add(Numbers.of(Numbers.mean(source.ssim().values())));
    nothing.addAll(List.of("", "", "", "", "", ""));
    rows.add(nothing);
    results.forEach((method, runs) -> rows.add(row(method, runs, groups)));
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Table(
            "Mean PSNR over held-out photographs and wording, with 95 % intervals over seeds, and cost",
            head, rows));
    blocks.add(
        new Block.Plot(
            "quality",
            "Mean PSNR of each method; whiskers are 95 % intervals over seeds.",
            Plots.bars(
                new Plots.Axes("Quality", "", "PSNR, dB"),
                results.keySet().stream().map(Method::title).toList(),
                results.values().stream().mapToDouble(r -> psnr(r, t -> true).mean()).toArray(),
                results.values().stream().mapToDouble(r -> psnr(r, t -> true).half()).toArray())));
    List<String> byTask = new ArrayList<>(List.of("task", "source"));
    results.keySet().forEach(m -> byTask.add(m.title()));
    List<List<String>> taskRows = new ArrayList<>();
    for (String task : tasks) {
      List<String> row = new ArrayList<>(List.of(task, Numbers.of(source.psnr().get(task))));
      results.values().forEach(runs -> row.add(psnr(runs, task::equals).toString()));
      taskRows.add(row);
    }
    blocks.add(new Block.Table("PSNR by task, dB", byTask, taskRows));
    return blocks;
  }

  private static List<String> row(
      Method method, List<Result> runs, Map<String, Predicate<String>> groups) {
    List<String> row = new ArrayList<>(List.of(method.title()));
    groups.values().forEach(g -> row.add(psnr(runs, g).toString()));
    row.add(Numbers.over(runs.stream().map(Result::ssim).toList(), t -> true).toString());
    Result first = runs.get(0);
    boolean learns = first.parameters() > 0;
    row.add(learns ? Double.toString(first.rate()) : "");
    row.add(Numbers.whole(first.parameters()));
    row.add(Numbers.seconds(runs.stream().map(r -> r.cost().secondsPerStep()).toList()));
    row.add(Numbers.whole(Numbers.mean(runs.stream().map(r -> r.cost().lessonSeconds()).toList())));
    row.add(
        Numbers.whole(runs.stream().mapToLong(r -> r.cost().peakBytes()).max().orElse(0) / 1e6));
    row.add(Interval.of(runs.stream().map(Result::latencyMillis).toList()).toString());
    return row;
  }

  private static Block gallery(
      LabSetting setting, Workshop workshop, Exam exam, Map<Method, Double> rates)
      throws IOException {
    Map<String, List<Picture>> answers = new LinkedHashMap<>();
    long seed = setting.scale().seeds().get(0);
    for (Map.Entry<Method, Double> e : rates.entrySet()) {
      answers.put(
          e.getKey().title(),
          exam.answers(workshop.train(e.getKey(), e.getValue(), seed).entrant()));
    }
    List<Block.Row> rows = new ArrayList<>();
    exam.samples(answers).forEach((task, pictures) -> rows.add(new Block.Row(task, pictures)));
    return new Block.Gallery("One held-out question a task, first seed:", rows);
  }
}
