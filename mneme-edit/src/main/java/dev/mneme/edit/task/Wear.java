package dev.mneme.edit.task;

import static dev.mneme.edit.task.Pixels.mix;

import dev.mneme.edit.picture.Filters;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.Resize;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * More damage to be undone: of cameras that shake, prints that age and files that were reduced.
 * Definitions hold at strength 1.
 */
final class Wear {
  private Wear() {}

  /**
   * Coloured blotches: noise a pixel or two wide (sigma 1.2) in every channel less its luminance,
   * of root mean square uniform in 20/255 .. 50/255. Luminance is not touched.
   */
  static Picture colourNoise(Picture clean, double strength, RandomGenerator random) {
    double sigma = random.nextDouble(20, 50) / 255 * strength;
    int plane = clean.plane();
    SplittableRandom fast = new SplittableRandom(random.nextLong());
    float[] kernel = Filters.gaussianKernel(1.2);
    float[] noise = new float[3 * plane];
    for (int c = 0; c < 3; c++) {
      float[] channel =
          Filters.separable(Damages.whiteNoise(plane, fast), clean.width(), clean.height(), kernel);
      System.arraycopy(channel, 0, noise, c * plane, plane);
    }
    float[] grey = Filters.luminance(new Picture(clean.width(), clean.height(), noise));
    // Less luminance, unit noise keeps 0.896 of its mean square over the channels.
    float scale = (float) (sigma / (Damages.remaining(kernel) * Math.sqrt(0.896)));
    float[] out = clean.rgb().clone();
    for (int i = 0; i < out.length; i++) {
      out[i] += scale * (noise[i] - grey[i % plane]);
    }
    return new Picture(clean.width(), clean.height(), out);
  }

  /** The mean along a straight line of any direction, 6 .. 12 pixels long. */
  static Picture motion(Picture clean, double strength, RandomGenerator random) {
    double angle = random.nextDouble(Math.PI);
    double length = random.nextDouble(6, 12) * strength;
    return alongLine(clean, length * Math.cos(angle), length * Math.sin(angle));
  }

  /** The mean of bilinear samples half a pixel or less apart on a line centred on each pixel. */
  static Picture alongLine(Picture clean, double across, double down) {
    int samples = 2 * (int) Math.ceil(Math.hypot(across, down)) + 1;
    float[] out = new float[clean.rgb().length];
    for (int k = 0; k < samples; k++) {
      double t = samples == 1 ? 0 : (double) k / (samples - 1) - 0.5;
      addShifted(clean, t * across, t * down, 1.0 / samples, out);
    }
    return new Picture(clean.width(), clean.height(), out);
  }

  private static void addShifted(
      Picture clean, double across, double down, double weight, float[] sum) {
    int dx = (int) Math.floor(across);
    int dy = (int) Math.floor(down);
    double fx = across - dx;
    double fy = down - dy;
    for (int corner = 0; corner < 4; corner++) {
      int right = corner % 2;
      int below = corner / 2;
      float part = (float) (weight * (right == 0 ? 1 - fx : fx) * (below == 0 ? 1 - fy : fy));
      for (int c = 0; c < 3; c++) {
        for (int y = 0; y < clean.height(); y++) {
          int v = Math.max(0, Math.min(clean.height() - 1, y + dy + below));
          int from = (c * clean.height() + v) * clean.width();
          int to = (c * clean.height() + y) * clean.width();
          for (int x = 0; x < clean.width(); x++) {
            int u = Math.max(0, Math.min(clean.width() - 1, x + dx + right));
            sum[to + x] += part * clean.rgb()[from + u];
          }
        }
      }
    }
  }

  /**
   * An old print: chroma times 0.45 .. 0.8, black risen to 0.12 .. 0.3, white sunk to 0.8 .. 0.95,
   * and yellowed: blue times 0.65 .. 0.9 and green a quarter of the way with it.
   */
  static Picture fade(Picture clean, double strength, RandomGenerator random) {
    double chroma = random.nextDouble(0.45, 0.8);
    double black = random.nextDouble(0.12, 0.3);
    double white = random.nextDouble(0.8, 0.95);
    double blue = random.nextDouble(0.65, 0.9);
    double[] paper = {1, mix(1, blue, 0.25), blue};
    return Pixels.tint(
        clean,
        rgb -> {
          double grey = Filters.luminance(rgb[0], rgb[1], rgb[2]);
          for (int c = 0; c < 3; c++) {
            double aged = paper[c] * mix(black, white, mix(grey, rgb[c], chroma));
            rgb[c] = (float) mix(rgb[c], aged, strength);
          }
        });
  }

  /**
   * Scratches and dust on three quarters of the light: for each 2,500 pixels a line 12 to 60 pixels
   * long and about one wide, mostly upright, for each 800 a speck of radius 0.6 to 2; four of five
   * light (0.95), the others dark (0.08).
   */
  static Picture scratches(Picture clean, double strength, RandomGenerator random) {
    float opacity = (float) Math.min(1, 0.75 * strength);
    Sheet sheet = new Sheet(clean.width(), clean.height(), clean.rgb().clone());
    for (int i = 0; i < Math.max(1, clean.plane() / 2500); i++) {
      double length = random.nextDouble(12, 60);
      double lean = random.nextDouble(-0.5, 0.5);
      sheet.stroke(random, length * Math.sin(lean), length * Math.cos(lean), 0.5, opacity);
    }
    for (int i = 0; i < Math.max(1, clean.plane() / 800); i++) {
      sheet.stroke(random, 0, 0, random.nextDouble(0.6, 2), opacity);
    }
    return new Picture(sheet.width, sheet.height, sheet.rgb);
  }

  /** A picture in the making. */
  private record Sheet(int width, int height, float[] rgb) {
    /** Lays a line of round ends anywhere, light or dark. */
    void stroke(RandomGenerator random, double across, double down, double radius, float opacity) {
      double x = random.nextDouble(width) - across / 2;
      double y = random.nextDouble(height) - down / 2;
      float tone = random.nextInt(5) == 0 ? 0.08f : 0.95f;
      double square = Math.max(1e-9, across * across + down * down);
      int right = (int) Math.min(width - 1, Math.max(x, x + across) + radius + 1);
      int bottom = (int) Math.min(height - 1, y + down + radius + 1);
      for (int v = (int) Math.max(0, y - radius - 1); v <= bottom; v++) {
        for (int u = (int) Math.max(0, Math.min(x, x + across) - radius - 1); u <= right; u++) {
          double along = ((u - x) * across + (v - y) * down) / square;
          double t = Math.max(0, Math.min(1, along));
          double distance = Math.hypot(u - x - t * across, v - y - t * down);
          float covered = opacity * (float) Math.max(0, Math.min(1, radius + 0.5 - distance));
          for (int c = 0; c < 3; c++) {
            int i = (c * height + v) * width + u;
            rgb[i] += covered * (tone - rgb[i]);
          }
        }
      }
    }
  }

  /** Reduced to half of width and height, and enlarged again by straight lines. */
  static Picture reduce(Picture clean, double strength, RandomGenerator random) {
    double factor = 1 + strength;
    int width = (int) Math.max(1, Math.round(clean.width() / factor));
    int height = (int) Math.max(1, Math.round(clean.height() / factor));
    Picture small = Resize.to(clean, width, height);
    return Resize.to(small, clean.width(), clean.height(), Resize.Kernel.BILINEAR);
  }
}
