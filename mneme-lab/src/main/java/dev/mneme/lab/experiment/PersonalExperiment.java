package dev.mneme.lab.experiment;

import dev.mneme.edit.base.Shown;
import dev.mneme.edit.base.ShownPaint;
import dev.mneme.edit.base.TextBatch;
import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.measure.EvaluationSet;
import dev.mneme.edit.measure.Scores;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.edit.pipeline.ExamplePair;
import dev.mneme.edit.task.EditPair;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.text.TextStates;
import dev.mneme.lab.method.Cost;
import dev.mneme.lab.method.Entrant;
import dev.mneme.lab.method.Exam;
import dev.mneme.lab.method.Method;
import dev.mneme.lab.method.Setup;
import dev.mneme.lab.method.Trainee;
import dev.mneme.lab.method.Workshop;
import dev.mneme.lab.report.Block;
import dev.mneme.lab.report.Plots;
import dev.mneme.lab.report.Report;
import dev.mneme.lab.run.Cells;
import dev.mneme.lab.run.LabSetting;
import dev.mneme.lab.run.Scale;
import dev.mneme.lab.stats.Interval;
import dev.mneme.learn.Progress;
import dev.mneme.memory.StaticMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Users with looks of their own: what a LoRA of one's own costs, and what it reaches. */
public final class PersonalExperiment implements Experiment {
  private static final int PHOTOS = 8; // a user
  private static final int SHOWN = 3; // of them, as pairs
  private static final int LONGEST = 320; // pixels of a photo that is shown
  private static final long ENOUGH = 400; // steps of a setting that is not for a quick look
  private static final long GIGABYTE = 1_000_000_000; // bytes

  /** What one user gets after so many steps. */
  record Result(double psnr, double seconds, long parameters) {}

  /** What one user has without learning. */
  record Before(double source, double base) {}

  @Override
  public String name() {
    return "personal";
  }

  @Override
  public Report run(LabSetting setting) throws IOException {
    Workshop workshop = new Workshop(setting);
    Cells cells = setting.cells(name());
    List<Long> users = users(setting.scale());
    List<Long> lengths = lengths(setting.scale());
    List<Before> before = new ArrayList<>();
    List<Result> shown = new ArrayList<>();
    Map<Long, List<Result>> results = new LinkedHashMap<>();
    for (long user : users) {
      Exam exam = exam(setting, user);
      shown.add(
          cells.get(
              "user%d-shown".formatted(user), Result.class, () -> shown(setting, user, exam)));
      before.add(cells.get("user" + user, Before.class, () -> before(setting, user, exam)));
      for (long steps : lengths) {
        Result result =
            cells.get(
                "user%d-steps%d".formatted(user, steps),
                Result.class,
                () -> measure(setting, workshop, user, steps, exam));
        results.computeIfAbsent(steps, s -> new ArrayList<>()).add(result);
      }
    }
    return new Report(
        name(),
        "A look of one's own",
        "%d users want a look that no sentence describes: a random smooth change of colours. Each has %d photographs with and without it. What does a LoRA of one's own reach on other photographs, after how long? And what is written at once, in closed form, for %d of these pairs?"
            .formatted(users.size(), Math.min(PHOTOS, setting.photos().train().size()), SHOWN),
        found(before, shown, results),
        blocks(setting, workshop, new Measured(before, shown, results), users),
        Numbers.json(Map.of("before", before, "shown", shown, "bySteps", results)));
  }

  /** As many as seeds, or more: intervals are over users here. */
  private static List<Long> users(Scale scale) {
    int least = scale.steps() >= ENOUGH ? 8 : 3;
    return LongStream.range(0, Math.max(least, scale.seeds().size())).boxed().toList();
  }

  static List<Long> lengths(Scale scale) {
    return scale.steps() >= ENOUGH
        ? List.of(10L, 100L, 1000L)
        : LongStream.of(scale.steps() / 6, scale.steps(), 4 * scale.steps())
            .map(s -> Math.max(1, s))
            .distinct()
            .boxed()
            .toList();
  }

  private static Exam exam(LabSetting setting, long user) {
    List<EditTask> look = List.of(new PrivateLook(user));
    int rounds = Math.max(setting.scale().rounds(), setting.photos().heldOut().size() / 4);
    EvaluationSet set = setting.heldOut(look, rounds);
    return new Exam(set, setting.precision());
  }

  private static Setup setup(LabSetting setting, long user) {
    return new Workshop(setting).setup(List.of(new PrivateLook(user)), user);
  }

  private static Before before(LabSetting setting, long user, Exam exam) {
    Entrant base = Method.BASE.begin(setup(setting, user)).entrant(null);
    return new Before(Exam.mean(exam.source()), Exam.mean(exam.scores(base)));
  }

  /** All that was measured, of each user in turn. */
  private record Measured(
      List<Before> before, List<Result> shown, Map<Long, List<Result>> bySteps) {}

  private static Result shown(LabSetting setting, long user, Exam exam) {
    written(setting, user); // so that what is timed is warm, as training is
    long start = System.nanoTime();
    StaticMemory written = written(setting, user);
    double seconds = (System.nanoTime() - start) / 1e9;
    long values = written.parameters().values().stream().mapToLong(Tensor::numel).sum();
    return new Result(
        Exam.mean(asShown(setting, exam).scores(entrant(setting, written))), seconds, values);
  }

  /** What is shown is not said: the base reads the sentence that stands for pairs. */
  private static Exam asShown(LabSetting setting, Exam exam) {
    return exam.saying(Shown.SENTENCE, silent(setting));
  }

  private static TextStates silent(LabSetting setting) {
    return setting.encoder().encode(Shown.SENTENCE);
  }

  private static Entrant entrant(LabSetting setting, StaticMemory written) {
    return Entrant.of("shown", setting.editor().at(1), written);
  }

  /** What {@link ShownPaint} writes for the first of a user's pairs. */
  private static StaticMemory written(LabSetting setting, long user) {
    PrivateLook look = new PrivateLook(user);
    int tile = setting.editor().config().tile();
    List<Shown> parts = new ArrayList<>();
    for (Photo photo : own(setting, user).subList(0, SHOWN)) {
      EditPair pair = look.apply(photo.within(LONGEST), 1, new Random(user));
      RasterImage before = RasterImage.of(pair.source());
      parts.addAll(new ExamplePair(before, RasterImage.of(pair.target())).parts(tile));
    }
    try (PointerScope scope = new PointerScope()) {
      return StaticMemory.of(
          ShownPaint.write(setting.editor().at(1), TextBatch.of(List.of(silent(setting))), parts));
    }
  }

  private static List<Photo> own(LabSetting setting, long user) {
    List<Photo> train = setting.photos().train();
    List<Photo> own = new ArrayList<>();
    for (int i = 0; i < Math.min(PHOTOS, train.size()); i++) {
      own.add(train.get((int) ((user * PHOTOS + i) % train.size())));
    }
    return own;
  }

  private static Result measure(
      LabSetting setting, Workshop workshop, long user, long steps, Exam exam) throws IOException {
    Learned learned = learn(setting, workshop, user, steps);
    Scores scores = exam.scores(learned.entrant());
    return new Result(
        Exam.mean(scores), learned.cost().secondsPerStep() * steps, learned.parameters());
  }

  private record Learned(Entrant entrant, Cost cost, long parameters) {}

  private static Learned learn(LabSetting setting, Workshop workshop, long user, long steps)
      throws IOException {
    Trainee trainee = Method.SHARED.begin(setup(setting, user));
    List<Photo> own = own(setting, user);
    Cost cost =
        workshop.run(
            new Workshop.Training(
                "personal-user%d-steps%d".formatted(user, steps),
                steps,
                setting.scale().rate(),
                Method.SHARED.muon()),
            trainee.learner(),
            workshop.batches(own, List.of(new PrivateLook(user)), setting.scale().batch(), user),
            Progress.NONE);
    return new Learned(trainee.entrant(null), cost, trainee.parameters());
  }

  private static Interval psnr(List<Result> results) {
    return Interval.of(results.stream().map(Result::psnr).toList());
  }

  private static List<String> found(
      List<Before> before, List<Result> shown, Map<Long, List<Result>> results) {
    List<String> found = new ArrayList<>();
    found.add(
        "Without learning: %s dB as the picture is, %s dB through the base that is asked for \"my look\"."
            .formatted(
                Interval.of(before.stream().map(Before::source).toList()),
                Interval.of(before.stream().map(Before::base).toList())));
    found.add(
        "Written for %d pairs in closed form, %s s: %s dB."
            .formatted(
                SHOWN, Interval.of(shown.stream().map(Result::seconds).toList()), psnr(shown)));
    results.forEach(
        (steps, runs) ->
            found.add(
                "A LoRA of one's own after %d steps, %s s: %s dB."
                    .formatted(
                        steps,
                        Interval.of(runs.stream().map(Result::seconds).toList()),
                        psnr(runs))));
    return found;
  }

  private static List<Block> blocks(
      LabSetting setting, Workshop workshop, Measured measured, List<Long> users)
      throws IOException {
    List<Before> before = measured.before();
    Map<Long, List<Result>> results = measured.bySteps();
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "source as it is",
            Interval.of(before.stream().map(Before::source).toList()).toString(),
            "",
            "",
            ""));
    rows.add(
        List.of(
            "frozen base",
            Interval.of(before.stream().map(Before::base).toList()).toString(),
            "",
            "",
            ""));
    rows.add(row("%d pairs, closed form".formatted(SHOWN), measured.shown()));
    results.forEach((steps, runs) -> rows.add(row("LoRA, %d steps".formatted(steps), runs)));
    List<String> names = rows.stream().map(r -> r.get(0)).toList();
    double[] values = new double[rows.size()];
    double[] errors = new double[rows.size()];
    fill(values, errors, 0, Interval.of(before.stream().map(Before::source).toList()));
    fill(values, errors, 1, Interval.of(before.stream().map(Before::base).toList()));
    fill(values, errors, 2, psnr(measured.shown()));
    int at = 3;
    for (List<Result> runs : results.values()) {
      fill(values, errors, at++, psnr(runs));
    }
    return List.of(
        new Block.Table(
            "Held-out photographs, mean over users with 95 % intervals",
            List.of("", "PSNR, dB", "seconds to learn", "values a user", "users a GB"), rows),
        new Block.Plot(
            "users",
            "Mean PSNR over users; whiskers are 95 % intervals over users.",
            Plots.bars(
                new Plots.Axes("A look of one's own", "", "PSNR, dB"), names, values, errors)),
        gallery(setting, workshop, results, users));
  }

  /** What a user keeps, in single precision; the base is there once for all. */
  private static List<String> row(String name, List<Result> runs) {
    return List.of(
        name,
        psnr(runs).toString(),
        Interval.of(runs.stream().map(Result::seconds).toList()).toString(),
        Numbers.whole(runs.get(0).parameters()),
        Numbers.whole(GIGABYTE / (Float.BYTES * runs.get(0).parameters())));
  }

  private static void fill(double[] values, double[] errors, int at, Interval interval) {
    values[at] = interval.mean();
    errors[at] = interval.half();
  }

  private static Block gallery(
      LabSetting setting, Workshop workshop, Map<Long, List<Result>> results, List<Long> users)
      throws IOException {
    List<Block.Row> rows = new ArrayList<>();
    for (long user : users) {
      Exam exam = exam(setting, user);
      Map<String, List<Picture>> answers = new LinkedHashMap<>();
      answers.put("base", exam.answers(Method.BASE.begin(setup(setting, user)).entrant(null)));
      answers.put(
          "%d pairs".formatted(SHOWN),
          asShown(setting, exam).answers(entrant(setting, written(setting, user))));
      for (long steps : results.keySet()) {
        answers.put(
            "%d steps".formatted(steps),
            exam.answers(learn(setting, workshop, user, steps).entrant()));
      }
      exam.samples(answers, Math.toIntExact(user))
          .values()
          .forEach(p -> rows.add(new Block.Row("user " + (user + 1), p)));
    }
    return new Block.Gallery("One held-out photograph a user:", rows);
  }
}
