package dev.mneme.edit.measure;

import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.learn.EditExample;
import dev.mneme.edit.learn.Wording;
import dev.mneme.edit.picture.BilateralFilter;
import dev.mneme.edit.picture.Measures;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.tensor.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The whole comparison.
 *
 * @param rounds pictures a task
 * @param wording of the questions
 * @param candidates scores in that wording by candidate, "source" first
 * @param pairs mean PSNR by candidate of sentences that ask for two things, see {@link
 *     QuestionDraw#pairs}; empty where no task has such a pair
 * @param wordings mean PSNR of the memory by wording, over the tasks that the base was not taught;
 *     empty where there is none of these
 * @param bilateral PSNR of the best bilateral filter on the denoise questions; empty without these
 * @param samples one question in pictures for each task
 */
public record Evaluation(
    int rounds,
    Wording wording,
    Map<String, Scores> candidates,
    Map<String, Double> pairs,
    Map<Wording, Double> wordings,
    OptionalDouble bilateral,
    List<Sample> samples) {

  /** The edits on which the first prototype was measured. */
  public static final List<String> REFERENCE_TEN =
      List.of(
          "blur",
          "deblur",
          "denoise",
          "pixelate",
          "sketch",
          "emboss",
          "warm",
          "cool",
          "sepia",
          "night");

  /** Groups of tasks over which means are taken, by name. */
  public static final Map<String, Predicate<String>> GROUPS = allGroups();

  /**
   * A question in pictures.
   *
   * @param task name
   * @param sentence that asks for it
   * @param pictures source, one a candidate, target, by name
   */
  public record Sample(String task, String sentence, Map<String, Picture> pictures) {}

  /**
   * Where questions come from and how many there are.
   *
   * @param photos held out
   * @param tasks asked for, each once; usually {@link EditTasks#founding()}
   * @param encoder reads sentences
   * @param precision of the forward
   * @param rounds pictures a task
   * @param seed usually {@link QuestionDraw#SEED}
   * @param wording usually {@link Wording#ENGLISH_HELD_OUT}
   */
  public record Setting(
      List<Photo> photos,
      List<EditTask> tasks,
      TextEncoder encoder,
      Precision precision,
      int rounds,
      long seed,
      Wording wording) {
    /** The usual questions. */
    public Setting(
        List<Photo> photos,
        List<EditTask> tasks,
        TextEncoder encoder,
        Precision precision,
        int rounds) {
      this(photos, tasks, encoder, precision, rounds, QuestionDraw.SEED, Wording.ENGLISH_HELD_OUT);
    }

    QuestionDraw draw(List<Candidate> asked) {
      int tile = asked.get(0).base().config().tile();
      return new QuestionDraw(photos, tasks, encoder, tile, rounds, seed);
    }
  }

  /**
   * Measures all candidates; the one named {@code memory} is also measured by wording. Two wishes
   * in a sentence are done in turn by a candidate that hears both.
   *
   * @param progress told what is being measured
   */
  public static Evaluation run(Setting setting, List<Candidate> all, Consumer<String> progress) {
    EvaluationSet set = setting.draw(all).questions(setting.wording());
    Evaluator evaluator = new Evaluator(set, setting.precision());
    Map<String, Scores> scores = new LinkedHashMap<>();
    List<Sample> samples = new ArrayList<>();
    for (int t = 0; t < set.tasks().size(); t++) {
      Map<String, Picture> pictures = new LinkedHashMap<>();
      EditExample asked = example(set, t);
      pictures.put("source", asked.tile().source());
      samples.add(new Sample(asked.task(), asked.sentence(), pictures));
    }
    scores.put(
        "source", Scores.of(set, set.examples().stream().map(e -> e.tile().source()).toList()));
    for (Candidate candidate : all) {
      progress.accept(candidate.name());
      List<Picture> edited = evaluator.edit(candidate);
      scores.put(candidate.name(), Scores.of(set, edited));
      for (int t = 0; t < samples.size(); t++) {
        samples.get(t).pictures().put(candidate.name(), edited.get(set.index(t, t)));
      }
    }
    for (int t = 0; t < samples.size(); t++) {
      samples.get(t).pictures().put("target", example(set, t).tile().target());
    }
    Map<String, Double> pairs = pairs(setting, all, progress);
    Map<Wording, Double> wordings = wordings(setting, all, progress);
    progress.accept("bilateral filter");
    return new Evaluation(
        setting.rounds(), setting.wording(), scores, pairs, wordings, bilateral(set), samples);
  }

  private static EditExample example(EvaluationSet set, int task) {
    return set.examples().get(set.index(task, task));
  }

  /** The groups that have tasks here, by name. */
  Map<String, Predicate<String>> groups() {
    Map<String, Predicate<String>> present = new LinkedHashMap<>(GROUPS);
    present.values().removeIf(group -> tasks().stream().noneMatch(group));
    return present;
  }

  /** Names of the tasks that were asked for, in their order. */
  List<String> tasks() {
    return samples.stream().map(Sample::task).toList();
  }

  private static Map<String, Double> pairs(
      Setting setting, List<Candidate> all, Consumer<String> progress) {
    Map<String, Double> means = new LinkedHashMap<>();
    EvaluationSet set = setting.draw(all).pairs(setting.wording());
    if (set.examples().isEmpty()) {
      return means;
    }
    List<Picture> sources = set.examples().stream().map(e -> e.tile().source()).toList();
    means.put("source", Scores.of(set, sources).meanPsnr(label -> true));
    Evaluator evaluator = new Evaluator(set, setting.precision());
    for (Candidate candidate : all) {
      if (candidate.sees() == Candidate.Sees.OWN) {
        progress.accept(candidate.name() + ", two wishes");
        List<Picture> edited = evaluator.editInTurn(candidate, setting.encoder());
        means.put(candidate.name(), Scores.of(set, edited).meanPsnr(label -> true));
      }
    }
    return means;
  }

  private static Map<Wording, Double> wordings(
      Setting setting, List<Candidate> all, Consumer<String> progress) {
    Map<Wording, Double> means = new LinkedHashMap<>();
    if (setting.tasks().stream().noneMatch(t -> notOfTheBase(t.name()))) {
      return means;
    }
    for (Candidate candidate : all) {
      if (candidate.name().equals("memory")) {
        for (Wording wording :
            List.of(
                Wording.ENGLISH_SEEN,
                Wording.ENGLISH_HELD_OUT,
                Wording.CHINESE_SEEN,
                Wording.CHINESE_HELD_OUT)) {
          progress.accept("memory, " + wording);
          EvaluationSet set = setting.draw(all).questions(wording);
          List<Picture> edited = new Evaluator(set, setting.precision()).edit(candidate);
          means.put(wording, Scores.of(set, edited).meanPsnr(Evaluation::notOfTheBase));
        }
      }
    }
    return means;
  }

  private static boolean notOfTheBase(String task) {
    return EditTasks.named(task).learner() != EditTask.Learner.BASE;
  }

  /** The best of a grid of bilateral filters, tuned on the very questions it is measured on. */
  private static OptionalDouble bilateral(EvaluationSet set) {
    List<EditExample> noisy =
        set.examples().stream().filter(e -> e.task().equals("denoise")).toList();
    if (noisy.isEmpty()) {
      return OptionalDouble.empty();
    }
    double best = 0;
    for (double space : new double[] {1, 1.5, 2, 3}) {
      for (double colour : new double[] {0.1, 0.15, 0.2, 0.3, 0.4}) {
        BilateralFilter filter = new BilateralFilter(space, colour);
        double mean =
            noisy.stream()
                .mapToDouble(e -> Measures.psnr(filter.apply(e.tile().source()), e.tile().target()))
                .average()
                .orElseThrow();
        best = Math.max(best, mean);
      }
    }
    return OptionalDouble.of(best);
  }

  private static Map<String, Predicate<String>> allGroups() {
    Map<String, Predicate<String>> groups = new LinkedHashMap<>();
    groups.put("memory's tasks", t -> EditTasks.named(t).learner() == EditTask.Learner.MEMORY);
    groups.put("reference ten", REFERENCE_TEN::contains);
    groups.put("picture-dependent", t -> EditTasks.named(t).pictureDependent());
    groups.put("base's tasks", t -> EditTasks.named(t).learner() == EditTask.Learner.BASE);
    groups.put("later tasks", t -> EditTasks.named(t).learner() == EditTask.Learner.LATER);
    return java.util.Collections.unmodifiableMap(groups);
  }
}
