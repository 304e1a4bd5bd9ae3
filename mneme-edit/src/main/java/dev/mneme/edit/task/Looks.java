package dev.mneme.edit.task;

import static dev.mneme.edit.task.Pixels.mix;

import dev.mneme.edit.picture.Filters;
import dev.mneme.edit.picture.Picture;

/**
 * Looks of film, print and hour. Each is defined at strength 1; other strengths lie on the straight
 * line from the source through it.
 */
final class Looks {
  private Looks() {}

  /** Slide film: chroma times 1.4, a hard S-curve, cool shadows and warm highlights. */
  static Picture slideFilm(Picture source, double strength) {
    Pixels.Curve curve = Tones.sCurve(5, 0.5);
    double[] black = {0, 0.01, 0.05};
    double[] white = {1, 0.99, 0.93};
    return look(
        source,
        strength,
        rgb -> {
          double grey = Filters.luminance(rgb[0], rgb[1], rgb[2]);
          for (int c = 0; c < 3; c++) {
            double vivid = Math.max(0, Math.min(1, mix(grey, rgb[c], 1.4)));
            rgb[c] = (float) mix(black[c], white[c], curve.at(vivid));
          }
        });
  }

  /** Portrait negative, generously exposed: x^0.7, chroma times 0.8, milky blacks, peach whites. */
  static Picture pastelFilm(Picture source, double strength) {
    double[] black = {0.13, 0.12, 0.14};
    double[] white = {1, 0.96, 0.91};
    return look(
        source,
        strength,
        rgb -> {
          double grey = Filters.luminance(rgb[0], rgb[1], rgb[2]);
          for (int c = 0; c < 3; c++) {
            double pale = Math.max(0, Math.min(1, mix(grey, rgb[c], 0.8)));
            rgb[c] = (float) mix(black[c], white[c], Math.pow(pale, 0.7));
          }
        });
  }

  /** Slide film in negative chemistry: red gains contrast, green some, blue loses it. */
  static Picture crossProcess(Picture source, double strength) {
    Pixels.Curve red = Tones.sCurve(6, 0.5);
    Pixels.Curve green = Tones.sCurve(4, 0.45);
    return look(
        source,
        strength,
        rgb -> {
          rgb[0] = (float) red.at(rgb[0]);
          rgb[1] = (float) green.at(rgb[1]);
          rgb[2] = (float) mix(0.22, 0.72, rgb[2]);
        });
  }

  /** Blueprint: Prussian blue in the shadows, paper white in the highlights. */
  static Picture cyanotype(Picture source, double strength) {
    return look(
        source,
        strength,
        rgb -> {
          double grey = Filters.luminance(rgb[0], rgb[1], rgb[2]);
          rgb[0] = (float) mix(0.01, 0.95, Math.pow(grey, 1.9));
          rgb[1] = (float) mix(0.09, 0.97, Math.pow(grey, 1.2));
          rgb[2] = (float) mix(0.28, 0.97, Math.pow(grey, 0.8));
        });
  }

  /** Two inks: indigo for the shadows, peach for the highlights. */
  static Picture duotone(Picture source, double strength) {
    double[] black = {0.16, 0.09, 0.38};
    double[] white = {1, 0.80, 0.55};
    return look(
        source,
        strength,
        rgb -> {
          double grey = Filters.luminance(rgb[0], rgb[1], rgb[2]);
          for (int c = 0; c < 3; c++) {
            rgb[c] = (float) mix(black[c], white[c], grey);
          }
        });
  }

  /**
   * The sun stands low: a golden glow (0.45, 0.28, 0.06) times the luminance around (8 pixels),
   * laid on by screen, and 20 % less blue.
   */
  static Picture goldenHour(Picture source, double strength) {
    int plane = source.plane();
    float[] around =
        Filters.gaussianBlur(Filters.luminance(source), source.width(), source.height(), 8);
    double[] gold = {0.45, 0.28, 0.06};
    double[] gain = {1, 1, 0.8};
    float[] in = source.rgb();
    float[] out = new float[3 * plane];
    for (int i = 0; i < out.length; i++) {
      int c = i / plane;
      double screened = 1 - (1 - in[i]) * (1 - gold[c] * around[i % plane]);
      out[i] = (float) mix(in[i], gain[c] * screened, strength);
    }
    return new Picture(source.width(), source.height(), out);
  }

  private static Picture look(Picture source, double strength, Pixels.Tint full) {
    return Pixels.tint(
        source,
        rgb -> {
          float[] before = rgb.clone();
          full.apply(rgb);
          for (int c = 0; c < 3; c++) {
            rgb[c] = (float) mix(before[c], rgb[c], strength);
          }
        });
  }
}
