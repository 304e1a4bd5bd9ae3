package dev.mneme.edit.task;

import static dev.mneme.edit.task.Pixels.mix;

import dev.mneme.edit.picture.Picture;

/**
 * Styles that add weather. Definitions hold at strength 1.
 *
 * <p>Drops and flakes are one fixed square of 16 x 16 pixels, repeated from the picture's upper
 * left corner: what falls at random could not be learned, and tiles begin at multiples of 16, so
 * that each sees the same.
 */
final class Weather {
  /** Side of the square in pixels. */
  static final int PERIOD = 16;

  private static final float[] DROPS =
      square(streak(2, 1, 1), streak(8, 6, 0.7), streak(13, 11, 0.85));

  private static final float[] FLAKES =
      square(flake(3, 4, 1.6), flake(11, 2, 1.0), flake(8, 11, 2.0), flake(14, 13, 0.8));

  private Weather() {}

  /** Slanted bright streaks of half opacity over a scene of 85 % light, bluish. */
  static Picture rain(Picture source, double strength) {
    double[] dim = {0.80, 0.85, 0.90};
    double[] drop = {0.86, 0.89, 0.93};
    return fall(source, strength, DROPS, 0.5, dim, drop);
  }

  /** White flakes of 85 % opacity over a scene that the cold has made bluish. */
  static Picture snow(Picture source, double strength) {
    double[] dim = {0.90, 0.95, 1};
    double[] flake = {0.97, 0.98, 1};
    return fall(source, strength, FLAKES, 0.85, dim, flake);
  }

  /**
   * Mist that lies on the ground: the picture, blurred by 2 pixels where it is thick, under a white
   * veil from 8 % at the top of the picture to 70 % at its bottom, rising as v^2 (3 - 2 v).
   */
  static Picture mist(Picture source, double strength) {
    int width = source.width();
    int height = source.height();
    double[] air = {0.90, 0.91, 0.93};
    float[] in = source.rgb();
    float[] soft = Filters.gaussianBlur(source, 2).rgb();
    float[] out = new float[in.length];
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < height; y++) {
        double v = (y + 0.5) / height;
        double thick = v * v * (3 - 2 * v);
        double veil = Math.min(1, strength * mix(0.08, 0.70, thick));
        for (int x = 0; x < width; x++) {
          int i = (c * height + y) * width + x;
          out[i] = (float) mix(mix(in[i], soft[i], Math.min(1, strength * thick)), air[c], veil);
        }
      }
    }
    return new Picture(width, height, out);
  }

  private static Picture fall(
      Picture source,
      double strength,
      float[] pattern,
      double opacity,
      double[] dim,
      double[] colour) {
    int plane = source.plane();
    int width = source.width();
    float[] out = source.rgb().clone();
    for (int i = 0; i < out.length; i++) {
      int c = i / plane;
      int x = i % plane % width;
      int y = i % plane / width;
      float covered = pattern[y % PERIOD * PERIOD + x % PERIOD];
      double dimmed = out[i] * Math.pow(dim[c], strength);
      out[i] = (float) mix(dimmed, colour[c], Math.min(1, strength * opacity * covered));
    }
    return new Picture(width, source.height(), out);
  }

  /** How much of a pixel something covers, 0 .. 1; repeats are the caller's. */
  @FunctionalInterface
  private interface Shape {
    double at(double x, double y);
  }

  private static float[] square(Shape... shapes) {
    float[] out = new float[PERIOD * PERIOD];
    for (int i = 0; i < out.length; i++) {
      for (int copy = 0; copy < 9; copy++) { // what leaves on one side enters on the other
        double x = i % PERIOD + PERIOD * (copy % 3 - 1);
        double y = i / PERIOD + PERIOD * (copy / 3 - 1);
        for (Shape shape : shapes) {
          out[i] = (float) Math.max(out[i], shape.at(x, y));
        }
      }
    }
    return out;
  }

  /** A line 1.6 pixels wide from (left, top) down by 11 and to the right by 3, times a length. */
  private static Shape streak(double left, double top, double length) {
    return (x, y) -> {
      double along = ((x - left) * 3 + (y - top) * 11) / (130 * length);
      double t = length * Math.max(0, Math.min(1, along));
      return Math.max(0, 1 - Math.hypot(x - left - 3 * t, y - top - 11 * t) / 0.8);
    };
  }

  private static Shape flake(double middleX, double middleY, double radius) {
    return (x, y) ->
        Math.max(0, Math.min(1, radius + 0.5 - Math.hypot(x - middleX, y - middleY)));
  }
}
