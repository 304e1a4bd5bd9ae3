package dev.mneme.lab.experiment;

import dev.mneme.edit.measure.Scores;
import dev.mneme.edit.picture.Picture;
import dev.mneme.lab.experiment.TunedMethod.Result;
import dev.mneme.lab.method.Exam;
import dev.mneme.lab.method.Method;
import dev.mneme.lab.method.Workshop;
import dev.mneme.lab.report.Block;
import dev.mneme.lab.report.Plots;
import dev.mneme.lab.report.Report;
import dev.mneme.lab.run.LabSetting;
import dev.mneme.lab.run.Scale;
import dev.mneme.lab.stats.Interval;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** All methods on the same tasks, with the same data, steps and grid of rates; quality and cost. */
public final class MethodsExperiment implements Experiment {
  @Override
  public String name() {
    return "methods";
  }

  @Override
  public Report run(LabSetting setting) throws IOException {
    Exam exam = new Exam(setting.heldOut(), setting.precision());
    Map<Method, TunedMethod> results = new EnumMap<>(Method.class);
    for (Method method : Method.values()) {
      results.put(method, TunedMethod.of(setting, exam, method).hearing(setting, exam));
    }
    List<Block> blocks = new ArrayList<>(blocks(setting, exam, results));
    blocks.add(gallery(setting, exam, results.values()));
    Map<Method, List<Result>> runs = new EnumMap<>(Method.class);
    Map<Method, List<Map<String, Double>>> heard = new EnumMap<>(Method.class);
    results.forEach(
        (method, tuned) -> {
          runs.put(method, tuned.runs());
          heard.put(method, tuned.heardPsnrs());
        });
    return new Report(
        name(),
        "Ways to adapt a frozen base",
        "Which way of adapting one frozen base serves all tasks best, and what does it cost? Every method sees the same examples in"
            + " the same order, takes as many steps and tries the same learning rates; the rate is chosen on photographs that are"
            + " neither learned from nor measured with. All are asked twice: in the sentences to the letter, and as an edit has it, where"
            + " an ear that knows the training sentences says which task is meant and puts it in plain words.",
        found(setting.scale(), results),
        blocks,
        Numbers.json(Map.of("toTheLetter", runs, "heard", heard)));
  }

  private static List<String> found(Scale scale, Map<Method, TunedMethod> results) {
    List<String> found = new ArrayList<>();
    TunedMethod slots = results.get(Method.SLOTS);
    for (Method method : Method.values()) {
      if (method != Method.SLOTS) {
        found.add(
            "Where sentences are heard, slots reach %s dB, %s %s dB: a difference of %s dB, seed by seed."
                .formatted(
                    slots.heard(t -> true),
                    method.heard(),
                    results.get(method).heard(t -> true),
                    slots.aheadHeard(results.get(method), t -> true)));
      }
    }
    TunedMethod memory = results.get(Method.TAUGHT);
    for (Method method : Method.values()) {
      if (method != Method.TAUGHT) {
        TunedMethod other = results.get(method);
        found.add(
            "To the letter the %s reaches %s dB, %s %s dB: a difference of %s dB, seed by seed."
                .formatted(
                    memory.method().title(),
                    memory.psnr(t -> true),
                    method.title(),
                    other.psnr(t -> true),
                    memory.ahead(other)));
      }
    }
    if (scale.seeds().size() < 3) {
      found.add(
          "%d seeds: an interval over so few is wide, and differences inside it mean nothing."
              .formatted(scale.seeds().size()));
    }
    return found;
  }

  private List<Block> blocks(LabSetting setting, Exam exam, Map<Method, TunedMethod> results)
      throws IOException {
    List<String> tasks = setting.scale().tasks();
    Map<String, Predicate<String>> groups = Numbers.groups(tasks);
    Scores source = exam.source();
    List<Block> blocks = new ArrayList<>();
    blocks.add(letter(source, results, groups));
    blocks.addAll(heard(results, groups));
    blocks.add(bars("quality", "To the letter", results, Method::label, r -> r.psnr(t -> true)));
    blocks.add(bars("heard", "Heard", results, Method::heard, r -> r.heard(t -> true)));
    blocks.add(cost(results));
    List<String> byTask = new ArrayList<>(List.of("task", "source"));
    results.keySet().forEach(m -> byTask.add(m.label()));
    List<List<String>> taskRows = new ArrayList<>();
    for (String task : tasks) {
      List<String> row = new ArrayList<>(List.of(task, Numbers.of(source.psnr().get(task))));
      results.values().forEach(tuned -> row.add(tuned.psnr(task::equals).toString()));
      taskRows.add(row);
    }
    blocks.add(new Block.Table("PSNR by task, dB", byTask, taskRows));
    return blocks;
  }

  /** What an edit has; who is told the task to the letter is told here what was heard. */
  private static List<Block> heard(
      Map<Method, TunedMethod> results, Map<String, Predicate<String>> groups) {
    TunedMethod slots = results.get(Method.SLOTS);
    List<List<String>> quality = new ArrayList<>();
    List<List<String>> ahead = new ArrayList<>();
    results.forEach(
        (method, tuned) -> {
          List<String> row = new ArrayList<>(List.of(method.heard()));
          groups.values().forEach(g -> row.add(tuned.heard(g).toString()));
          quality.add(row);
          if (method != Method.SLOTS) {
            List<String> than = new ArrayList<>(List.of(method.heard()));
            groups.values().forEach(g -> than.add(slots.aheadHeard(tuned, g).toString()));
            ahead.add(than);
          }
        });
    return List.of(
        new Block.Table(
            "The same where sentences are heard and read in plain words, as in an edit",
            head(groups, "method"),
            quality),
        new Block.Table(
            "How far the memory with slots is ahead there, in dB, seed by seed",
            head(groups, "than"),
            ahead));
  }

  private static Block bars(
      String name,
      String title,
      Map<Method, TunedMethod> results,
      Function<Method, String> label,
      Function<TunedMethod, Interval> of)
      throws IOException {
    return new Block.Plot(
        name,
        "Mean PSNR of each method; whiskers are 95 % intervals over seeds.",
        Plots.bars(
            new Plots.Axes(title, "", "PSNR, dB"),
            results.keySet().stream().map(label).toList(),
            results.values().stream().mapToDouble(r -> of.apply(r).mean()).toArray(),
            results.values().stream().mapToDouble(r -> of.apply(r).half()).toArray()));
  }

  private static Block letter(
      Scores source, Map<Method, TunedMethod> results, Map<String, Predicate<String>> groups) {
    List<List<String>> rows = new ArrayList<>();
    List<String> nothing = new ArrayList<>(List.of("source as it is"));
    groups.values().forEach(g -> nothing.add(Numbers.of(source.meanPsnr(g))));
    nothing.add(Numbers.of(Numbers.mean(source.ssim().values())));
    rows.add(nothing);
    results.forEach(
        (method, tuned) -> {
          List<String> row = new ArrayList<>(List.of(method.label()));
          groups.values().forEach(g -> row.add(tuned.psnr(g).toString()));
          List<Map<String, Double>> ssim = tuned.runs().stream().map(Result::ssim).toList();
          row.add(Numbers.over(ssim, t -> true).toString());
          rows.add(row);
        });
    return new Block.Table(
        "Mean PSNR in dB, and SSIM, on held-out photographs and wording to the letter, with 95 % intervals over seeds",
        head(groups, "method", "SSIM"), rows);
  }

  private static Block cost(Map<Method, TunedMethod> results) {
    List<List<String>> rows = new ArrayList<>();
    results.values().forEach(tuned -> rows.add(cost(tuned)));
    return new Block.Table(
        "What each is, and costs",
        List.of(
            "",
            "method",
            "rate",
            "learning values",
            "s a step",
            "s before and after",
            "peak memory, MB",
            "ms a request"),
        rows);
  }

  private static List<String> cost(TunedMethod tuned) {
    List<Result> runs = tuned.runs();
    Result first = runs.get(0);
    return List.of(
        tuned.method().label(),
        tuned.method().title(),
        first.parameters() > 0 ? Double.toString(first.rate()) : "",
        Numbers.whole(first.parameters()),
        Numbers.seconds(runs.stream().map(r -> r.cost().secondsPerStep()).toList()),
        Numbers.whole(Numbers.mean(runs.stream().map(r -> r.cost().lessonSeconds()).toList())),
        Numbers.whole(runs.stream().mapToLong(r -> r.cost().peakBytes()).max().orElse(0) / 1e6),
        Interval.of(runs.stream().map(Result::latencyMillis).toList()).toString());
  }

  private static List<String> head(
      Map<String, Predicate<String>> groups, String first, String... last) {
    List<String> head = new ArrayList<>(List.of(first));
    head.addAll(groups.keySet());
    head.addAll(List.of(last));
    return head;
  }

  private static Block gallery(LabSetting setting, Exam exam, Collection<TunedMethod> results)
      throws IOException {
    Workshop workshop = new Workshop(setting);
    Map<String, List<Picture>> answers = new LinkedHashMap<>();
    long seed = setting.scale().seeds().get(0);
    for (TunedMethod tuned : results) {
      answers.put(
          tuned.method().title(),
          exam.answers(workshop.train(tuned.method(), tuned.rate(), seed).entrant()));
    }
    List<Block.Row> rows = new ArrayList<>();
    exam.samples(answers).forEach((task, pictures) -> rows.add(new Block.Row(task, pictures)));
    return new Block.Gallery("One held-out question a task, first seed:", rows);
  }
}
