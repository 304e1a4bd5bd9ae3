package dev.mneme.edit.task;

import dev.mneme.edit.picture.Filters;
import dev.mneme.edit.picture.Picture;

/** Styles that redraw the picture in grey. Definitions hold at strength 1. */
final class Drawings {
  /** Keeps flat black areas paper-white instead of 0 / 0. */
  private static final float PAPER = 0.02f;

  private Drawings() {}

  /**
   * Dark lines on white: Sobel magnitude of the luminance, blurred by 1 pixel first, saturating
   * smoothly.
   */
  static Picture outline(Picture source, double strength) {
    int width = source.width();
    int height = source.height();
    float[] grey = Filters.gaussianBlur(Filters.luminance(source), width, height, 1);
    float[] across = Filters.stencil(grey, width, height, -1, 0, 1, -2, 0, 2, -1, 0, 1);
    float[] down = Filters.stencil(grey, width, height, -1, -2, -1, 0, 0, 0, 1, 2, 1);
    double gain = 4 * strength;
    for (int i = 0; i < grey.length; i++) {
      double slope = Math.sqrt(across[i] * across[i] + down[i] * down[i]);
      grey[i] = (float) (2 - 2 * Pixels.sigmoid(gain * slope)); // 1 - tanh(gain / 2 * slope)
    }
    return Pixels.grey(width, height, grey);
  }

  /** Pencil on paper: colour dodge of the luminance by its negative, blurred by 3 pixels. */
  static Picture sketch(Picture source, double strength) {
    int width = source.width();
    int height = source.height();
    float[] grey = Filters.luminance(source);
    // 1 - blur(1 - grey) is blur(grey).
    float[] blurred = Filters.gaussianBlur(grey, width, height, 3);
    for (int i = 0; i < grey.length; i++) {
      double dodged = Math.min(1, (grey[i] + PAPER) / (blurred[i] + PAPER));
      grey[i] = (float) Math.pow(dodged, strength);
    }
    return Pixels.grey(width, height, grey);
  }

  /**
   * Black ink on white paper: the difference of Gaussians of XDoG (Winnemöller, 2011), 9 blur(0.8)
   * - 8 blur(1.28) of the luminance, white from a threshold of 0.5 on and falling to black below it
   * by a steep tanh. The threshold moves by 0.15 a unit of strength: more ink.
   */
  static Picture ink(Picture source, double strength) {
    int width = source.width();
    int height = source.height();
    float[] grey = Filters.luminance(source);
    float[] fine = Filters.gaussianBlur(grey, width, height, 0.8);
    float[] coarse = Filters.gaussianBlur(grey, width, height, 1.28);
    double threshold = 0.35 + 0.15 * strength;
    for (int i = 0; i < grey.length; i++) {
      double above = 9 * fine[i] - 8 * coarse[i] - threshold;
      // 1 + tanh(12 above)
      grey[i] = (float) (above >= 0 ? 1 : 2 * Pixels.sigmoid(24 * above));
    }
    return Pixels.grey(width, height, grey);
  }

  /**
   * A grey relief lit from the upper left: twice the diagonal difference of luminance around
   * mid-grey.
   */
  static Picture emboss(Picture source, double strength) {
    float gain = (float) (2 * strength / 4);
    float[] relief =
        Filters.stencil(
            Filters.luminance(source),
            source.width(),
            source.height(),
            new float[] {-2, -1, 0, -1, 0, 1, 0, 1, 2});
    for (int i = 0; i < relief.length; i++) {
      relief[i] = 0.5f + gain * relief[i];
    }
    return Pixels.grey(source.width(), source.height(), relief);
  }
}
