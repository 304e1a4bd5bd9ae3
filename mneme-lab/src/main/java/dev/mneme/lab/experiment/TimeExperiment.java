package dev.mneme.lab.experiment;

import dev.mneme.edit.task.EditTask;
import dev.mneme.lab.method.Ear;
import dev.mneme.lab.method.Entrant;
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
 * What rivals reach in the time that the memory with slots takes, its ear's included: the same
 * trainings at the same rates, with as many steps as fit into it. All are asked as an edit asks:
 * sentences are heard and read in plain words.
 */
public final class TimeExperiment implements Experiment {
  private static final List<Method> RIVALS = List.of(Method.MATCHED, Method.FULL, Method.SHARED);

  private static final int MOST = 4;

  /**
   * A rival at one seed.
   *
   * @param steps it had time for
   * @param letter PSNR by task, held out, in the sentences to the letter
   * @param heard the same where sentences are heard
   */
  record Result(long steps, Map<String, Double> letter, Map<String, Double> heard) {}

  @Override
  public String name() {
    return "time";
  }

  @Override
  public Report run(LabSetting setting) throws IOException {
    Exam exam = new Exam(setting.heldOut(), setting.precision());
    TunedMethod memory = TunedMethod.of(setting, exam, Method.SLOTS).hearing(setting, exam);
    Map<Method, List<Result>> results = new LinkedHashMap<>();
    for (Method rival : RIVALS) {
      results.put(rival, results(setting, exam, memory, TunedMethod.of(setting, exam, rival)));
    }
    return new Report(
        name(),
        "The same time instead of the same steps",
        "Steps do not cost the same. What do rivals reach in the time that the memory with slots takes, what its ear takes"
            + " included, at the rates that suit them best?",
        found(memory, results),
        blocks(setting, memory, results),
        Numbers.json(Map.of("memory", memory.heardPsnrs(), "rivals", results)));
  }

  private List<Result> results(LabSetting setting, Exam exam, TunedMethod memory, TunedMethod rival)
      throws IOException {
    Workshop workshop = new Workshop(setting);
    Cells cells = setting.cells(name());
    Ear ear = Ear.of(setting);
    List<EditTask> tasks = setting.scale().editTasks();
    long usual = setting.scale().steps();
    double beside =
        rival.seconds(0); // before its first step and after its last, whatever their number
    double given = memory.seconds(usual) + ear.seconds() - beside;
    long steps = steps(usual, given, rival.seconds(1) - beside);
    List<Result> results = new ArrayList<>();
    for (long seed : setting.scale().seeds()) {
      String cell = "%s-seed%d".formatted(rival.method().name().toLowerCase(Locale.ROOT), seed);
      results.add(
          cells.get(
              cell,
              Result.class,
              () -> {
                Entrant letter =
                    workshop.train(rival.method(), rival.rate(), seed, steps).entrant();
                return new Result(
                    steps,
                    exam.scores(letter).psnr(),
                    exam.scores(letter.hearing(ear.hearing(), tasks)).psnr());
              }));
    }
    return results;
  }

  /**
   * How many steps fit.
   *
   * @param usual steps of the memory; at most four times as many are given
   * @param seconds there are for steps
   * @param secondsPerStep of the rival
   */
  static long steps(long usual, double seconds, double secondsPerStep) {
    if (!(seconds > 0 && secondsPerStep > 0)) {
      return usual; // too short to be timed
    }
    return Math.max(1, Math.min(MOST * usual, Math.round(seconds / secondsPerStep)));
  }

  private static Interval letter(List<Result> runs, Predicate<String> tasks) {
    return Numbers.over(runs.stream().map(Result::letter).toList(), tasks);
  }

  private static List<Map<String, Double>> heard(List<Result> runs) {
    return runs.stream().map(Result::heard).toList();
  }

  private static List<String> found(TunedMethod memory, Map<Method, List<Result>> results) {
    List<String> found = new ArrayList<>();
    results.forEach(
        (rival, runs) ->
            found.add(
                "In the time of the memory with slots the %s takes %d steps and reaches %s dB (to the letter %s); the memory %s dB, %s ahead, seed by seed."
                    .formatted(
                        rival.title(),
                        runs.get(0).steps(),
                        Numbers.over(heard(runs), t -> true),
                        letter(runs, t -> true),
                        memory.heard(t -> true),
                        Numbers.ahead(memory.heardPsnrs(), heard(runs), t -> true))));
    return found;
  }

  private static List<Block> blocks(
      LabSetting setting, TunedMethod memory, Map<Method, List<Result>> results)
      throws IOException {
    Map<String, Predicate<String>> groups = Numbers.groups(setting.scale().tasks());
    List<String> names = new ArrayList<>(List.of(memory.method().heard()));
    List<Interval> overall = new ArrayList<>(List.of(memory.heard(t -> true)));
    results.forEach(
        (rival, runs) -> {
          names.add(rival.label());
          overall.add(Numbers.over(heard(runs), t -> true));
        });
    return List.of(
        new Block.Table(
            "Mean PSNR in dB on held-out photographs and wording after equal wall time, where sentences are heard, with 95 % intervals over seeds",
            head(groups, "method", "steps"), quality(setting, memory, results, groups)),
        new Block.Table(
            "How far the memory is ahead, seed by seed, dB",
            head(groups, "of"),
            ahead(memory, results, groups)),
        new Block.Plot(
            "time",
            "Mean PSNR after equal wall time; whiskers are 95 % intervals over seeds.",
            Plots.bars(
                new Plots.Axes("Equal time", "", "PSNR, dB"),
                names,
                overall.stream().mapToDouble(Interval::mean).toArray(),
                overall.stream().mapToDouble(Interval::half).toArray())));
  }

  private static List<String> head(Map<String, Predicate<String>> groups, String... first) {
    List<String> head = new ArrayList<>(List.of(first));
    head.addAll(groups.keySet());
    return head;
  }

  private static List<List<String>> quality(
      LabSetting setting,
      TunedMethod memory,
      Map<Method, List<Result>> results,
      Map<String, Predicate<String>> groups) {
    List<List<String>> rows = new ArrayList<>();
    String steps = Numbers.whole(setting.scale().steps());
    List<String> own = new ArrayList<>(List.of(memory.method().heard(), steps));
    groups.values().forEach(g -> own.add(memory.heard(g).toString()));
    rows.add(own);
    results.forEach(
        (rival, runs) -> {
          List<String> row =
              new ArrayList<>(List.of(rival.label(), Numbers.whole(runs.get(0).steps())));
          groups.values().forEach(g -> row.add(Numbers.over(heard(runs), g).toString()));
          rows.add(row);
        });
    return rows;
  }

  private static List<List<String>> ahead(
      TunedMethod memory,
      Map<Method, List<Result>> results,
      Map<String, Predicate<String>> groups) {
    List<List<String>> rows = new ArrayList<>();
    results.forEach(
        (rival, runs) -> {
          List<String> row = new ArrayList<>(List.of(rival.label()));
          groups
              .values()
              .forEach(g -> row.add(Numbers.ahead(memory.heardPsnrs(), heard(runs), g).toString()));
          rows.add(row);
        });
    return rows;
  }
}
