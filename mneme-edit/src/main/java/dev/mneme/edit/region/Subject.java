package dev.mneme.edit.region;

/**
 * What stands out from the surroundings that a photograph's border shows: its subject. Saliency is
 * the {@link Barrier} distance to the border, together with how unlike the border's colours a pixel
 * is, nearer to the centre a little more (MBD+, Zhang et al., ICCV 2015). Its best threshold (Otsu)
 * gives a first guess, which {@link Likeness} then carries over to what has the same colours.
 */
record Subject() implements Sight {
  /** Share of the shorter side that counts as border. */
  private static final double RIM = 0.08;

  /** Where all of a photograph lies nearer to its border than this, nothing stands out. */
  private static final float STANDS_OUT = 0.05f;

  /** Parts smaller than this share of the largest are dropped. */
  private static final double CRUMB = 0.15;

  @Override
  public float[] in(Reduced photo) {
    float[] saliency = saliency(photo);
    if (Planes.max(saliency) <= 0) {
      return saliency;
    }
    float[] likely = Likeness.refine(photo, saliency);
    return parts(likely, photo.width(), photo.size());
  }

  @Override
  public double least() {
    return 0.004;
  }

  static float[] saliency(Reduced photo) {
    float[] barrier = new float[photo.size()];
    for (float[] plane : new float[][] {photo.light(), photo.a(), photo.b()}) {
      float[] distances =
          Barrier.distances(
              Planes.mean(plane, photo.width(), photo.height(), 1), photo.width(), photo.height());
      float gain = plane == photo.light() ? 1 : 2; // colours differ by less than light does
      for (int i = 0; i < barrier.length; i++) {
        barrier[i] += gain * distances[i];
      }
    }
    float[] unlike = Rim.unlike(photo, RIM);
    if (Planes.max(barrier) < STANDS_OUT) {
      return new float[photo.size()];
    }
    barrier = Planes.scaled(barrier);
    unlike = Planes.scaled(unlike);
    float[] out = new float[photo.size()];
    for (int i = 0; i < out.length; i++) {
      double x = 2.0 * (i % photo.width() + 0.5) / photo.width() - 1;
      double y = 2.0 * (i / photo.width() + 0.5) / photo.height() - 1;
      out[i] = (float) ((barrier[i] + unlike[i]) * Math.exp(-(x * x + y * y) / (2 * 0.6)));
    }
    int radius = Math.max(1, Math.max(photo.width(), photo.height()) / 64);
    return Planes.scaled(Planes.mean(out, photo.width(), photo.height(), radius));
  }

  private static float[] parts(float[] likely, int width, int size) {
    boolean[] in = new boolean[size];
    for (int i = 0; i < size; i++) {
      in[i] = likely[i] > 0.5f;
    }
    in = Planes.filled(in, width, size / 20);
    int[] sizes = Planes.partSizes(in, width);
    int largest = 0;
    for (int s : sizes) {
      largest = Math.max(largest, s);
    }
    float[] out = new float[size];
    for (int i = 0; i < size; i++) {
      out[i] = sizes[i] > CRUMB * largest ? 1 : 0;
    }
    return out;
  }
}
