package dev.mneme.edit.measure;

import dev.mneme.edit.picture.Picture;
import java.util.Arrays;
import java.util.List;

/**
 * A picture without detail, on which every seam of an edit shows. It lies in a canvas of four tiles
 * by three, at several places of it, so that tiles meet at other pixels of the chart in each: what
 * an edit makes of a tone is the same wherever that tone lies, and is no seam.
 *
 * @param name as it stands in tables
 * @param shade its colours
 */
public record TestChart(String name, Shade shade) {
  private static final int WIDTH = 352;
  private static final int HEIGHT = 240;

  /**
   * How far the chart lies from the canvas' upper left corner, each way: whole patches, so that
   * what an edit draws in blocks falls on the same pixels.
   */
  private static final int[] SHIFTS = {0, 32, 64, 96};

  /** Where the second tile begins, how far the next is, and how long two fade into each other. */
  static final int STRIDE = 112;

  private static final int FADE = 16;

  /** Half a step of an 8-bit picture: gradients below it are nobody's to see. */
  private static final double UNSEEN = 0.5 / 255 * (0.5 / 255);

  /** Colours of a chart. */
  @FunctionalInterface
  public interface Shade {
    /**
     * One channel at a place, in [0, 1].
     *
     * @param x from left, 0, to right, 1
     * @param y from top to bottom
     */
    double at(int channel, double x, double y);
  }

  /** Flat and graded charts. */
  public static List<TestChart> all() {
    return List.of(
        new TestChart("grey", (c, x, y) -> 0.5),
        new TestChart("sky", (c, x, y) -> new double[] {0.45, 0.65, 0.85}[c]),
        new TestChart("across", (c, x, y) -> 0.15 + 0.7 * x),
        new TestChart("down", (c, x, y) -> new double[] {0.9, 0.6, 0.4}[c] * (0.3 + 0.7 * y)));
  }

  /** The chart at each of its places; beyond its border the border goes on. */
  public List<Picture> pictures() {
    return Arrays.stream(SHIFTS).mapToObj(this::shifted).toList();
  }

  private Picture shifted(int shift) {
    int width = WIDTH + STRIDE;
    int height = HEIGHT + STRIDE;
    float[] rgb = new float[3 * width * height];
    for (int i = 0; i < rgb.length; i++) {
      int pixel = i % (width * height);
      double x = (pixel % width - shift) / (WIDTH - 1.0);
      double y = (pixel / width - shift) / (HEIGHT - 1.0);
      rgb[i] = (float) shade.at(i / (width * height), inside(x), inside(y));
    }
    return new Picture(width, height, rgb);
  }

  private static double inside(double share) {
    return Math.max(0, Math.min(1, share));
  }

  /**
   * Gradient energy of the chart's pixels where tiles meet, as a multiple of that of the same
   * pixels where none do; 1 where nothing is to be seen of tiles. Each picture counts by its own
   * energy where none of them has a border, for an edit may be a little stronger in one than in
   * another. Pixels near the chart's border are left out: what looks around itself differs there,
   * tiles or not.
   *
   * @param edited {@link #pictures} after an edit, in their order
   */
  public double seams(List<Picture> edited) {
    double[] usual = new double[SHIFTS.length];
    for (int i = 0; i < SHIFTS.length; i++) {
      usual[i] = usual(edited.get(i), SHIFTS[i]);
    }
    double met = 0;
    double apart = 0;
    for (int y = FADE; y < HEIGHT - FADE; y++) {
      for (int x = FADE; x < WIDTH - FADE; x++) {
        int meeting = meeting(x, y);
        if (meeting == 0 || meeting == SHIFTS.length) {
          continue;
        }
        for (int i = 0; i < SHIFTS.length; i++) {
          int right = x + SHIFTS[i];
          int below = y + SHIFTS[i];
          double energy = energy(edited.get(i), right, below) / usual[i];
          if (meets(right) || meets(below)) {
            met += energy / meeting;
          } else {
            apart += energy / (SHIFTS.length - meeting);
          }
        }
      }
    }
    return met / apart;
  }

  /** Mean energy of the pixels at which tiles meet in none of the pictures. */
  private static double usual(Picture picture, int shift) {
    double sum = 0;
    int pixels = 0;
    for (int y = FADE; y < HEIGHT - FADE; y++) {
      for (int x = FADE; x < WIDTH - FADE; x++) {
        if (meeting(x, y) == 0) {
          sum += energy(picture, x + shift, y + shift);
          pixels++;
        }
      }
    }
    return sum / pixels;
  }

  /** In how many of the pictures tiles meet at a pixel of the chart. */
  private static int meeting(int x, int y) {
    int meeting = 0;
    for (int shift : SHIFTS) {
      meeting += meets(x + shift) || meets(y + shift) ? 1 : 0;
    }
    return meeting;
  }

  /** Mean squared difference from a pixel to the next ones, and what nobody sees of it. */
  private static double energy(Picture picture, int x, int y) {
    double sum = 0;
    for (int c = 0; c < 3; c++) {
      double right = picture.at(c, x + 1, y) - picture.at(c, x, y);
      double below = picture.at(c, x, y + 1) - picture.at(c, x, y);
      sum += right * right + below * below;
    }
    return sum / 3 + UNSEEN;
  }

  private static boolean meets(int at) {
    return at >= STRIDE - 1 && (at + 1) % STRIDE <= FADE;
  }
}
