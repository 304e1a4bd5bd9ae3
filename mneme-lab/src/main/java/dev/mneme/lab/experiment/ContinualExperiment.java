package dev.mneme.lab.experiment;

import dev.mneme.edit.task.EditTask;
import dev.mneme.lab.method.Exam;
import dev.mneme.lab.method.Method;
import dev.mneme.lab.method.Setup;
import dev.mneme.lab.method.Workshop;
import dev.mneme.lab.report.Block;
import dev.mneme.lab.report.Plots;
import dev.mneme.lab.report.Report;
import dev.mneme.lab.run.Cells;
import dev.mneme.lab.run.LabSetting;
import dev.mneme.lab.run.Scale;
import dev.mneme.lab.stats.Continual;
import dev.mneme.lab.stats.Interval;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tasks that arrive group after group: what is forgotten, and what holds it. */
public final class ContinualExperiment implements Experiment {
  /** R[t][i]: PSNR on group i after group t. */
  record Result(double[][] r) {}

  /** PSNR of the frozen base on each group. */
  record Before(double[] scores) {}

  @Override
  public String name() {
    return "continual";
  }

  @Override
  public Report run(LabSetting setting) throws IOException {
    Stages stages = Stages.of(setting.scale());
    List<List<EditTask>> groups = stages.groups();
    Exam exam = exam(setting, stages);
    Cells cells = setting.cells(name());
    Before before =
        cells.get("before", Before.class, () -> new Before(before(setting, groups, exam)));
    Map<Strategy, List<Continual>> results = new EnumMap<>(Strategy.class);
    for (Strategy strategy : Strategy.values()) {
      double rate = TunedMethod.rate(setting, strategy.method(!stages.shipped().isEmpty()));
      for (long seed : setting.scale().seeds()) {
        String cell = "%s-seed%d".formatted(strategy.name().toLowerCase(Locale.ROOT), seed);
        Result result =
            cells.get(
                cell,
                Result.class,
                () ->
                    new Result(new Curriculum(setting, stages, strategy, rate, seed).scores(exam)));
        results
            .computeIfAbsent(strategy, s -> new ArrayList<>())
            .add(new Continual(result.r(), before.scores()));
      }
    }
    return new Report(
        name(),
        "Learning one group of tasks after another",
        asked(setting.scale(), stages),
        found(stages, results),
        blocks(names(stages), results, before.scores()),
        Numbers.json(
            Map.of("groups", names(stages), "before", before.scores(), "results", results)));
  }

  /**
   * Fewer pictures a task where the tasks are many, for all of them are asked after every group.
   */
  private static Exam exam(LabSetting setting, Stages stages) {
    int rounds = setting.scale().rounds();
    int some = stages.shipped().isEmpty() ? rounds : Math.max(2, rounds / 2);
    return new Exam(setting.heldOut(stages.tasks(), some), setting.precision());
  }

  private static String asked(Scale scale, Stages stages) {
    String before =
        stages.shipped().isEmpty()
            ? ""
            : "First %d tasks are learned together for %d steps. "
                .formatted(stages.shipped().size(), scale.steps());
    return before
        + "When groups of tasks arrive one after another, what is forgotten of the earlier ones? Every strategy takes %d steps a group; nothing is seen again but by the one that keeps %d old examples of each task. The one that is held keeps %d conditions of each task, the one that grows their training sentences, and neither a picture."
            .formatted(scale.groupSteps(), Curriculum.EXAMPLES, Curriculum.CONDITIONS);
  }

  private static double[] before(LabSetting setting, List<List<EditTask>> groups, Exam exam) {
    List<EditTask> all = groups.stream().flatMap(List::stream).toList();
    Setup setup = new Workshop(setting).setup(all, 0);
    Map<String, Double> psnr = exam.scores(Method.BASE.begin(setup).entrant(null)).psnr();
    return groups.stream().mapToDouble(g -> Curriculum.mean(psnr, g)).toArray();
  }

  private static List<String> names(Stages stages) {
    List<List<EditTask>> groups = stages.groups();
    return IntStream.range(0, groups.size())
        .mapToObj(
            g ->
                stages.isShipped(g)
                    ? "the %d that were learned before".formatted(stages.shipped().size())
                    : groups.get(g).stream().map(EditTask::name).collect(Collectors.joining(", ")))
        .toList();
  }

  private static Interval over(List<Continual> runs, ToDoubleFunction<Continual> of) {
    return Interval.of(runs.stream().map(of::applyAsDouble).toList());
  }

  private static List<String> found(Stages stages, Map<Strategy, List<Continual>> results) {
    List<String> found = new ArrayList<>();
    results.forEach(
        (strategy, runs) -> {
          String average = over(runs, Continual::average).toString();
          String end =
              strategy == Strategy.JOINT
                  ? "%s: %s dB.".formatted(strategy.title(), average)
                  : "%s: %s dB just after each group, %s dB at the end, forgetting %s dB."
                      .formatted(
                          strategy.title(),
                          over(runs, Continual::learned),
                          average,
                          over(runs, Continual::forgetting));
          found.add(
              stages.shipped().isEmpty()
                  ? end
                  : "%s What was learned before has lost %s dB."
                      .formatted(end, over(runs, c -> c.lost(0))));
        });
    double naive = over(results.get(Strategy.NAIVE), Continual::forgetting).mean();
    double held = over(results.get(Strategy.ANCHORED), Continual::forgetting).mean();
    double replay = over(results.get(Strategy.REPLAY), Continual::forgetting).mean();
    found.add(
        "What arrived stands at %s dB at the end where the memory is held, and at %s where all is learned at once."
            .formatted(
                over(results.get(Strategy.ANCHORED), Continual::laterAtTheEnd),
                over(results.get(Strategy.JOINT), Continual::laterAtTheEnd)));
    found.add(
        "With a LoRA beside the memory for each of them, and the memory left as it is, it stands at %s, and forgetting is %s dB."
            .formatted(
                over(results.get(Strategy.BESIDE), Continual::laterAtTheEnd),
                over(results.get(Strategy.BESIDE), Continual::forgetting)));
    found.add(
        "Against naive learning the memory forgets %+.2f dB when it is held to what it said, and %+.2f dB with old examples."
            .formatted(held - naive, replay - naive));
    return found;
  }

  private static List<Block> blocks(
      List<String> groups, Map<Strategy, List<Continual>> results, double[] before)
      throws IOException {
    List<Block> blocks = new ArrayList<>();
    List<List<String>> arriving = new ArrayList<>();
    for (int g = 0; g < groups.size(); g++) {
      arriving.add(List.of("group %d: %s".formatted(g + 1, groups.get(g)), Numbers.of(before[g])));
    }
    blocks.add(new Block.Table("Groups as they arrive", List.of("group", "base, dB"), arriving));
    List<List<String>> known = new ArrayList<>();
    List<List<String>> moved = new ArrayList<>();
    results.forEach(
        (strategy, runs) -> {
          boolean joint = strategy == Strategy.JOINT;
          known.add(
              List.of(
                  strategy.title(),
                  over(runs, Continual::average).toString(),
                  over(runs, c -> c.lost(0)).toString(),
                  joint ? "" : over(runs, Continual::laterLearned).toString(),
                  over(runs, Continual::laterAtTheEnd).toString()));
          if (!joint) {
            moved.add(
                List.of(
                    strategy.title(),
                    over(runs, Continual::learned).toString(),
                    over(runs, Continual::backwardTransfer).toString(),
                    over(runs, Continual::forgetting).toString(),
                    over(runs, Continual::forwardTransfer).toString()));
          }
        });
    blocks.add(
        new Block.Table(
            "At the end, in dB with 95 % intervals over seeds",
            List.of(
                "strategy",
                "all groups",
                "the first has lost",
                "the others, just learned",
                "… at the end"),
            known));
    blocks.add(
        new Block.Table(
            "Over all groups, in dB with 95 % intervals over seeds",
            List.of(
                "strategy", "just learned", "backward transfer", "forgetting", "forward transfer"),
            moved));
    blocks.add(
        new Block.Plot(
            "average",
            "Mean PSNR over all groups, learned or not, after each group.",
            Plots.lines(
                new Plots.Axes("All groups, after each group", "groups learned", "PSNR, dB"),
                curves(results, before))));
    results.forEach((strategy, runs) -> blocks.add(matrix(strategy, runs)));
    return blocks;
  }

  private static Map<String, Plots.Curve> curves(
      Map<Strategy, List<Continual>> results, double[] before) {
    Map<String, Plots.Curve> curves = new LinkedHashMap<>();
    int groups = before.length;
    results.forEach(
        (strategy, runs) -> {
          double[] x = new double[groups + 1];
          double[] y = new double[groups + 1];
          y[0] = java.util.Arrays.stream(before).average().orElseThrow();
          for (int t = 0; t < groups; t++) {
            int row = t;
            x[t + 1] = t + 1;
            y[t + 1] =
                over(runs, c -> java.util.Arrays.stream(c.r()[row]).average().orElseThrow()).mean();
          }
          curves.put(strategy.title(), new Plots.Curve(x, y, null));
        });
    return curves;
  }

  private static Block matrix(Strategy strategy, List<Continual> runs) {
    int groups = runs.get(0).r().length;
    List<String> head = new ArrayList<>(List.of("after"));
    IntStream.range(0, groups).forEach(i -> head.add("group " + (i + 1)));
    List<List<String>> rows = new ArrayList<>();
    for (int t = 0; t < groups; t++) {
      List<String> row = new ArrayList<>(List.of("group " + (t + 1)));
      for (int i = 0; i < groups; i++) {
        int from = t;
        int on = i;
        row.add(over(runs, c -> c.r()[from][on]).toString());
      }
      rows.add(row);
    }
    return new Block.Table("R[t,i] in dB: " + strategy.title(), head, rows);
  }
}
