package dev.mneme.edit.region;

/** How unlike the colours along a photograph's four sides its pixels are. */
final class Rim {
  private Rim() {}

  /**
   * The Mahalanobis distances to the colours of the four sides, each at most 1, added without the
   * largest: one side may cut through the subject.
   *
   * @param share of the shorter side, how wide a side's strip is
   */
  static float[] unlike(Reduced photo, double share) {
    int strip = Math.max(1, (int) (share * Math.min(photo.width(), photo.height())));
    int w = photo.width();
    int h = photo.height();
    int[][] sides = {
      {0, 0, w, strip}, {0, h - strip, w, h}, {0, 0, strip, h}, {w - strip, 0, w, h}
    };
    float[] sum = new float[photo.size()];
    float[] largest = new float[photo.size()];
    for (int[] side : sides) {
      float[] far = Planes.scaled(distances(photo, side));
      for (int i = 0; i < sum.length; i++) {
        sum[i] += far[i];
        largest[i] = Math.max(largest[i], far[i]);
      }
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] -= largest[i];
    }
    return sum;
  }

  private static float[] distances(Reduced photo, int[] side) {
    double[] mean = new double[3];
    double[][] spread = new double[3][3];
    int count = 0;
    for (int pass = 0; pass < 2; pass++) {
      for (int y = side[1]; y < side[3]; y++) {
        for (int x = side[0]; x < side[2]; x++) {
          double[] colour = colour(photo, y * photo.width() + x);
          if (pass == 0) {
            count++;
            for (int c = 0; c < 3; c++) {
              mean[c] += colour[c];
            }
          } else {
            add(spread, colour, mean);
          }
        }
      }
      if (pass == 0) {
        for (int c = 0; c < 3; c++) {
          mean[c] /= count;
        }
      }
    }
    for (int r = 0; r < 3; r++) {
      for (int c = 0; c < 3; c++) {
        spread[r][c] = spread[r][c] / count + (r == c ? 1e-4 : 0); // no colour is that pure
      }
    }
    double[][] inverse = Small.inverse(spread);
    float[] out = new float[photo.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) Math.sqrt(Small.form(inverse, colour(photo, i), mean));
    }
    return out;
  }

  private static double[] colour(Reduced photo, int i) {
    return new double[] {photo.light()[i], photo.a()[i], photo.b()[i]};
  }

  private static void add(double[][] spread, double[] colour, double[] mean) {
    for (int r = 0; r < 3; r++) {
      for (int c = 0; c < 3; c++) {
        spread[r][c] += (colour[r] - mean[r]) * (colour[c] - mean[c]);
      }
    }
  }
}
