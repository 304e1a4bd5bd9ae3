package dev.mneme.edit.region;

/**
 * The sky: what hangs together with the top border without an edge, and is blue, or bright against
 * the rest.
 */
record Sky() implements Sight {
  /** Largest step of colour from one sky pixel to the next, in Oklab. */
  private static final double STEP = 0.035;

  /** Mean difference of luminance from the pixels around, above which it is a wall or a bush. */
  private static final double ROUGH = 0.016;

  @Override
  public float[] in(Reduced photo) {
    int width = photo.width();
    boolean[] may = plausible(photo);
    boolean[] sky = fromTop(photo, may);
    double[][] model = model(photo, sky);
    if (model == null || roughness(photo, sky) > ROUGH) {
      return new float[photo.size()];
    }
    boolean[] like = new boolean[photo.size()];
    for (int i = 0; i < like.length; i++) {
      like[i] = sky[i] || (may[i] && near(photo, i, model));
    }
    sky = touching(like, sky, width);
    sky = Planes.filled(sky, width, photo.size() / 400);
    float[] out = new float[photo.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = sky[i] ? 1 : 0;
    }
    return out;
  }

  @Override
  public double least() {
    return 0.02;
  }

  private static boolean[] plausible(Reduced photo) {
    double mean = Planes.mean(photo.light());
    boolean[] out = new boolean[photo.size()];
    for (int i = 0; i < out.length; i++) {
      double hue = photo.hue(i);
      double chroma = photo.chroma(i);
      double light = photo.light()[i];
      boolean blue = hue > 195 && hue < 295 && chroma > 0.02 && light > 0.3;
      boolean bright =
          light > Math.max(0.6, mean)
              && chroma < 0.09
              && !(hue > 100 && hue < 160 && chroma > 0.04);
      out[i] = blue || bright;
    }
    return out;
  }

  private static boolean[] fromTop(Reduced photo, boolean[] may) {
    int width = photo.width();
    boolean[] sky = new boolean[photo.size()];
    int[] queue = new int[photo.size()];
    int end = 0;
    for (int x = 0; x < width; x++) {
      if (may[x]) {
        sky[x] = true;
        queue[end++] = x;
      }
    }
    for (int at = 0; at < end; at++) {
      int i = queue[at];
      int x = i % width;
      int[] next = {x > 0 ? i - 1 : -1, x < width - 1 ? i + 1 : -1, i - width, i + width};
      for (int n : next) {
        if (n >= 0 && n < sky.length && !sky[n] && may[n] && photo.apart(i, n) < STEP) {
          sky[n] = true;
          queue[end++] = n;
        }
      }
    }
    return sky;
  }

  private static double roughness(Reduced photo, boolean[] sky) {
    float[] smooth = Planes.mean(photo.luma(), photo.width(), photo.height(), 1);
    double sum = 0;
    int count = 0;
    for (int i = 0; i < sky.length; i++) {
      if (sky[i]) {
        sum += Math.abs(photo.luma()[i] - smooth[i]);
        count++;
      }
    }
    return sum / count;
  }

  /** Mean and spread of the sky's colours, or null if there is too little. */
  private static double[][] model(Reduced photo, boolean[] sky) {
    double[] mean = new double[3];
    double[] square = new double[3];
    int count = 0;
    for (int i = 0; i < sky.length; i++) {
      if (sky[i]) {
        count++;
        float[] colour = {photo.light()[i], photo.a()[i], photo.b()[i]};
        for (int c = 0; c < 3; c++) {
          mean[c] += colour[c];
          square[c] += colour[c] * colour[c];
        }
      }
    }
    if (count < 0.01 * sky.length) {
      return null;
    }
    double[] spread = new double[3];
    for (int c = 0; c < 3; c++) {
      mean[c] /= count;
      spread[c] =
          Math.max(
              c == 0 ? 0.03 : 0.012, Math.sqrt(Math.max(0, square[c] / count - mean[c] * mean[c])));
    }
    return new double[][] {mean, spread};
  }

  private static boolean near(Reduced photo, int i, double[][] model) {
    float[] colour = {photo.light()[i], photo.a()[i], photo.b()[i]};
    double sum = 0;
    for (int c = 0; c < 3; c++) {
      double far = (colour[c] - model[0][c]) / model[1][c];
      sum += far * far;
    }
    return sum < 6;
  }

  /** The parts of {@code like} that touch the sky found before. */
  private static boolean[] touching(boolean[] like, boolean[] sky, int width) {
    boolean[] seen = new boolean[like.length];
    int[] queue = new int[like.length];
    boolean[] out = new boolean[like.length];
    for (int i = 0; i < like.length; i++) {
      if (sky[i] && like[i] && !seen[i]) {
        int count = Planes.part(like, seen, queue, i, width);
        for (int k = 0; k < count; k++) {
          out[queue[k]] = true;
        }
      }
    }
    return out;
  }
}
