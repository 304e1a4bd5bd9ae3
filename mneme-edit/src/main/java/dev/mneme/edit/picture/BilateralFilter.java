package dev.mneme.edit.picture;

/**
 * Smoothing that stops at edges (Tomasi and Manduchi, 1998): every pixel becomes the mean of its
 * neighbours, weighted by how near they are in place and, all three channels together, in colour.
 * The classical answer to noise, to compare with.
 *
 * @param sigmaSpace in pixels, above 0; neighbours up to twice as far are looked at
 * @param sigmaColour in units of [0, 1], above 0
 */
public record BilateralFilter(double sigmaSpace, double sigmaColour) {
  /** Weights of colour are tabulated over the squared distance, which is at most 3. */
  private static final int TABLE = 1 << 14;

  public BilateralFilter {
    if (!(sigmaSpace > 0 && sigmaColour > 0)) {
      throw new IllegalArgumentException(
          "Expected both sigmas above 0, found %s and %s".formatted(sigmaSpace, sigmaColour));
    }
  }

  /** Rows and columns looked at on either side. */
  public int radius() {
    return (int) Math.max(1, Math.ceil(2 * sigmaSpace));
  }

  /** A filtered copy; beyond the border there are no neighbours. */
  public Picture apply(Picture in) {
    float[] near = nearness();
    float[] alike = likeness();
    float[] out = new float[in.rgb().length];
    for (int y = 0; y < in.height(); y++) {
      for (int x = 0; x < in.width(); x++) {
        mean(in, x, y, near, alike, out);
      }
    }
    return new Picture(in.width(), in.height(), out);
  }

  private void mean(Picture in, int x, int y, float[] near, float[] alike, float[] out) {
    float[] rgb = in.rgb();
    int plane = in.plane();
    int radius = radius();
    int at = y * in.width() + x;
    float sum = 0;
    float red = 0;
    float green = 0;
    float blue = 0;
    for (int v = Math.max(0, y - radius); v <= Math.min(in.height() - 1, y + radius); v++) {
      for (int u = Math.max(0, x - radius); u <= Math.min(in.width() - 1, x + radius); u++) {
        int other = v * in.width() + u;
        float dr = rgb[other] - rgb[at];
        float dg = rgb[other + plane] - rgb[at + plane];
        float db = rgb[other + 2 * plane] - rgb[at + 2 * plane];
        float distance = Math.min(3, dr * dr + dg * dg + db * db);
        float weight =
            near[(v - y + radius) * (2 * radius + 1) + u - x + radius]
                * alike[(int) (distance * (TABLE / 3f) + 0.5f)];
        sum += weight;
        red += weight * rgb[other];
        green += weight * rgb[other + plane];
        blue += weight * rgb[other + 2 * plane];
      }
    }
    out[at] = red / sum;
    out[at + plane] = green / sum;
    out[at + 2 * plane] = blue / sum;
  }

  private float[] nearness() {
    int radius = radius();
    float[] near = new float[(2 * radius + 1) * (2 * radius + 1)];
    for (int dy = -radius, i = 0; dy <= radius; dy++) {
      for (int dx = -radius; dx <= radius; dx++) {
        near[i++] = (float) Math.exp(-(dx * dx + dy * dy) / (2 * sigmaSpace * sigmaSpace));
      }
    }
    return near;
  }

  private float[] likeness() {
    float[] alike = new float[TABLE + 1];
    for (int i = 0; i <= TABLE; i++) {
      alike[i] = (float) Math.exp(-(3.0 * i / TABLE) / (2 * sigmaColour * sigmaColour));
    }
    return alike;
  }
}
