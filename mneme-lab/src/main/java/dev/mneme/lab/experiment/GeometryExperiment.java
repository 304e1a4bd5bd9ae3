package dev.mneme.lab.experiment;

import dev.mneme.edit.base.Glance;
import dev.mneme.edit.learn.EditBatch;
import dev.mneme.edit.learn.EditExample;
import dev.mneme.edit.measure.Candidate;
import dev.mneme.edit.measure.EvaluationSet;
import dev.mneme.edit.picture.Picture;
import dev.mneme.lab.report.Block;
import dev.mneme.lab.report.Plots;
import dev.mneme.lab.report.Report;
import dev.mneme.lab.run.LabSetting;
import dev.mneme.lab.stats.Interval;
import dev.mneme.lab.stats.Pca;
import dev.mneme.lab.stats.Products;
import dev.mneme.lab.stats.Tsne;
import dev.mneme.memory.Adapters;
import dev.mneme.tensor.Autocast;
import dev.mneme.tensor.Precision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;

/** Where recalled weights lie: cosines of ΔW within and across tasks, maps, nearest neighbours. */
public final class GeometryExperiment implements Experiment {
  private static final int BATCH = 16;
  private static final int PERPLEXITY = 10;
  private static final int NEIGHBOURS = 4;
  private static final int MOST = 320; // samples

  /**
   * Geometry at one seed.
   *
   * @param cosines among samples, task after task
   * @param squared distances ‖ΔW − ΔW′‖² among samples
   * @param components first two principal components
   * @param shares of variance of these
   * @param map by t-SNE
   */
  record Result(
      double[][] cosines,
      double[][] squared,
      double[][] components,
      double[] shares,
      double[][] map) {}

  /** What the numbers of one seed say. */
  record Summary(double within, double across, double nearest) {}

  @Override
  public String name() {
    return "geometry";
  }

  @Override
  public Report run(LabSetting setting) throws IOException {
    int rounds = samples(setting);
    List<Summary> summaries = new ArrayList<>();
    Result first = null;
    for (long seed : setting.scale().seeds()) {
      Result result =
          setting
              .cells(name())
              .get("seed" + seed, Result.class, () -> measure(setting, rounds, seed));
      first = first == null ? result : first;
      summaries.add(summary(result.cosines(), rounds));
    }
    EvaluationSet set = Subject.questions(setting, rounds, setting.scale().seeds().get(0));
    return new Report(
        name(),
        "Where recalled weights lie",
        "Does the memory write one operator a task, or one a picture? The changes ΔW = B A recalled for held-out requests are"
            + " compared as matrices: their factors are not unique, their products are.",
        found(summaries, set, first),
        blocks(set, summaries, first),
        Numbers.json(Map.of("summaries", summaries, "firstSeed", first)));
  }

  private static int samples(LabSetting setting) {
    int tasks = setting.scale().tasks().size();
    return Math.max(2, Math.min(2 * setting.scale().rounds(), MOST / tasks));
  }

  private static Result measure(LabSetting setting, int rounds, long seed) throws IOException {
    EvaluationSet set = Subject.questions(setting, rounds, seed);
    Adapters recalled = recall(Subject.memory(setting, seed), set, setting.precision());
    double[][] gram = Products.gram(recalled);
    recalled.release();
    double[][] squared = squared(gram);
    Pca pca = Pca.ofGram(gram, 2);
    return new Result(
        Products.cosines(gram),
        squared,
        pca.coordinates(),
        pca.shares(),
        Tsne.map(squared, pca.coordinates(), PERPLEXITY));
  }

  /** The adapters of every question, retained. */
  static Adapters recall(Candidate memory, EvaluationSet set, Precision precision) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard();
        Autocast autocast = Autocast.on(precision)) {
      List<Adapters> parts = new ArrayList<>();
      for (int i = 0; i < set.examples().size(); i += BATCH) {
        int end = Math.min(i + BATCH, set.examples().size());
        EditBatch batch = new EditBatch(set.examples().subList(i, end), false);
        Glance glance = Glance.take(memory.base(), batch.glances(), batch.text());
        parts.add(memory.memory().recall(glance.condition()));
      }
      return Adapters.stack(parts).retain();
    }
  }

  private static double[][] squared(double[][] gram) {
    int n = gram.length;
    double[][] squared = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        squared[i][j] = i == j ? 0 : Math.max(0, gram[i][i] + gram[j][j] - 2 * gram[i][j]);
      }
    }
    return squared;
  }

  /** Mean cosines of pairs, and how often the nearest other sample is of the same task. */
  static Summary summary(double[][] cosines, int rounds) {
    double[] sum = new double[2];
    long[] count = new long[2];
    int same = 0;
    for (int i = 0; i < cosines.length; i++) {
      int nearest = nearest(cosines[i], i, 1)[0];
      same += nearest / rounds == i / rounds ? 1 : 0;
      for (int j = 0; j < cosines.length; j++) {
        int which = i / rounds == j / rounds ? 0 : 1;
        sum[which] += i == j ? 0 : cosines[i][j];
        count[which] += i == j ? 0 : 1;
      }
    }
    return new Summary(sum[0] / count[0], sum[1] / count[1], (double) same / cosines.length);
  }

  /** The most alike others of sample i. */
  static int[] nearest(double[] cosines, int i, int count) {
    return IntStream.range(0, cosines.length)
        .filter(j -> j != i)
        .boxed()
        .sorted(Comparator.comparingDouble(j -> -cosines[j]))
        .limit(count)
        .mapToInt(j -> j)
        .toArray();
  }

  private static Interval over(
      List<Summary> summaries, java.util.function.ToDoubleFunction<Summary> of) {
    return Interval.of(summaries.stream().map(of::applyAsDouble).toList());
  }

  private static List<String> found(List<Summary> summaries, EvaluationSet set, Result first) {
    return List.of(
        "Two requests for the same task get changes of mean cosine %s; two for different tasks %s."
            .formatted(over(summaries, Summary::within), over(summaries, Summary::across)),
        "The most alike other request is one for the same task in %s of cases (by chance %.2f)."
            .formatted(
                over(summaries, Summary::nearest),
                (set.rounds() - 1.0) / (set.examples().size() - 1.0)),
        "Two principal components hold %.0f %% of the variance at the first seed."
            .formatted(100 * Arrays.stream(first.shares()).sum()));
  }

  private static List<Block> blocks(EvaluationSet set, List<Summary> summaries, Result first)
      throws IOException {
    List<String> tasks = set.tasks().stream().map(t -> t.name()).toList();
    double[][] means = means(first.cosines(), set.rounds());
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("same task", over(summaries, Summary::within).toString()));
    rows.add(List.of("different tasks", over(summaries, Summary::across).toString()));
    rows.add(List.of("nearest is of the same task", over(summaries, Summary::nearest).toString()));
    return List.of(
        new Block.Table(
            "Cosine of ΔW, all sites together, with 95 % intervals over seeds",
            List.of("", "mean"), rows),
        new Block.Plot(
            "cosines",
            "Mean cosine of ΔW between tasks, first seed; the diagonal is between samples of one task.",
            Plots.heatMap("Cosine of ΔW", tasks, tasks, means, -1, 1)),
        new Block.Plot(
            "pca",
            "Principal components of ΔW, %.0f %% and %.0f %% of the variance, first seed."
                .formatted(100 * first.shares()[0], 100 * first.shares()[1]),
            Plots.scatter(
                new Plots.Axes("Principal components of ΔW", "first", "second"),
                points(first.components(), tasks, set.rounds()))),
        new Block.Plot(
            "tsne",
            "t-SNE of ΔW (perplexity %d): neighbours mean something, distances between clusters do not."
                .formatted(PERPLEXITY),
            Plots.scatter(
                new Plots.Axes("t-SNE of ΔW", "", ""), points(first.map(), tasks, set.rounds()))),
        new Block.Gallery(
            "Sources whose requests got the most alike weights, with the cosine:",
            neighbours(set, first.cosines())));
  }

  /** Means over pairs of samples, a sample with itself left out. */
  static double[][] means(double[][] cosines, int rounds) {
    int tasks = cosines.length / rounds;
    double[][] means = new double[tasks][tasks];
    for (int i = 0; i < cosines.length; i++) {
      for (int j = 0; j < cosines.length; j++) {
        boolean same = i / rounds == j / rounds;
        double pairs = same ? rounds * (rounds - 1.0) : (double) rounds * rounds;
        means[i / rounds][j / rounds] += i == j ? 0 : cosines[i][j] / pairs;
      }
    }
    return means;
  }

  private static Map<String, double[][]> points(double[][] all, List<String> tasks, int rounds) {
    Map<String, double[][]> groups = new LinkedHashMap<>();
    for (int t = 0; t < tasks.size(); t++) {
      groups.put(tasks.get(t), Arrays.copyOfRange(all, t * rounds, (t + 1) * rounds));
    }
    return groups;
  }

  private static List<Block.Row> neighbours(EvaluationSet set, double[][] cosines) {
    List<Block.Row> rows = new ArrayList<>();
    for (int t = 0; t < set.tasks().size(); t++) {
      int index = set.index(t, t);
      Map<String, Picture> pictures = new LinkedHashMap<>();
      pictures.put("request", set.examples().get(index).tile().source());
      for (int j : nearest(cosines[index], index, NEIGHBOURS)) {
        EditExample e = set.examples().get(j);
        String name = "%s %.2f (%d)".formatted(e.task(), cosines[index][j], j % set.rounds());
        pictures.put(name, e.tile().source());
      }
      rows.add(new Block.Row(set.tasks().get(t).name(), pictures));
    }
    return rows;
  }
}
