package dev.mneme.edit.region;

/**
 * Carries a guess of a place over to what has the same colours near by: colours are counted inside
 * and outside, and what is likelier inside moves in, and the other way round, a few times. The
 * place before, blurred, says how far that may go.
 */
final class Likeness {
  private static final int BINS = 12;
  private static final int ROUNDS = 3;

  /** How much a pixel's colour counts against where it lies. */
  private static final double TRUST = 0.35;

  private Likeness() {}

  /**
   * Amounts from a saliency.
   *
   * @param saliency in [0, 1], parted in two by Otsu's threshold for the first guess
   */
  static float[] refine(Reduced photo, float[] saliency) {
    float border = Planes.otsu(saliency);
    float[] likely = new float[saliency.length];
    for (int i = 0; i < likely.length; i++) {
      likely[i] = (float) (1 / (1 + Math.exp(-12 * (saliency[i] - border))));
    }
    int[] bins = new int[likely.length];
    for (int i = 0; i < bins.length; i++) {
      bins[i] = bin(photo, i);
    }
    float[] start = likely;
    int reach = Math.max(2, Math.max(photo.width(), photo.height()) / 24);
    for (int round = 0; round < ROUNDS; round++) {
      float[] near = Planes.mean(likely, photo.width(), photo.height(), reach);
      likely = step(bins, likely, near, start);
      likely = Planes.mean(likely, photo.width(), photo.height(), 2);
    }
    return likely;
  }

  private static float[] step(int[] bins, float[] likely, float[] near, float[] start) {
    double[] inside = new double[BINS * BINS * BINS];
    double[] outside = new double[inside.length];
    double in = 0;
    for (int i = 0; i < bins.length; i++) {
      inside[bins[i]] += likely[i];
      outside[bins[i]] += 1 - likely[i];
      in += likely[i];
    }
    double out = bins.length - in;
    float[] next = new float[bins.length];
    for (int i = 0; i < next.length; i++) {
      double a = (inside[bins[i]] + 1e-3) / (in + 1);
      double b = (outside[bins[i]] + 1e-3) / (out + 1);
      double place = Math.min(0.98, Math.max(0.02, 0.5 * near[i] + 0.5 * start[i]));
      double odds = place / (1 - place) * Math.pow(a / b, TRUST * 2);
      next[i] = (float) (odds / (1 + odds));
    }
    return next;
  }

  private static int bin(Reduced photo, int i) {
    int light = clamp((int) (photo.light()[i] * BINS));
    int a = clamp((int) ((photo.a()[i] + 0.2) / 0.4 * BINS));
    int b = clamp((int) ((photo.b()[i] + 0.2) / 0.4 * BINS));
    return (light * BINS + a) * BINS + b;
  }

  private static int clamp(int bin) {
    return Math.max(0, Math.min(BINS - 1, bin));
  }
}
