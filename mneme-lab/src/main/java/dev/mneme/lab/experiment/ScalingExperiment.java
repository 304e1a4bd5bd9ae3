package dev.mneme.lab.experiment;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.task.EditTask;
import dev.mneme.lab.method.Cost;
import dev.mneme.lab.method.Exam;
import dev.mneme.lab.method.Method;
import dev.mneme.lab.method.Trainee;
import dev.mneme.lab.method.Workshop;
import dev.mneme.lab.report.Block;
import dev.mneme.lab.report.Plots;
import dev.mneme.lab.report.Report;
import dev.mneme.lab.run.GeneratorShape;
import dev.mneme.lab.run.LabSetting;
import dev.mneme.lab.stats.Interval;
import dev.mneme.learn.Progress;
import dev.mneme.memory.TrainableMemory;
import dev.mneme.memory.generator.FunctionalMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Turns one knob of the memory at a time. */
public final class ScalingExperiment implements Experiment {

  /**
   * One setting of the knobs.
   *
   * @param knob which one is turned
   * @param value to what
   * @param shape of the generator
   * @param sight makes of a memory one that sees another part of the condition; null for all of it
   * @param photos how many are learned from; 0 for all
   */
  record Variant(
      String knob,
      String value,
      GeneratorShape shape,
      UnaryOperator<TrainableMemory> sight,
      int photos) {
    String key() {
      return "%s-%s".formatted(knob, value).replaceAll("[^A-Za-z0-9]+", "_");
    }
  }

  /** One variant at one seed. */
  record Result(double psnr, long parameters, double secondsPerStep) {}

  @Override
  public String name() {
    return "scaling";
  }

  @Override
  public Report run(LabSetting setting) throws IOException {
    Workshop workshop = new Workshop(setting);
    Exam exam = new Exam(setting.heldOut(), setting.precision());
    Map<Variant, List<Result>> results = new LinkedHashMap<>();
    for (Variant variant : variants(setting)) {
      for (long seed : setting.scale().seeds()) {
        Result result =
            setting
                .cells(name())
                .get(
                    "%s-seed%d".formatted(variant.key(), seed),
                    Result.class,
                    () -> measure(setting, workshop, variant, seed, exam));
        results.computeIfAbsent(variant, v -> new ArrayList<>()).add(result);
      }
    }
    Map<String, List<Result>> numbers = new LinkedHashMap<>();
    results.forEach((v, runs) -> numbers.put(v.key(), runs));
    return new Report(
        name(),
        "What the memory is made of",
        "Which of the memory's sizes, which part of what it looks at, and how much data does its quality hang on? One knob is turned"
            + " at a time; everything else stays at the setting, learning rate and steps too, so a larger memory may not have"
            + " learned as far as it could.",
        found(results),
        blocks(results),
        Numbers.json(numbers));
  }

  static List<Variant> variants(LabSetting setting) {
    GeneratorShape usual = setting.scale().shape();
    int token = setting.editor().config().width();
    int photos = setting.photos().train().size();
    List<Variant> all = new ArrayList<>();
    all.add(new Variant("as set", "", usual, null, 0));
    for (int blocks : List.of(1, 2, 4)) {
      if (blocks != usual.blocks()) {
        all.add(new Variant("depth", blocks + " blocks", usual.withBlocks(blocks), null, 0));
      }
    }
    for (int width : List.of(usual.width() / 2, usual.width() * 2)) {
      all.add(new Variant("width", Integer.toString(width), usual.withWidth(width), null, 0));
    }
    for (int rank : List.of(Math.max(1, usual.rank() / 2), usual.rank() * 2)) {
      all.add(new Variant("rank", Integer.toString(rank), usual.withRank(rank), null, 0));
    }
    for (int size : List.of(token / 2, token * 2)) {
      all.add(
          new Variant("width of tokens", Integer.toString(size), usual.withToken(size), null, 0));
    }
    for (PartialSight.Part part : PartialSight.Part.values()) {
      all.add(new Variant("sees", part.title(), usual, m -> new PartialSight(m, part), 0));
    }
    all.add(new Variant("sees", "a learned mix of both layers", usual, LayerMix::fresh, 0));
    for (int divisor : List.of(16, 4)) {
      int few = Math.max(1, photos / divisor);
      if (few < photos) {
        all.add(new Variant("photographs", Integer.toString(few), usual, null, few));
      }
    }
    return all.stream().distinct().toList();
  }

  private static Result measure(
      LabSetting setting, Workshop workshop, Variant variant, long seed, Exam exam)
      throws IOException {
    double rate = setting.scale().rate();
    if (variant.sight() == null && variant.photos() == 0) {
      Workshop.Trained trained = workshop.train(Method.MEMORY, variant.shape(), rate, seed);
      return result(exam, trained.trainee(), trained.entrant(), trained.cost());
    }
    EditorBase base = setting.editor().at(variant.shape().rank());
    TrainableMemory memory =
        FunctionalMemory.fresh(variant.shape().of(setting.editor().config()), seed);
    if (variant.sight() != null) {
      memory = variant.sight().apply(memory);
    }
    Trainee trainee = Method.memory(base, memory);
    List<EditTask> tasks = setting.scale().editTasks();
    List<Photo> photos = setting.photos().train();
    photos = variant.photos() == 0 ? photos : photos.subList(0, variant.photos());
    Cost cost =
        workshop.run(
            new Workshop.Training(
                "scaling-%s-seed%d".formatted(variant.key(), seed),
                setting.scale().steps(),
                rate,
                Method.MEMORY.muon()),
            trainee.learner(),
            workshop.batches(photos, tasks, setting.scale().batch(), seed),
            Progress.NONE);
    return result(exam, trainee, trainee.entrant(null), cost);
  }

  private static Result result(
      Exam exam, Trainee trainee, dev.mneme.lab.method.Entrant entrant, Cost cost) {
    return new Result(Exam.mean(exam.scores(entrant)), trainee.parameters(), cost.secondsPerStep());
  }

  private static Interval psnr(List<Result> runs) {
    return Interval.of(runs.stream().map(Result::psnr).toList());
  }

  private static String title(Variant v) {
    return v.value().isEmpty() ? v.knob() : v.knob() + ": " + v.value();
  }

  private static List<String> found(Map<Variant, List<Result>> results) {
    List<String> found = new ArrayList<>();
    List<Result> usual = results.values().iterator().next();
    results.forEach(
        (variant, runs) ->
            found.add(
                variant.value().isEmpty()
                    ? "As set: %s dB.".formatted(psnr(runs))
                    : "%s: %s dB, %s against as set, seed by seed."
                        .formatted(title(variant), psnr(runs), against(usual, runs))));
    return found;
  }

  /** What a variant is better by at the same seeds. */
  private static Interval against(List<Result> usual, List<Result> runs) {
    return Interval.of(
        IntStream.range(0, runs.size())
            .mapToObj(i -> runs.get(i).psnr() - usual.get(i).psnr())
            .toList());
  }

  private static List<Block> blocks(Map<Variant, List<Result>> results) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    List<Result> usual = results.values().iterator().next();
    results.forEach(
        (variant, runs) ->
            rows.add(
                List.of(
                    title(variant),
                    psnr(runs).toString(),
                    variant.value().isEmpty() ? "" : against(usual, runs).toString(),
                    Numbers.whole(runs.get(0).parameters()),
                    Numbers.seconds(runs.stream().map(Result::secondsPerStep).toList()))));
    Map<String, Plots.Curve> sizes = new LinkedHashMap<>();
    results.forEach(
        (variant, runs) -> {
          if (variant.sight() == null && variant.photos() == 0) {
            sizes.put(
                title(variant),
                new Plots.Curve(
                    new double[] {runs.get(0).parameters() / 1e6},
                    new double[] {psnr(runs).mean()},
                    new double[] {psnr(runs).half()}));
          }
        });
    return List.of(
        new Block.Table(
            "Mean PSNR in dB with 95 % intervals over seeds",
            List.of("", "PSNR, dB", "against as set", "learning values", "s a step"), rows),
        new Block.Plot(
            "knobs",
            "Mean PSNR of each variant; whiskers are 95 % intervals over seeds.",
            Plots.bars(
                new Plots.Axes("One knob at a time", "", "PSNR, dB"),
                results.keySet().stream().map(ScalingExperiment::title).toList(),
                results.values().stream().mapToDouble(r -> psnr(r).mean()).toArray(),
                results.values().stream().mapToDouble(r -> psnr(r).half()).toArray())),
        new Block.Plot(
            "sizes",
            "Mean PSNR by the number of learning values; whiskers are 95 % intervals.",
            Plots.lines(
                new Plots.Axes("Quality by size", "millions of learning values", "PSNR, dB"),
                sizes)));
  }
}
