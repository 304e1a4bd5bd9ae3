package dev.mneme.lab.experiment;

import dev.mneme.edit.learn.EditExample;
import dev.mneme.edit.measure.Candidate;
import dev.mneme.edit.measure.Candidate.Sees;
import dev.mneme.edit.measure.EvaluationSet;
import dev.mneme.edit.measure.Evaluator;
import dev.mneme.edit.measure.Scores;
import dev.mneme.edit.picture.Picture;
import dev.mneme.lab.method.Exam;
import dev.mneme.lab.report.Block;
import dev.mneme.lab.report.Plots;
import dev.mneme.lab.report.Report;
import dev.mneme.lab.run.Cells;
import dev.mneme.lab.run.LabSetting;
import dev.mneme.lab.stats.Interval;
import dev.mneme.memory.NoMemory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Takes away from a memory, rung by rung, what it looks at. The base reads its own sentence and
 * sees its own picture on every rung; only the recalled weights differ.
 */
public final class LadderExperiment implements Experiment {
  private static final int SAMPLES = 6;

  /** What the memory recalls from: from what is wrong, over nothing, to what is right. */
  enum Rung {
    ANOTHER_TASK("another task's condition", "another task"),
    RANDOM("a random adapter of the same size", "random adapter"),
    BASE("nothing: the base alone", "nothing"),
    MEAN("the mean condition of all tasks", "mean of all"),
    RANDOM_SENTENCE("its picture, a sentence of random letters", "random letters"),
    OTHER_LANGUAGE("its picture, its sentence in a language never learned", "in French"),
    ANOTHER_PHOTO("another sample of the same task", "another photo"),
    MATCHED("its own condition", "its own");

    private final String title;
    private final String label; // where there is little room

    Rung(String title, String label) {
      this.title = title;
      this.label = label;
    }
  }

  /** PSNR by task. */
  record Result(Map<String, Double> psnr) {}

  @Override
  public String name() {
    return "ladder";
  }

  @Override
  public Report run(LabSetting setting) throws IOException {
    Cells cells = setting.cells(name());
    int rounds = setting.scale().rounds();
    Map<Rung, List<Result>> results = new EnumMap<>(Rung.class);
    for (long seed : setting.scale().seeds()) {
      EvaluationSet set = Subject.questions(setting, rounds, seed);
      Candidate own = null; // loaded when the first rung of the seed asks for it
      for (Rung rung : Rung.values()) {
        String cell = "%s-seed%d".formatted(rung.name().toLowerCase(java.util.Locale.ROOT), seed);
        own = own == null && !cells.has(cell) ? Subject.memory(setting, seed) : own;
        Candidate loaded = own;
        Result result =
            cells.get(
                cell,
                Result.class,
                () -> new Result(Scores.of(set, answers(setting, loaded, set, rung, seed)).psnr()));
        results.computeIfAbsent(rung, r -> new ArrayList<>()).add(result);
      }
    }
    return new Report(
        name(),
        "What the memory looks at",
        "How much of what the memory adds comes from reading this request, rather than from recalling something? The same"
            + " trained memory is given, rung by rung, from a wrong condition over none to its own.",
        found(results, Numbers.groups(setting.scale().tasks())),
        blocks(setting, results),
        Numbers.json(results));
  }

  private static List<Picture> answers(
      LabSetting setting, Candidate own, EvaluationSet set, Rung rung, long seed) {
    Evaluator evaluator = new Evaluator(set, setting.precision());
    return switch (rung) {
      case BASE ->
          evaluator.edit(
              new Candidate("", own.base(), new NoMemory(own.base().layout()), Sees.OWN));
      case RANDOM ->
          evaluator.edit(new Candidate("", own.base(), new SameNorm(own.memory(), seed), Sees.OWN));
      case ANOTHER_TASK -> evaluator.edit(sees(own, Sees.ANOTHER_TASK));
      case RANDOM_SENTENCE -> {
        Random letters = new Random(seed);
        yield evaluator.edit(own, saying(setting, set, task -> letters(letters)));
      }
      case OTHER_LANGUAGE -> evaluator.edit(own, saying(setting, set, french()::get));
      case MEAN -> evaluator.edit(sees(own, Sees.MEAN));
      case ANOTHER_PHOTO -> evaluator.edit(sees(own, Sees.ANOTHER_PHOTO));
      case MATCHED -> evaluator.edit(own);
    };
  }

  private static Candidate sees(Candidate own, Sees sees) {
    return new Candidate(own.name(), own.base(), own.memory(), sees);
  }

  /** The same questions with other sentences. */
  private static EvaluationSet saying(
      LabSetting setting, EvaluationSet set, Function<String, String> sentence) {
    List<EditExample> examples =
        set.examples().stream()
            .map(
                e -> {
                  String other = sentence.apply(e.task());
                  return e.saying(other, setting.encoder().encode(other));
                })
            .toList();
    return new EvaluationSet(set.tasks(), set.rounds(), examples);
  }

  /** Three to six words of letters, none of which is a word. */
  static String letters(Random random) {
    StringBuilder text = new StringBuilder();
    int words = 3 + random.nextInt(4);
    for (int w = 0; w < words; w++) {
      text.append(w == 0 ? "" : " ");
      int length = 3 + random.nextInt(6);
      for (int i = 0; i < length; i++) {
        text.append("bcdfghjklmnpqrstvwxz".charAt(random.nextInt(20)));
      }
    }
    return text.toString();
  }

  /** A sentence in French by task. */
  static Map<String, String> french() {
    Map<String, String> sentences = new HashMap<>();
    try (InputStream in = LadderExperiment.class.getResourceAsStream("french.tsv")) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split("\t"))
          .forEach(cells -> sentences.put(cells[0], cells[1]));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return sentences;
  }

  private static Interval psnr(List<Result> runs, Predicate<String> tasks) {
    return Numbers.over(runs.stream().map(Result::psnr).toList(), tasks);
  }

  /** How far a rung is above another over some tasks, seed by seed. */
  private static Interval step(
      Map<Rung, List<Result>> results, Rung to, Rung from, Predicate<String> tasks) {
    List<Map<String, Double>> above = results.get(to).stream().map(Result::psnr).toList();
    return Numbers.ahead(above, results.get(from).stream().map(Result::psnr).toList(), tasks);
  }

  private static List<String> found(
      Map<Rung, List<Result>> results, Map<String, Predicate<String>> groups) {
    List<String> found = new ArrayList<>();
    double matched = psnr(results.get(Rung.MATCHED), t -> true).mean();
    for (Rung rung : Rung.values()) {
      if (rung != Rung.MATCHED) {
        Interval other = psnr(results.get(rung), t -> true);
        found.add(
            "Recalled from %s: %s dB, %+.2f dB against its own condition."
                .formatted(rung.title, other, other.mean() - matched));
      }
    }
    groups.forEach(
        (name, tasks) ->
            found.add(
                "Over %s the last step, from %s to %s, is %s dB, seed by seed."
                    .formatted(
                        name,
                        Rung.ANOTHER_PHOTO.title,
                        Rung.MATCHED.title,
                        step(results, Rung.MATCHED, Rung.ANOTHER_PHOTO, tasks))));
    return found;
  }

  private static List<Block> blocks(LabSetting setting, Map<Rung, List<Result>> results)
      throws IOException {
    Map<String, Predicate<String>> groups = Numbers.groups(setting.scale().tasks());
    List<String> head = new ArrayList<>(List.of("the memory recalls from"));
    head.addAll(groups.keySet());
    List<List<String>> rows = new ArrayList<>();
    results.forEach(
        (rung, runs) -> {
          List<String> row = new ArrayList<>(List.of(rung.title));
          groups.values().forEach(g -> row.add(psnr(runs, g).toString()));
          rows.add(row);
        });
    List<List<String>> steps = new ArrayList<>();
    for (int i = 1; i < Rung.values().length; i++) {
      Rung from = Rung.values()[i - 1];
      Rung to = Rung.values()[i];
      List<String> row = new ArrayList<>(List.of(from.label + " → " + to.label));
      groups.values().forEach(g -> row.add(step(results, to, from, g).toString()));
      steps.add(row);
    }
    List<String> byTask = new ArrayList<>(List.of("task"));
    results.keySet().forEach(r -> byTask.add(r.label));
    List<List<String>> taskRows = new ArrayList<>();
    for (String task : setting.scale().tasks()) {
      List<String> row = new ArrayList<>(List.of(task));
      results.values().forEach(runs -> row.add(psnr(runs, task::equals).toString()));
      taskRows.add(row);
    }
    long seed = setting.scale().seeds().get(0);
    Map<String, List<Picture>> answers = new LinkedHashMap<>();
    EvaluationSet set = Subject.questions(setting, setting.scale().rounds(), seed);
    Candidate own = Subject.memory(setting, seed);
    for (Rung rung : Rung.values()) {
      answers.put(rung.title, answers(setting, own, set, rung, seed));
    }
    List<Block.Row> pictures = new ArrayList<>();
    new Exam(set, setting.precision())
        .samples(answers)
        .forEach((task, row) -> pictures.add(new Block.Row(task, row)));
    return List.of(
        new Block.Table("PSNR in dB with 95 % intervals over seeds", head, rows),
        new Block.Table(
            "Every step up, seed by seed: difference in dB with its 95 % interval",
            Stream.concat(Stream.of("step"), groups.keySet().stream()).toList(), steps),
        new Block.Plot(
            "ladder",
            "Mean PSNR by what the memory recalls from; whiskers are 95 % intervals over seeds.",
            Plots.bars(
                new Plots.Axes("The ladder", "", "PSNR, dB"),
                results.keySet().stream().map(r -> r.label).toList(),
                results.values().stream().mapToDouble(r -> psnr(r, t -> true).mean()).toArray(),
                results.values().stream().mapToDouble(r -> psnr(r, t -> true).half()).toArray())),
        new Block.Table("PSNR by task, dB", byTask, taskRows),
        new Block.Gallery(
            "One held-out question a task, first seed:",
            pictures.subList(0, Math.min(SAMPLES, pictures.size()))));
  }
}
