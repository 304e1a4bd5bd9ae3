package dev.mneme.edit.measure;

import dev.mneme.edit.picture.Picture;
import java.util.List;

/**
 * A picture without detail, on which every seam of an edit shows.
 *
 * @param name as it stands in tables
 * @param picture 352 x 240, three tiles by two
 */
public record TestChart(String name, Picture picture) {
  private static final int WIDTH = 352;
  private static final int HEIGHT = 240;

  /** Where the second tile begins, how far the next is, and how long two fade into each other. */
  private static final int STRIDE = 112;

  private static final int FADE = 16;

  /** Half a step of an 8-bit picture: gradients below it are nobody's to see. */
  private static final double UNSEEN = 0.5 / 255 * (0.5 / 255);

  @FunctionalInterface
  private interface Shade {
    double at(int channel, double x, double y);
  }

  /** Flat and graded charts. */
  public static List<TestChart> all() {
    return List.of(
        chart("grey", (c, x, y) -> 0.5),
        chart("sky", (c, x, y) -> new double[] {0.45, 0.65, 0.85}[c]),
        chart("across", (c, x, y) -> 0.15 + 0.7 * x),
        chart("down", (c, x, y) -> new double[] {0.9, 0.6, 0.4}[c] * (0.3 + 0.7 * y)));
  }

  private static TestChart chart(String name, Shade shade) {
    float[] rgb = new float[3 * WIDTH * HEIGHT];
    for (int i = 0; i < rgb.length; i++) {
      int pixel = i % (WIDTH * HEIGHT);
      double x = (double) (pixel % WIDTH) / (WIDTH - 1);
      double y = (double) (pixel / WIDTH) / (HEIGHT - 1);
      rgb[i] = (float) shade.at(i / (WIDTH * HEIGHT), x, y);
    }
    return new TestChart(name, new Picture(WIDTH, HEIGHT, rgb));
  }

  /**
   * Gradient energy where tiles meet, as a multiple of that elsewhere; 1 where nothing is to be
   * seen of tiles. The picture's own border is left out: what looks around itself differs there,
   * tiles or not.
   *
   * @param edited this chart after an edit
   */
  public double seams(Picture edited) {
    double[] energy = new double[2];
    long[] count = new long[2];
    for (int c = 0; c < 3; c++) {
      for (int y = FADE; y < HEIGHT - FADE; y++) {
        for (int x = FADE; x < WIDTH - FADE; x++) {
          double right = edited.at(c, x + 1, y) - edited.at(c, x, y);
          double below = edited.at(c, x, y + 1) - edited.at(c, x, y);
          int meet = meets(x) || meets(y) ? 1 : 0;
          energy[meet] += right * right + below * below;
          count[meet]++;
        }
      }
    }
    return (energy[1] / count[1] + UNSEEN) / (energy[0] / count[0] + UNSEEN);
  }

  private static boolean meets(int at) {
    return at >= STRIDE - 1 && (at + 1) % STRIDE <= FADE;
  }
}
