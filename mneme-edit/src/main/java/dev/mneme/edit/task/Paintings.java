package dev.mneme.edit.task;

import dev.mneme.edit.picture.Filters;
import dev.mneme.edit.picture.Picture;

/** Styles that repaint the picture in colour. Definitions hold at strength 1. */
final class Paintings {
  private Paintings() {}

  /**
   * Oil paint: the filter of Kuwahara (1976) with squares of 4 x 4 pixels, each pixel the mean of
   * the one of the four squares at whose corner it lies that varies least in luminance; then chroma
   * times 1.25.
   */
  static Picture oil(Picture source, double strength) {
    int radius = (int) Math.round(3 * strength);
    int width = source.width();
    int height = source.height();
    Sums grey = new Sums(Filters.luminance(source), width, height);
    Sums[] channels = new Sums[3];
    for (int c = 0; c < 3; c++) {
      float[] channel = new float[source.plane()];
      System.arraycopy(source.rgb(), c * source.plane(), channel, 0, channel.length);
      channels[c] = new Sums(channel, width, height);
    }
    float[] out = new float[3 * source.plane()];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        Square calmest = calmest(grey, x, y, radius);
        for (int c = 0; c < 3; c++) {
          out[(c * height + y) * width + x] = (float) channels[c].mean(calmest);
        }
      }
    }
    Picture painted = new Picture(width, height, out);
    return Tones.saturate(painted, 0.25 / 0.7 * strength);
  }

  /** Four levels a channel: 0, 1/3, 2/3 and 1. Eight at strength 0.5, three at 1.5. */
  static Picture poster(Picture source, double strength) {
    int steps = (int) Math.round(4 / strength) - 1;
    return Pixels.map(source, x -> Math.floor(x * steps + 0.5) / steps);
  }

  /** Of the four squares the one of least variance; the part beyond the border is left out. */
  private static Square calmest(Sums grey, int x, int y, int radius) {
    Square best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int corner = 0; corner < 4; corner++) {
      int left = x - (corner % 2 == 0 ? radius : 0);
      int top = y - (corner < 2 ? radius : 0);
      Square square =
          new Square(
              Math.max(0, left),
              Math.max(0, top),
              Math.min(grey.width, left + radius + 1),
              Math.min(grey.height, top + radius + 1));
      double variance = grey.variance(square);
      if (variance < least) {
        least = variance;
        best = square;
      }
    }
    return best;
  }

  /** Columns left .. right - 1 and rows top .. bottom - 1. */
  private record Square(int left, int top, int right, int bottom) {
    int area() {
      return (right - left) * (bottom - top);
    }
  }

  /** Summed areas of a plane and of its squares. */
  private static final class Sums {
    private final int width;
    private final int height;
    private final double[] sum;
    private final double[] square;

    Sums(float[] plane, int width, int height) {
      this.width = width;
      this.height = height;
      int row = width + 1;
      sum = new double[row * (height + 1)];
      square = new double[sum.length];
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int i = (y + 1) * row + x + 1;
          double value = plane[y * width + x];
          sum[i] = value + sum[i - 1] + sum[i - row] - sum[i - row - 1];
          square[i] = value * value + square[i - 1] + square[i - row] - square[i - row - 1];
        }
      }
    }

    double mean(Square s) {
      return total(sum, s) / s.area();
    }

    /** Rounded, so that squares that are alike tie and the first is taken on every machine. */
    double variance(Square s) {
      double mean = mean(s);
      return Math.rint((total(square, s) / s.area() - mean * mean) * 1e7);
    }

    private double total(double[] of, Square s) {
      int row = width + 1;
      return of[s.bottom * row + s.right]
          - of[s.top * row + s.right]
          - of[s.bottom * row + s.left]
          + of[s.top * row + s.left];
    }
  }
}
