package dev.mneme.edit.measure;

import dev.mneme.edit.base.Shown;
import dev.mneme.edit.picture.Picture;
import java.util.List;

/**
 * Takes a look from pairs as the simplest tools do: each channel passes the rising curve that turns
 * its histogram before into that after.
 */
final class HistogramMatch {
  private static final int BINS = 256;

  private final float[][] curves = new float[3][];

  HistogramMatch(List<Shown> pairs) {
    this(pairs.stream().map(Shown::before).toList(), pairs.stream().map(Shown::after).toList());
  }

  /** From pictures to others, which need not show the same, nor be as many or as large. */
  HistogramMatch(List<Picture> from, List<Picture> to) {
    for (int c = 0; c < 3; c++) {
      curves[c] = curve(shares(from, c), shares(to, c));
    }
  }

  /** The rising curve that turns one histogram into another. */
  private static float[] curve(double[] before, double[] after) {
    float[] curve = new float[BINS];
    double below = 0; // share of what was before that is darker than this bin
    double reached = after[0];
    int to = 0;
    for (int bin = 0; bin < BINS; bin++) {
      double middle = below + before[bin] / 2;
      while (to < BINS - 1 && reached < middle) {
        reached += after[++to];
      }
      curve[bin] = (float) to / (BINS - 1);
      below += before[bin];
    }
    return curve;
  }

  private static double[] shares(List<Picture> pictures, int channel) {
    double[] shares = new double[BINS];
    long pixels = pictures.stream().mapToLong(Picture::plane).sum();
    for (Picture picture : pictures) {
      int plane = picture.plane();
      for (int i = 0; i < plane; i++) {
        shares[bin(picture.rgb()[channel * plane + i])] += 1.0 / pixels;
      }
    }
    return shares;
  }

  private static int bin(float value) {
    return Math.max(0, Math.min(BINS - 1, Math.round(value * (BINS - 1))));
  }

  Picture apply(Picture source) {
    float[] out = new float[source.rgb().length];
    for (int i = 0; i < out.length; i++) {
      out[i] = curves[i / source.plane()][bin(source.rgb()[i])];
    }
    return new Picture(source.width(), source.height(), out);
  }
}
