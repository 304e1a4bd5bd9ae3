package dev.mneme.edit.task;

import dev.mneme.edit.picture.Filters;
import dev.mneme.edit.picture.Picture;

/**
 * Styles of light that treat dark and bright places apart. Which a place is, is told by the
 * luminance around it, so that its own detail is kept. Definitions hold at strength 1.
 */
final class LocalLight {
  private LocalLight() {}

  /** The exponent at a place: more than 1 darkens it, less than 1 brightens it. */
  @FunctionalInterface
  private interface Exponent {
    double at(double around);
  }

  /** x^(2^-1.2 m), m falling from 1 where it is black around (4 pixels) to 0 at mid-grey. */
  static Picture liftShadows(Picture source, double strength) {
    return mask(source, 4, y -> Math.pow(2, -1.2 * strength * Math.max(0, 1 - 2 * y)));
  }

  /** x^(2^1.6 m), m rising from 0 at mid-grey to 1 where it is white around (4 pixels). */
  static Picture recoverHighlights(Picture source, double strength) {
    return mask(source, 4, y -> Math.pow(2, 1.6 * strength * Math.max(0, 2 * y - 1)));
  }

  /**
   * x^(2^(2 y - 1)), y the luminance around (12 pixels): N. Moroney, "Local Color Correction Using
   * Non-Linear Masking", 2000.
   */
  static Picture localTone(Picture source, double strength) {
    return mask(source, 12, y -> Math.pow(2, strength * (2 * y - 1)));
  }

  /**
   * Contrast of things about 10 pixels large: the luminance's difference from its blur (sigma 10)
   * is added to all channels, 1.2 times in mid-grey and fading towards black and white.
   */
  static Picture clarity(Picture source, double strength) {
    int plane = source.plane();
    float[] grey = Filters.luminance(source);
    float[] around = Filters.gaussianBlur(grey, source.width(), source.height(), 10);
    float amount = (float) (1.2 * strength);
    float[] out = source.rgb().clone();
    for (int i = 0; i < plane; i++) {
      float added = amount * 4 * grey[i] * (1 - grey[i]) * (grey[i] - around[i]);
      for (int c = 0; c < 3; c++) {
        out[c * plane + i] += added;
      }
    }
    return new Picture(source.width(), source.height(), out);
  }

  private static Picture mask(Picture source, double sigma, Exponent exponent) {
    int plane = source.plane();
    float[] around =
        Filters.gaussianBlur(Filters.luminance(source), source.width(), source.height(), sigma);
    float[] out = new float[3 * plane];
    for (int i = 0; i < plane; i++) {
      double power = exponent.at(around[i]);
      for (int c = 0; c < 3; c++) {
        out[c * plane + i] = (float) Math.pow(source.rgb()[c * plane + i], power);
      }
    }
    return new Picture(source.width(), source.height(), out);
  }
}
