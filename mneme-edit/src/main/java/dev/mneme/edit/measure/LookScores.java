package dev.mneme.edit.measure;

import dev.mneme.edit.base.Shown;
import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.picture.Measures;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.edit.pipeline.Editor;
import dev.mneme.edit.pipeline.ExamplePair;
import dev.mneme.edit.pipeline.Operator;
import dev.mneme.edit.pipeline.TileProgress;
import dev.mneme.edit.task.RandomLook;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How well looks are taken from example pairs, against what does it without an editor: nothing, the
 * curves of the histograms, a 3-D table fitted to the pairs; and from one picture that has the
 * look, without a "before". Asked as a user asks: whole pictures, through {@link Editor#shown} and
 * {@link Editor#like}.
 *
 * @param psnr mean PSNR in dB by way and group of looks
 */
public record LookScores(Map<String, Map<String, Double>> psnr) {
  /** Groups of looks. */
  public static final String ALL = "all looks";

  public static final String GLOBAL = "colours alone";
  public static final String LOCAL = "with local parts";

  private static final List<String> GROUPS = List.of(ALL, GLOBAL, LOCAL);

  private static final long FIRST_SEED = 77_000;
  private static final long SEED = 91_100;

  /** Longest side of a picture. */
  private static final int LONGEST = 320;

  /** A perfect picture would count as infinite; it counts as this. */
  private static final double BEST = 60;

  /**
   * A look to take.
   *
   * @param pairs that show it
   * @param source to apply it to, of another photograph
   * @param target what that should give
   */
  private record Question(RandomLook look, List<Shown> pairs, Picture source, Picture target) {}

  /**
   * Measures an editor.
   *
   * @param photos held out, more than {@code pairs}
   * @param looks how many
   * @param rounds photographs a look
   * @param pairs shown for each
   * @param progress told after every question
   */
  public static LookScores of(
      Editor editor, List<Photo> photos, int looks, int rounds, int pairs, TileProgress progress) {
    Map<String, Map<String, List<Double>>> psnr = new LinkedHashMap<>();
    for (int i = 0; i < looks * rounds; i++) {
      Question question = question(photos, i, rounds, pairs);
      ways(editor, question)
          .forEach(
              (way, picture) -> {
                double near = Math.min(BEST, Measures.psnr(picture, question.target()));
                groups(question.look())
                    .forEach(
                        group ->
                            psnr.computeIfAbsent(way, w -> new LinkedHashMap<>())
                                .computeIfAbsent(group, g -> new ArrayList<>())
                                .add(near));
              });
      progress.tile(i + 1, looks * rounds);
    }
    Map<String, Map<String, Double>> means = new LinkedHashMap<>();
    psnr.forEach(
        (way, groups) -> {
          Map<String, Double> mean = new LinkedHashMap<>();
          groups.forEach((group, all) -> mean.put(group, mean(all)));
          means.put(way, mean);
        });
    return new LookScores(means);
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static List<String> groups(RandomLook look) {
    return List.of(ALL, look.local() ? LOCAL : GLOBAL);
  }

  private static Question question(List<Photo> photos, int index, int rounds, int pairs) {
    RandomLook look = new RandomLook(FIRST_SEED + index / rounds);
    Picture source = photos.get(index % photos.size()).within(LONGEST);
    SplittableRandom random = new SplittableRandom(SEED + index);
    List<Picture> others = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      int other = (index + 1 + random.nextInt(photos.size() - 1)) % photos.size();
      others.add(photos.get(other).within(LONGEST));
    }
    return new Question(
        look,
        others.stream().map(p -> Shown.whole(p, look.apply(p))).toList(),
        source,
        look.apply(source));
  }

  private static Map<String, Picture> ways(Editor editor, Question question) {
    Picture source = question.source();
    Map<String, Picture> ways = new LinkedHashMap<>();
    ways.put("unchanged", source);
    ways.put("histogram curves", new HistogramMatch(question.pairs()).apply(source));
    ways.put("3-D table", new ColourTable(question.pairs()).apply(source));
    List<ExamplePair> examples =
        question.pairs().stream()
            .map(p -> new ExamplePair(RasterImage.of(p.before()), RasterImage.of(p.after())))
            .toList();
    RasterImage photo = RasterImage.of(source);
    try (Operator operator = editor.shown(examples)) {
      ways.put("Mneme", applied(editor, photo, operator));
    }
    // Of the first pair the result alone, as where nobody has kept what was before.
    Picture reference = question.pairs().get(0).after();
    ways.put(
        "one picture of the look, histograms",
        new HistogramMatch(List.of(source), List.of(reference)).apply(source));
    try (Operator operator = editor.like(photo, RasterImage.of(reference))) {
      ways.put("one picture of the look, Mneme", applied(editor, photo, operator));
    }
    return ways;
  }

  private static Picture applied(Editor editor, RasterImage photo, Operator operator) {
    int width = photo.width();
    int height = photo.height();
    return editor
        .apply(photo, operator, 1, TileProgress.NONE)
        .toPicture(0, 0, width, height, width, height);
  }

  /** A Markdown table. */
  public String markdown() {
    StringBuilder out = new StringBuilder();
    out.append("| PSNR, dB | ").append(ALL).append(" | ").append(GLOBAL).append(" | ");
    out.append(LOCAL).append(" |\n|---|--:|--:|--:|\n");
    psnr.forEach(
        (way, groups) -> {
          out.append("| ").append(way).append(" |");
          for (String group : GROUPS) {
            out.append(
                groups.containsKey(group)
                    ? String.format(Locale.ROOT, " %.1f |", groups.get(group))
                    : " |");
          }
          out.append('\n');
        });
    return out.toString();
  }
}
