package dev.mneme.edit.task;

import static dev.mneme.edit.task.Pixels.mix;

import dev.mneme.edit.picture.Filters;
import dev.mneme.edit.picture.Picture;

/** Styles that move colours, or turn them into greys. Definitions hold at strength 1. */
final class Colours {
  private Colours() {}

  /** Lifts red and blue by a curve and takes 12 % of green. */
  static Picture tintMagenta(Picture source, double strength) {
    double exponent = Math.pow(1.15, -strength);
    float gain = (float) (1 - 0.12 * strength);
    return Pixels.tint(
        source,
        rgb -> {
          rgb[0] = (float) Math.pow(rgb[0], exponent);
          rgb[1] *= gain;
          rgb[2] = (float) Math.pow(rgb[2], exponent);
        });
  }

  /** Lifts green by a curve and takes 12 % of red and blue: the opposite of magenta. */
  static Picture tintGreen(Picture source, double strength) {
    double exponent = Math.pow(1.15, -strength);
    float gain = (float) (1 - 0.12 * strength);
    return Pixels.tint(
        source,
        rgb -> {
          rgb[0] *= gain;
          rgb[1] = (float) Math.pow(rgb[1], exponent);
          rgb[2] *= gain;
        });
  }

  /**
   * Chroma times 1 + 1.4 (1 - s)^2 around luminance, s the largest less the smallest channel: pale
   * colours gain, vivid ones hardly.
   */
  static Picture vibrance(Picture source, double strength) {
    return Pixels.tint(
        source,
        rgb -> {
          float pale = 1 - (max(rgb) - min(rgb));
          float by = 1 + (float) (1.4 * strength) * pale * pale;
          float grey = Filters.luminance(rgb[0], rgb[1], rgb[2]);
          for (int c = 0; c < 3; c++) {
            rgb[c] = grey + by * (rgb[c] - grey);
          }
        });
  }

  /**
   * Summer to autumn: hues between 45 and 180 degrees (fully from 65 to 150) go 80 % of the way to
   * an orange of 20 degrees and gain a quarter of saturation (hue and saturation of HSV). Other
   * colours stay.
   */
  static Picture autumn(Picture source, double strength) {
    return Pixels.tint(
        source,
        rgb -> {
          double hue = hue(rgb);
          double green = Math.max(0, Math.min(1, Math.min((hue - 45) / 20, (180 - hue) / 30)));
          double value = max(rgb);
          if (green > 0 && value > 0) {
            double saturation = (value - min(rgb)) / value * (1 + 0.25 * strength * green);
            fromHsv(mix(hue, 20, 0.8 * strength * green), Math.min(1, saturation), value, rgb);
          }
        });
  }

  /** Black and white through a red filter: dark skies, bright skin. */
  static Picture redFilter(Picture source, double strength) {
    return filter(source, strength, 0.90, 0.20, -0.10);
  }

  /** Black and white through a yellow filter: blue takes no part. */
  static Picture yellowFilter(Picture source, double strength) {
    return filter(source, strength, 0.48, 0.62, -0.10);
  }

  /** Black and white through a green filter: bright leaves, dark lips. */
  static Picture greenFilter(Picture source, double strength) {
    return filter(source, strength, -0.10, 1.15, -0.05);
  }

  /** Black and white through a blue filter, as plates were before they saw red: white skies. */
  static Picture blueFilter(Picture source, double strength) {
    return filter(source, strength, -0.05, 0.15, 0.90);
  }

  /** Grey of these weights, which sum to one; other strengths weigh more or less like luminance. */
  private static Picture filter(
      Picture source, double strength, double red, double green, double blue) {
    double monochrome = Math.min(1, strength);
    double[] weight = {
      mix(0.2126, red, strength), mix(0.7152, green, strength), mix(0.0722, blue, strength)
    };
    return Pixels.tint(
        source,
        rgb -> {
          double grey = weight[0] * rgb[0] + weight[1] * rgb[1] + weight[2] * rgb[2];
          for (int c = 0; c < 3; c++) {
            rgb[c] = (float) mix(rgb[c], grey, monochrome);
          }
        });
  }

  /** Hue in degrees, 0 .. 360, of HSV; 0 for greys. */
  static double hue(float[] rgb) {
    float most = max(rgb);
    float range = most - min(rgb);
    if (range == 0) {
      return 0;
    }
    double sixth;
    if (most == rgb[0]) {
      sixth = (rgb[1] - rgb[2]) / range + 6;
    } else if (most == rgb[1]) {
      sixth = (rgb[2] - rgb[0]) / range + 2;
    } else {
      sixth = (rgb[0] - rgb[1]) / range + 4;
    }
    return 60 * (sixth % 6);
  }

  private static void fromHsv(double hue, double saturation, double value, float[] rgb) {
    double[] offset = {5, 3, 1};
    for (int c = 0; c < 3; c++) {
      double k = (offset[c] + hue / 60 + 6) % 6;
      double full = Math.max(0, Math.min(1, Math.min(k, 4 - k)));
      rgb[c] = (float) (value * (1 - saturation * full));
    }
  }

  private static float max(float[] rgb) {
    return Math.max(rgb[0], Math.max(rgb[1], rgb[2]));
  }

  private static float min(float[] rgb) {
    return Math.min(rgb[0], Math.min(rgb[1], rgb[2]));
  }
}
