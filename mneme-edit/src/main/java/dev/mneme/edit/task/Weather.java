package dev.mneme.edit.task;

import static dev.mneme.edit.task.Pixels.mix;

import dev.mneme.edit.picture.FallPattern;
import dev.mneme.edit.picture.Filters;
import dev.mneme.edit.picture.Picture;

/** Styles that add weather. Definitions hold at strength 1. */
final class Weather {
  private Weather() {}

  /** Slanted bright streaks of half opacity over a scene of 85 % light, bluish. */
  static Picture rain(Picture source, double strength) {
    double[] dim = {0.80, 0.85, 0.90};
    double[] drop = {0.86, 0.89, 0.93};
    return fall(source, strength, FallPattern.DROPS, 0.5, dim, drop);
  }

  /** White flakes of 85 % opacity over a scene that the cold has made bluish. */
  static Picture snow(Picture source, double strength) {
    double[] dim = {0.90, 0.95, 1};
    double[] flake = {0.97, 0.98, 1};
    return fall(source, strength, FallPattern.FLAKES, 0.85, dim, flake);
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
      FallPattern pattern,
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
      float covered = pattern.at(x, y);
      double dimmed = out[i] * Math.pow(dim[c], strength);
      out[i] = (float) mix(dimmed, colour[c], Math.min(1, strength * opacity * covered));
    }
    return new Picture(width, source.height(), out);
  }
}
