package dev.mneme.edit.task;

import dev.mneme.edit.picture.BilateralFilter;
import dev.mneme.edit.picture.Filters;
import dev.mneme.edit.picture.GrainPattern;
import dev.mneme.edit.picture.Picture;
import java.util.Arrays;

/**
 * Styles that look at neighbours but keep the picture's colours. Definitions hold at strength 1.
 */
final class Textures {
  private Textures() {}

  /** Gaussian blur, sigma 2 pixels. */
  static Picture blur(Picture source, double strength) {
    return Filters.gaussianBlur(source, 2 * strength);
  }

  /** Unsharp mask: sigma 1.2 pixels, amount 1.2. */
  static Picture sharpen(Picture source, double strength) {
    float amount = (float) (1.2 * strength);
    float[] in = source.rgb();
    float[] out = Filters.gaussianBlur(source, 1.2).rgb();
    for (int i = 0; i < out.length; i++) {
      out[i] = in[i] + amount * (in[i] - out[i]);
    }
    return new Picture(source.width(), source.height(), out);
  }

  /**
   * Smooth skin: half of a bilateral filter of sigma 2.5 pixels and 0.15 in colour, which stops at
   * edges, and half of a blur of sigma 2.5, which lets them glow.
   */
  static Picture soften(Picture source, double strength) {
    float blurred = (float) (0.5 * strength);
    float[] out = new BilateralFilter(2.5, 0.15 * strength).apply(source).rgb();
    float[] soft = Filters.gaussianBlur(source, 2.5).rgb();
    for (int i = 0; i < out.length; i++) {
      out[i] += blurred * (soft[i] - out[i]);
    }
    return new Picture(source.width(), source.height(), out);
  }

  /** Half of a screen blend with a blur of sigma 4 pixels. */
  static Picture softGlow(Picture source, double strength) {
    float amount = (float) (0.5 * strength);
    float[] in = source.rgb();
    float[] out = Filters.gaussianBlur(source, 4).rgb();
    for (int i = 0; i < out.length; i++) {
      float screened = 1 - (1 - in[i]) * (1 - out[i]);
      out[i] = in[i] + amount * (screened - in[i]);
    }
    return new Picture(source.width(), source.height(), out);
  }

  /**
   * Means of blocks of 8 x 8 pixels, aligned to the upper left corner; blocks at the far edges are
   * cut.
   */
  static Picture pixelate(Picture source, double strength) {
    int block = (int) Math.round(8 * strength);
    int width = source.width();
    int height = source.height();
    float[] out = new float[3 * source.plane()];
    for (int c = 0; c < 3; c++) {
      for (int top = 0; top < height; top += block) {
        for (int left = 0; left < width; left += block) {
          fillWithMean(source, c, left, top, block, out);
        }
      }
    }
    return new Picture(width, height, out);
  }

  private static void fillWithMean(
      Picture source, int channel, int left, int top, int block, float[] out) {
    int right = Math.min(left + block, source.width());
    int bottom = Math.min(top + block, source.height());
    double sum = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        sum += source.at(channel, x, y);
      }
    }
    float mean = (float) (sum / ((right - left) * (bottom - top)));
    for (int y = top; y < bottom; y++) {
      int row = (channel * source.height() + y) * source.width();
      Arrays.fill(out, row + left, row + right, mean);
    }
  }

  /**
   * Monochrome film grain: one fixed pattern, aligned to the upper left corner, of standard
   * deviation 0.09 in mid-grey and fading towards black and white.
   */
  static Picture addGrain(Picture source, double strength) {
    float amount = (float) (0.09 * strength);
    int plane = source.plane();
    float[] grey = Filters.luminance(source);
    float[] out = source.rgb().clone();
    for (int i = 0; i < plane; i++) {
      float pattern = GrainPattern.at(i % source.width(), i / source.width());
      float grain = amount * 4 * grey[i] * (1 - grey[i]) * pattern;
      for (int c = 0; c < 3; c++) {
        out[c * plane + i] += grain;
      }
    }
    return new Picture(source.width(), source.height(), out);
  }
}
