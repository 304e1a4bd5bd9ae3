package dev.mneme.edit.measure;

import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.object.CutOut;
import dev.mneme.edit.object.CutOuts;
import dev.mneme.edit.object.ObjectScene;
import dev.mneme.edit.picture.Mask;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.edit.pipeline.TileProgress;
import dev.mneme.edit.region.ObjectFinder;
import dev.mneme.edit.region.PlaceNotFoundException;
import dev.mneme.edit.region.Region;
import dev.mneme.edit.retouch.Retouch;
import dev.mneme.edit.words.Deed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * How well objects are found by name, and what is left where they were taken away. Asked of scenes
 * of held-out photographs ({@link ObjectScene}): of objects that were learned, in new pictures, and
 * of objects that nobody has learned.
 *
 * @param found by question and group of objects
 * @param filled mean PSNR in dB inside what was taken away, by way
 */
public record ObjectScores(Map<String, Found> found, Map<String, Double> filled) {
  private static final long SEED = 4_100;
  private static final int SIDE = 320;
  private static final int MOST = 4;

  /**
   * Answers to one kind of question.
   *
   * @param questions how many
   * @param there share of them in which something was found
   * @param right share in which what was found is the object: intersection over union of 0.5
   * @param overlap mean intersection over union, 0 where nothing was found
   */
  public record Found(int questions, double there, double right, double overlap) {
    private static Found of(List<Double> overlaps) {
      return new Found(
          overlaps.size(),
          share(overlaps, o -> o >= 0),
          share(overlaps, o -> o >= 0.5),
          overlaps.stream().mapToDouble(o -> Math.max(0, o)).average().orElse(0));
    }

    private static double share(List<Double> values, java.util.function.DoublePredicate chosen) {
      return values.stream().mapToDouble(v -> chosen.test(v) ? 1 : 0).average().orElse(0);
    }
  }

  /**
   * Measures a finder.
   *
   * @param photos held out
   * @param rounds scenes of each group of objects
   * @param progress told after every scene
   */
  public static ObjectScores of(
      ObjectFinder finder, List<Photo> photos, CutOuts objects, int rounds, TileProgress progress) {
    Map<String, List<Double>> overlaps = new LinkedHashMap<>();
    Map<String, List<Double>> filled = new LinkedHashMap<>();
    for (int i = 0; i < 2 * rounds; i++) {
      boolean learned = i % 2 == 0;
      List<CutOut> among = learned ? objects.train() : objects.heldOut();
      Random random = new Random(SEED + i);
      Photo photo = photos.get(i / 2 % photos.size());
      ObjectScene scene = ObjectScene.draw(random, photo, among, MOST, SIDE);
      ask(
          finder,
          scene,
          absent(random, scene, among),
          learned ? "learned" : "never seen",
          overlaps);
      if (scene.objects().size() == 1) {
        takeAway(scene, filled);
      }
      progress.tile(i + 1, 2 * rounds);
    }
    Map<String, Found> found = new LinkedHashMap<>();
    overlaps.forEach((question, all) -> found.put(question, Found.of(all)));
    Map<String, Double> means = new LinkedHashMap<>();
    filled.forEach(
        (way, all) ->
            means.put(way, all.stream().mapToDouble(v -> v).average().orElse(Double.NaN)));
    return new ObjectScores(found, means);
  }

  /** An object that a scene does not show, nor another of its name. */
  private static Optional<CutOut> absent(Random random, ObjectScene scene, List<CutOut> among) {
    List<CutOut> others = among.stream().filter(other -> !shows(scene, other)).toList();
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(others.get(random.nextInt(others.size())));
  }

  private static boolean shows(ObjectScene scene, CutOut other) {
    return scene.objects().stream()
        .flatMap(o -> Stream.concat(o.english().stream(), o.chinese().stream()))
        .anyMatch(other::isCalled);
  }

  private static void ask(
      ObjectFinder finder,
      ObjectScene scene,
      Optional<CutOut> absent,
      String group,
      Map<String, List<Double>> overlaps) {
    RasterImage photo = RasterImage.of(scene.picture());
    String among = scene.objects().size() == 1 ? "alone" : "among others";
    for (int o = 0; o < scene.objects().size(); o++) {
      float[] truth = scene.shares().get(o);
      CutOut object = scene.objects().get(o);
      add(
          overlaps,
          group + ", " + among + ", English",
          overlap(finder, photo, object.english().get(0), truth));
      add(
          overlaps,
          group + ", " + among + ", Chinese",
          overlap(finder, photo, object.chinese().get(0), truth));
    }
    float[] nothing = new float[scene.picture().plane()];
    absent.ifPresent(
        other ->
            add(
                overlaps,
                group + ", not there",
                overlap(finder, photo, other.english().get(0), nothing)));
  }

  private static void add(Map<String, List<Double>> to, String key, double value) {
    to.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
  }

  /** Intersection over union with the truth; -1 where nothing is found. */
  private static double overlap(
      ObjectFinder finder, RasterImage photo, String name, float[] truth) {
    Mask mask;
    try {
      mask = Region.object(name).in(photo, finder);
    } catch (PlaceNotFoundException e) {
      return -1;
    }
    int both = 0;
    int either = 0;
    for (int i = 0; i < truth.length; i++) {
      boolean said = mask.at(i % photo.width(), i / photo.width()) > 0.5f;
      boolean is = truth[i] > 0.5f;
      both += said && is ? 1 : 0;
      either += said || is ? 1 : 0;
    }
    return either == 0 ? 0 : (double) both / either;
  }

  /** An object whose place is known goes: what is left is the filling's doing alone. */
  private static void takeAway(ObjectScene scene, Map<String, List<Double>> filled) {
    float[] share = scene.shares().get(0);
    Mask hole = Mask.of(SIDE, SIDE, (x, y) -> share[y * SIDE + x] > 0.02f ? 1 : 0).grown();
    RasterImage photo = RasterImage.of(scene.picture());
    RasterImage truth = RasterImage.of(scene.ground());
    add(filled, "with the object", inside(photo, truth, hole));
    add(filled, "the mean colour around it", inside(plain(photo, hole), truth, hole));
    add(filled, "taken away", inside(Retouch.of(photo, new Deed.Remove(), hole, 1), truth, hole));
  }

  /** The hole in the mean colour of what lies around it. */
  private static RasterImage plain(RasterImage photo, Mask hole) {
    Mask wider = hole.grown().grown();
    double[] sum = new double[4];
    for (int i = 0; i < SIDE * SIDE; i++) {
      if (wider.at(i % SIDE, i / SIDE) > 0 && hole.at(i % SIDE, i / SIDE) == 0) {
        int rgb = photo.rgbAt(i % SIDE, i / SIDE);
        sum[3]++;
        for (int c = 0; c < 3; c++) {
          sum[c] += rgb >> 16 - 8 * c & 255;
        }
      }
    }
    float[] pixels = photo.toPicture().rgb().clone();
    for (int i = 0; i < SIDE * SIDE; i++) {
      for (int c = 0; hole.at(i % SIDE, i / SIDE) > 0 && c < 3; c++) {
        pixels[c * SIDE * SIDE + i] = (float) (sum[c] / Math.max(1, sum[3]) / 255);
      }
    }
    return RasterImage.of(new Picture(SIDE, SIDE, pixels));
  }

  private static double inside(RasterImage a, RasterImage b, Mask where) {
    double square = 0;
    double count = 0;
    for (int i = 0; i < SIDE * SIDE; i++) {
      if (where.at(i % SIDE, i / SIDE) > 0) {
        int p = a.rgbAt(i % SIDE, i / SIDE);
        int q = b.rgbAt(i % SIDE, i / SIDE);
        for (int c = 0; c < 24; c += 8) {
          double d = ((p >> c & 255) - (q >> c & 255)) / 255.0;
          square += d * d;
          count++;
        }
      }
    }
    return Math.min(60, -10 * Math.log10(square / Math.max(1, count)));
  }

  /** Both tables. */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("| asked for an object | questions | found, % | rightly, % | overlap |\n");
    text.append("|---|--:|--:|--:|--:|\n");
    found.forEach(
        (question, f) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "| %s | %d | %.1f | %.1f | %.2f |%n",
                    question,
                    f.questions(),
                    100 * f.there(),
                    100 * f.right(),
                    f.overlap())));
    text.append("\n| where an object was | PSNR, dB |\n|---|--:|\n");
    filled.forEach(
        (way, psnr) -> text.append(String.format(Locale.ROOT, "| %s | %.1f |%n", way, psnr)));
    return text.toString();
  }
}
