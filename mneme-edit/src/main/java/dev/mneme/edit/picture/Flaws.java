package dev.mneme.edit.picture;

import java.util.Arrays;

/**
 * How much of a flaw a picture shows, from -1 (surely none) over 0 (no telling) to 1 (surely
 * there). What a person means by "the haze" depends on whether there is one.
 *
 * @param haze a veil of light over everything
 * @param noise grain
 * @param blur no edge is sharp
 */
public record Flaws(double haze, double noise, double blur) {
  /** Nothing can be told. */
  public static final Flaws UNSEEN = new Flaws(0, 0, 0);

  private static final int LEAST = 16;

  /** Side of the blocks in which noise is sought. */
  private static final int BLOCK = 8;

  /** Noise is what the smoothest blocks show, and haze what the darkest pixels do. */
  private static final double FEW = 0.05;

  /** Edges are what few pixels show. */
  private static final double EDGES = 0.98;

  /** Blocks nearer to black or white than this are clipped, and hide noise. */
  private static final double CLIPPED = 0.03;

  /**
   * Looks at a picture. Where the borders lie was read off training photographs, as they are and as
   * the tasks spoil them: of each flaw 19 of 20 lie on the right side.
   *
   * @param whole all of it, of any size, as haze is a matter of the whole
   * @param close a part of it or all at its own resolution; of less than 16 pixels a side nothing
   *     is told
   */
  public static Flaws of(Picture whole, Picture close) {
    if (Math.min(close.width(), close.height()) < LEAST) {
      return UNSEEN;
    }
    return new Flaws(
        between(veil(whole), 0.22, 0.33),
        between(noise(close), 0.006, 0.018),
        between(softness(close), 0.40, 0.70));
  }

  /** -1 up to {@code none}, 1 from {@code sure} on, straight between. */
  private static double between(double value, double none, double sure) {
    return Math.max(-1, Math.min(1, 2 * (value - none) / (sure - none) - 1));
  }

  /** The least channel of the darkest pixels: a veil leaves nothing dark. In [0, 1]. */
  static double veil(Picture picture) {
    double[] dark = new double[picture.plane()];
    for (int i = 0; i < dark.length; i++) {
      float[] rgb = picture.rgb();
      dark[i] = Math.min(rgb[i], Math.min(rgb[i + dark.length], rgb[i + 2 * dark.length]));
    }
    return quantile(dark, FEW);
  }

  /**
   * Standard deviation of the noise of luminance, in [0, 1]: the smallest of what blocks show under
   * the mask of Immerkær (1996), which does not see edges that are straight.
   */
  static double noise(Picture picture) {
    float[] grey = grey(picture);
    int w = picture.width();
    int columns = (w - 2) / BLOCK;
    int rows = (picture.height() - 2) / BLOCK;
    double[] blocks = new double[Math.max(1, columns * rows)];
    int count = 0;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        double sum = 0;
        double light = 0;
        for (int y = 1 + row * BLOCK; y <= (row + 1) * BLOCK; y++) {
          for (int x = 1 + column * BLOCK; x <= (column + 1) * BLOCK; x++) {
            int i = y * w + x;
            sum += Math.abs(cross(grey, i, w));
            light += grey[i];
          }
        }
        light /= BLOCK * BLOCK;
        if (light > CLIPPED && light < 1 - CLIPPED) {
          blocks[count++] = Math.sqrt(Math.PI / 2) / 6 * sum / (BLOCK * BLOCK);
        }
      }
    }
    return count == 0 ? 0 : quantile(Arrays.copyOf(blocks, count), FEW);
  }

  /**
   * 1 less the steepest change of slope beside the steepest slope: about 0 where edges are sharp.
   */
  static double softness(Picture picture) {
    float[] grey = grey(picture);
    int w = picture.width();
    int h = picture.height();
    double[] slopes = new double[Math.max(1, (w - 2) * h)];
    double[] bends = new double[slopes.length];
    int count = 0;
    for (int y = 0; y < h; y++) {
      for (int x = 1; x < w - 1; x++) {
        int i = y * w + x;
        slopes[count] = Math.abs(grey[i + 1] - grey[i - 1]) / 2;
        bends[count++] = Math.abs(grey[i + 1] - 2 * grey[i] + grey[i - 1]);
      }
    }
    double slope = quantile(slopes, EDGES);
    return slope == 0 ? 0 : 1 - quantile(bends, EDGES) / (2 * slope);
  }

  /** Differences of second differences of both axes at a pixel: 1 -2 1 by 1 -2 1. */
  private static double cross(float[] grey, int i, int w) {
    return (grey[i - w - 1] - 2 * grey[i - w] + grey[i - w + 1])
        - 2 * (grey[i - 1] - 2 * grey[i] + grey[i + 1])
        + (grey[i + w - 1] - 2 * grey[i + w] + grey[i + w + 1]);
  }

  private static float[] grey(Picture picture) {
    float[] grey = new float[picture.plane()];
    for (int i = 0; i < grey.length; i++) {
      float[] rgb = picture.rgb();
      grey[i] = 0.299f * rgb[i] + 0.587f * rgb[i + grey.length] + 0.114f * rgb[i + 2 * grey.length];
    }
    return grey;
  }

  private static double quantile(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) (share * (sorted.length - 1))];
  }
}
