package dev.mneme.edit.task;

import static dev.mneme.edit.task.Pixels.mix;
import static dev.mneme.edit.task.Pixels.sigmoid;

import dev.mneme.edit.picture.Filters;
import dev.mneme.edit.picture.Picture;

/** Styles that change light and colour of each pixel by itself. Definitions hold at strength 1. */
final class Tones {
  private Tones() {}

  /** x^(1/1.6). */
  static Picture brighten(Picture source, double strength) {
    double exponent = Math.pow(1.6, -strength);
    return Pixels.map(source, x -> Math.pow(x, exponent));
  }

  /** x^1.6. */
  static Picture darken(Picture source, double strength) {
    double exponent = Math.pow(1.6, strength);
    return Pixels.map(source, x -> Math.pow(x, exponent));
  }

  /** An S-curve around mid-grey that is 1.66 times as steep there and keeps black and white. */
  static Picture moreContrast(Picture source, double strength) {
    return Pixels.map(source, sCurve(6 * strength, 0.5));
  }

  /** 0.5 + 0.55 (x - 0.5). */
  static Picture lessContrast(Picture source, double strength) {
    double slope = 1 - 0.45 * strength;
    return Pixels.map(source, x -> 0.5 + slope * (x - 0.5));
  }

  /** Chroma times 1.7 around luminance. */
  static Picture saturate(Picture source, double strength) {
    return chroma(source, 1 + 0.7 * strength);
  }

  /** Chroma times 0.35 around luminance. */
  static Picture desaturate(Picture source, double strength) {
    return chroma(source, 1 - 0.65 * strength);
  }

  /**
   * 1 - x. Other strengths give a paler or a harder negative: half a negative would be flat grey.
   */
  static Picture invert(Picture source, double strength) {
    double slope = 0.5 + 0.5 * strength;
    return Pixels.map(source, x -> 0.5 - slope * (x - 0.5));
  }

  /** Lifts red by a curve and takes 16 % of blue. */
  static Picture warm(Picture source, double strength) {
    return temperature(source, 0, 2, strength);
  }

  /** Lifts blue by a curve and takes 16 % of red: the opposite of warm. */
  static Picture cool(Picture source, double strength) {
    return temperature(source, 2, 0, strength);
  }

  /** Brown-toned monochrome: cream highlights, dark brown shadows. */
  static Picture sepia(Picture source, double strength) {
    double monochrome = Math.min(1, strength);
    return Pixels.tint(
        source,
        rgb -> {
          double grey = Filters.luminance(rgb[0], rgb[1], rgb[2]);
          double[] tone = {Math.pow(grey, 0.80), 0.93 * grey, 0.78 * Math.pow(grey, 1.25)};
          for (int c = 0; c < 3; c++) {
            rgb[c] = (float) mix(rgb[c], mix(grey, tone[c], strength), monochrome);
          }
        });
  }

  /** Day for night: less chroma, deeper shadows, little red and most of the blue. */
  static Picture night(Picture source, double strength) {
    double chroma = 1 - 0.5 * strength;
    double exponent = 1 + 0.25 * strength;
    double[] gain = {Math.pow(0.36, strength), Math.pow(0.46, strength), Math.pow(0.72, strength)};
    return Pixels.tint(
        source,
        rgb -> {
          double grey = Filters.luminance(rgb[0], rgb[1], rgb[2]);
          for (int c = 0; c < 3; c++) {
            double faded = Math.max(0, mix(grey, rgb[c], chroma));
            rgb[c] = (float) (gain[c] * Math.pow(faded, exponent));
          }
        });
  }

  /**
   * Faded film: lifted blacks, a gentle S-curve, teal shadows, warm highlights, 20 % less chroma.
   */
  static Picture film(Picture source, double strength) {
    double[] black = {0.07, 0.13, 0.16};
    double[] white = {0.97, 0.91, 0.80};
    return Pixels.tint(
        source,
        rgb -> {
          double grey = Filters.luminance(rgb[0], rgb[1], rgb[2]);
          for (int c = 0; c < 3; c++) {
            double faded = Math.max(0, Math.min(1, mix(grey, rgb[c], 0.8)));
            double curved = mix(faded, faded * faded * (3 - 2 * faded), 0.5);
            rgb[c] = (float) mix(rgb[c], mix(black[c], white[c], curved), strength);
          }
        });
  }

  /** 85 % of the contrast, then 45 % of a light blue-grey veil. */
  static Picture haze(Picture source, double strength) {
    double slope = 1 - 0.15 * strength;
    double veil = 0.45 * strength;
    double[] air = {0.86, 0.88, 0.90};
    return Pixels.tint(
        source,
        rgb -> {
          for (int c = 0; c < 3; c++) {
            rgb[c] = (float) mix(0.5 + slope * (rgb[c] - 0.5), air[c], veil);
          }
        });
  }

  /**
   * A sigmoid of this steepness around {@code middle}, stretched so that 0 stays 0 and 1 stays 1.
   */
  static Pixels.Curve sCurve(double steepness, double middle) {
    double black = sigmoid(-steepness * middle);
    double white = sigmoid(steepness * (1 - middle));
    return x -> (sigmoid(steepness * (x - middle)) - black) / (white - black);
  }

  private static Picture chroma(Picture source, double factor) {
    float by = (float) factor;
    return Pixels.tint(
        source,
        rgb -> {
          float grey = Filters.luminance(rgb[0], rgb[1], rgb[2]);
          for (int c = 0; c < 3; c++) {
            rgb[c] = grey + by * (rgb[c] - grey);
          }
        });
  }

  private static Picture temperature(Picture source, int lifted, int lowered, double strength) {
    double exponent = Math.pow(1.25, -strength);
    float gain = (float) (1 - 0.16 * strength);
    return Pixels.tint(
        source,
        rgb -> {
          rgb[lifted] = (float) Math.pow(rgb[lifted], exponent);
          rgb[lowered] *= gain;
        });
  }
}
