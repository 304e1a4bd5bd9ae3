package dev.mneme.peers;

import dev.mneme.edit.picture.Measures;
import dev.mneme.edit.picture.Picture;
import java.util.ArrayList;
import java.util.List;

/**
 * How near edited pictures came to their targets, one value a picture.
 *
 * @param psnr in dB, at most 60
 * @param ssim at most 1
 */
public record Marks(List<Double> psnr, List<Double> ssim) {
  /** An equal picture would count as infinite; it counts as this, as in an evaluation. */
  private static final double BEST = 60;

  public Marks {
    psnr = List.copyOf(psnr);
    ssim = List.copyOf(ssim);
  }

  /**
   * Measures pictures against their targets.
   *
   * @param edited as many as targets, each of its target's size
   */
  public static Marks of(List<Picture> edited, List<Picture> targets) {
    List<Double> psnr = new ArrayList<>();
    List<Double> ssim = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      psnr.add(Math.min(BEST, Measures.psnr(edited.get(i), targets.get(i))));
      ssim.add(Measures.ssim(edited.get(i), targets.get(i)));
    }
    return new Marks(psnr, ssim);
  }

  /** In dB. */
  public double meanPsnr() {
    return mean(psnr);
  }

  /** At most 1. */
  public double meanSsim() {
    return mean(ssim);
  }

  /** PSNR above another's, picture by picture, in dB. */
  public List<Double> above(Marks other) {
    List<Double> above = new ArrayList<>();
    for (int i = 0; i < psnr.size(); i++) {
      above.add(psnr.get(i) - other.psnr.get(i));
    }
    return above;
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }
}
