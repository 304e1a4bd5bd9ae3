package dev.mneme.lab.experiment;

import dev.mneme.lab.method.Exam;
import dev.mneme.lab.method.Method;
import dev.mneme.lab.method.Workshop;
import dev.mneme.lab.report.Block;
import dev.mneme.lab.report.Plots;
import dev.mneme.lab.report.Report;
import dev.mneme.lab.run.Cells;
import dev.mneme.lab.run.LabSetting;
import dev.mneme.lab.stats.Interval;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What rivals reach in the time that the memory takes: the same trainings at the same rates, with
 * as many steps as fit into it.
 */
public final class TimeExperiment implements Experiment {
  private static final List<Method> RIVALS = List.of(Method.MATCHED, Method.FULL, Method.SHARED);

  private static final int MOST = 4;

  /**
   * A rival at one seed.
   *
   * @param steps it had time for
   * @param psnr by task, held out
   */
  record Result(long steps, Map<String, Double> psnr) {}

  @Override
  public String name() {
    return "time";
  }

  @Override
  public Report run(LabSetting setting) throws IOException {
    Exam exam = new Exam(setting.heldOut(), setting.precision());
    TunedMethod memory = TunedMethod.of(setting, exam, Method.TAUGHT);
    Map<Method, List<Result>> results = new LinkedHashMap<>();
    for (Method rival : RIVALS) {
      results.put(rival, results(setting, exam, memory, TunedMethod.of(setting, exam, rival)));
    }
    return new Report(
        name(),
        "The same time instead of the same steps",
        "Steps do not cost the same. What do rivals reach in the time that the memory and its first lesson take, at the rates"
            + " that suit them best?",
        found(memory, results),
        blocks(setting, memory, results),
        Numbers.json(Map.of("memory", memory.runs(), "rivals", results)));
  }

  private List<Result> results(LabSetting setting, Exam exam, TunedMethod memory, TunedMethod rival)
      throws IOException {
    Workshop workshop = new Workshop(setting);
    Cells cells = setting.cells(name());
    long usual = setting.scale().steps();
    long steps = steps(usual, memory.seconds(usual), rival.seconds(1));
    List<Result> results = new ArrayList<>();
    for (long seed : setting.scale().seeds()) {
      String cell = "%s-seed%d".formatted(rival.method().name().toLowerCase(Locale.ROOT), seed);
      results.add(
          cells.get(
              cell,
              Result.class,
              () ->
                  new Result(
                      steps,
                      exam.scores(
                              workshop.train(rival.method(), rival.rate(), seed, steps).entrant())
                          .psnr())));
    }
    return results;
  }

  /**
   * How many steps fit.
   *
   * @param usual steps of the memory; at most four times as many are given
   * @param seconds the memory took
   * @param secondsPerStep of the rival
   */
  static long steps(long usual, double seconds, double secondsPerStep) {
    if (!(seconds > 0 && secondsPerStep > 0)) {
      return usual; // too short to be timed
    }
    return Math.max(1, Math.min(MOST * usual, Math.round(seconds / secondsPerStep)));
  }

  private static Interval psnr(List<Result> runs, Predicate<String> tasks) {
    return Numbers.over(runs.stream().map(Result::psnr).toList(), tasks);
  }

  private static List<String> found(TunedMethod memory, Map<Method, List<Result>> results) {
    List<String> found = new ArrayList<>();
    results.forEach(
        (rival, runs) ->
            found.add(
                "In the time of the memory the %s takes %d steps and reaches %s dB; the memory %s dB."
                    .formatted(
                        rival.title(),
                        runs.get(0).steps(),
                        psnr(runs, t -> true),
                        memory.psnr(t -> true))));
    return found;
  }

  private static List<Block> blocks(
      LabSetting setting, TunedMethod memory, Map<Method, List<Result>> results)
      throws IOException {
    Map<String, Predicate<String>> groups = Numbers.groups(setting.scale().tasks());
    List<String> head = new ArrayList<>(List.of("method", "steps"));
    groups.keySet().forEach(g -> head.add(g + ", dB"));
    List<List<String>> rows = new ArrayList<>();
    List<String> own =
        new ArrayList<>(List.of(memory.method().title(), Numbers.whole(setting.scale().steps())));
    groups.values().forEach(g -> own.add(memory.psnr(g).toString()));
    rows.add(own);
    List<String> names = new ArrayList<>(List.of(memory.method().label()));
    List<Interval> overall = new ArrayList<>(List.of(memory.psnr(t -> true)));
    results.forEach(
        (rival, runs) -> {
          List<String> row =
              new ArrayList<>(List.of(rival.title(), Numbers.whole(runs.get(0).steps())));
          groups.values().forEach(g -> row.add(psnr(runs, g).toString()));
          rows.add(row);
          names.add(rival.label());
          overall.add(psnr(runs, t -> true));
        });
    return List.of(
        new Block.Table(
            "Mean PSNR over held-out photographs and wording after equal wall time, with 95 % intervals over seeds",
            head, rows),
        new Block.Plot(
            "time",
            "Mean PSNR after equal wall time; whiskers are 95 % intervals over seeds.",
            Plots.bars(
                new Plots.Axes("Equal time", "", "PSNR, dB"),
                names,
                overall.stream().mapToDouble(Interval::mean).toArray(),
                overall.stream().mapToDouble(Interval::half).toArray())));
  }
}
