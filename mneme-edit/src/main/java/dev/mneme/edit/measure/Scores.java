package dev.mneme.edit.measure;

import dev.mneme.edit.learn.EditExample;
import dev.mneme.edit.picture.Measures;
import dev.mneme.edit.picture.Picture;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How near a candidate came.
 *
 * @param psnr mean PSNR in dB by task
 * @param ssim mean SSIM by task
 */
public record Scores(Map<String, Double> psnr, Map<String, Double> ssim) {
  /** A perfect tile would count as infinite; it counts as this. */
  private static final double BEST = 60;

  /**
   * Measures tiles against a set's targets.
   *
   * @param edited one for each question, in the order of the set
   */
  public static Scores of(EvaluationSet set, List<Picture> edited) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    set.examples().forEach(example -> counts.merge(example.task(), 1, Integer::sum));
    Map<String, Double> psnr = new LinkedHashMap<>();
    Map<String, Double> ssim = new LinkedHashMap<>();
    for (int i = 0; i < edited.size(); i++) {
      EditExample example = set.examples().get(i);
      int count = counts.get(example.task());
      double p = Math.min(BEST, Measures.psnr(edited.get(i), example.tile().target()));
      double s = Measures.ssim(edited.get(i), example.tile().target());
      psnr.merge(example.task(), p / count, Double::sum);
      ssim.merge(example.task(), s / count, Double::sum);
    }
    return new Scores(psnr, ssim);
  }

  /** Mean PSNR over the tasks that fit. */
  public double meanPsnr(Predicate<String> tasks) {
    return psnr.entrySet().stream()
        .filter(e -> tasks.test(e.getKey()))
        .mapToDouble(Map.Entry::getValue)
        .average()
        .orElse(Double.NaN);
  }
}
