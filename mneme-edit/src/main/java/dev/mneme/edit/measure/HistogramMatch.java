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

  private final float[][] curves = new float[3][BINS];

  HistogramMatch(List<Shown> pairs) {
    for (int c = 0; c < 3; c++) {
      double[] before = new double[BINS];
      double[] after = new double[BINS];
      for (Shown pair : pairs) {
        count(pair.before(), c, before);
        count(pair.after(), c, after);
      }
      double below = 0; // pixels before that are darker than this bin
      double reached = after[0];
      int to = 0;
      for (int bin = 0; bin < BINS; bin++) {
        double middle = below + before[bin] / 2;
        while (to < BINS - 1 && reached < middle) {
          reached += after[++to];
        }
        curves[c][bin] = (float) to / (BINS - 1);
        below += before[bin];
      }
    }
  }

  private static void count(Picture picture, int channel, double[] into) {
    int plane = picture.plane();
    for (int i = 0; i < plane; i++) {
      into[bin(picture.rgb()[channel * plane + i])]++;
    }
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
