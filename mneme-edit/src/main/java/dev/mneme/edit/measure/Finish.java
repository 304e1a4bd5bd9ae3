package dev.mneme.edit.measure;

import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.learn.Wording;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.edit.pipeline.Editor;
import dev.mneme.edit.pipeline.TileProgress;
import dev.mneme.edit.task.EditPair;
import dev.mneme.edit.task.EditTask;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * How cleanly an editor works, apart from whether it does what is asked: seams on {@link
 * TestChart}s, detail kept, and whether more is more.
 *
 * @param seams worst multiple over the charts, by task ({@link TestChart#seams})
 * @param detail high-frequency energy of edited photographs as a share of their targets', by task;
 *     of tasks that change colour alone
 * @param step largest mean change, as a share of the range, between strengths 0.05 apart, by task
 * @param rising share of edits, asked for in English and in Chinese, which change more and more
 *     where words for less, none, and words for more are said after the sentence, over all tasks
 */
public record Finish(
    Map<String, Double> seams,
    Map<String, Double> detail,
    Map<String, Double> step,
    double rising) {
  private static final long SEED = 4_400;

  /** What is said after a sentence for less, as much, and more of it, by language. */
  private static final List<Map.Entry<Wording, List<String>>> ENDS =
      List.of(
          Map.entry(
              Wording.ENGLISH_HELD_OUT,
              List.of(", but only slightly", "", ", at twice the strength")),
          Map.entry(Wording.CHINESE_HELD_OUT, List.of("，一半强度", "", "，两倍强度")));

  private static final double STEP = 0.05;

  /** Longer side of a photograph. */
  private static final int LONGEST = 320;

  public Finish {
    seams = Map.copyOf(seams);
    detail = Map.copyOf(detail);
    step = Map.copyOf(step);
  }

  /**
   * Measures an editor.
   *
   * @param photos held out; at least one
   * @param tasks asked for, in held-out English words
   * @param rounds photographs a task
   * @param progress told after every task
   */
  public static Finish of(
      Editor editor, List<Photo> photos, List<EditTask> tasks, int rounds, TileProgress progress) {
    Map<String, Double> seams = new TreeMap<>();
    Map<String, Double> detail = new TreeMap<>();
    Map<String, Double> step = new TreeMap<>();
    int rising = 0;
    int asked = 0;
    for (int t = 0; t < tasks.size(); t++) {
      EditTask task = tasks.get(t);
      SplittableRandom random = new SplittableRandom(SEED + t);
      String sentence = Wording.ENGLISH_HELD_OUT.sentence(task, random);
      double worst = 0;
      for (TestChart chart : TestChart.all()) {
        List<Picture> edited =
            chart.pictures().stream().map(p -> edited(editor, p, sentence)).toList();
        worst = Math.max(worst, chart.seams(edited));
      }
      seams.put(task.name(), worst);
      double kept = 0;
      double most = 0;
      for (int round = 0; round < rounds; round++) {
        Picture clean = photos.get((t + round) % photos.size()).within(LONGEST);
        EditPair pair = task.apply(clean, task.strength().usual(), random);
        Picture usual = edited(editor, pair.source(), sentence);
        most = Math.max(most, change(pair.source(), usual) * STEP);
        kept += highFrequency(usual) / highFrequency(pair.target()) / rounds;
        for (Map.Entry<Wording, List<String>> ends : ENDS) {
          String said = ends.getKey().sentence(task, random);
          asked++;
          rising += isRising(editor, pair.source(), said, ends.getValue()) ? 1 : 0;
        }
      }
      step.put(task.name(), most);
      if (task.family() == EditTask.Family.COLOUR) {
        detail.put(task.name(), kept);
      }
      progress.tile(t + 1, tasks.size());
    }
    return new Finish(seams, detail, step, (double) rising / asked);
  }

  /** Whether a sentence changes more and more with what is said after it. */
  private static boolean isRising(
      Editor editor, Picture source, String sentence, List<String> ends) {
    double before = 0;
    for (String end : ends) {
      double change = change(source, edited(editor, source, sentence + end));
      if (change <= before) {
        return false;
      }
      before = change;
    }
    return true;
  }

  private static Picture edited(Editor editor, Picture picture, String sentence) {
    return editor.edit(RasterImage.of(picture), sentence, 1, TileProgress.NONE).toPicture();
  }

  /** Mean absolute difference. */
  private static double change(Picture from, Picture to) {
    double sum = 0;
    for (int i = 0; i < from.rgb().length; i++) {
      sum += Math.abs(from.rgb()[i] - to.rgb()[i]);
    }
    return sum / from.rgb().length;
  }

  /** Mean squared Laplacian of the sum of channels. */
  private static double highFrequency(Picture picture) {
    double sum = 0;
    for (int y = 1; y < picture.height() - 1; y++) {
      for (int x = 1; x < picture.width() - 1; x++) {
        double laplacian = 0;
        for (int c = 0; c < 3; c++) {
          laplacian +=
              4 * picture.at(c, x, y)
                  - picture.at(c, x - 1, y)
                  - picture.at(c, x + 1, y)
                  - picture.at(c, x, y - 1)
                  - picture.at(c, x, y + 1);
        }
        sum += laplacian * laplacian;
      }
    }
    return sum / ((picture.width() - 2) * (picture.height() - 2));
  }

  /** As Markdown. */
  public String markdown() {
    StringBuilder out = new StringBuilder();
    out.append("| task | seams, multiple | detail, share | change of one step, % of range |\n");
    out.append("|---|--:|--:|--:|\n");
    for (String task : new TreeMap<>(seams).keySet()) {
      out.append(
          String.format(
              Locale.ROOT,
              "| %s | %.3f | %s | %.2f |%n",
              task,
              seams.get(task),
              detail.containsKey(task) ? String.format(Locale.ROOT, "%.3f", detail.get(task)) : "",
              100 * step.get(task)));
    }
    out.append(
        String.format(
            Locale.ROOT,
            "%nWords for less, none and words for more change more and more on %.1f %% of edits, half of them asked for in Chinese%n",
            100 * rising));
    return out.toString();
  }
}
