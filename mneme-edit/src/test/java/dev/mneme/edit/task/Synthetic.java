package dev.mneme.edit.task;

import dev.mneme.edit.picture.Picture;
import java.util.SplittableRandom;

/** Pictures to test with, and how far two of them are apart. */
final class Synthetic {
  private Synthetic() {}

  /**
   * Colour gradients, a textured half, and discs with hard edges: about as lively as a photograph.
   */
  static Picture scene(int width, int height) {
    float[] rgb = new float[3 * width * height];
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          double u = x / (double) width;
          double v = y / (double) height;
          double value = 0.15 + 0.6 * (c == 0 ? u : c == 1 ? v : 1 - u) * (0.6 + 0.4 * v);
          if (v > 0.5) {
            value += 0.08 * Math.sin(0.9 * x + c) * Math.sin(1.3 * y);
          }
          if (Math.hypot(u - 0.3, v - 0.4) < 0.2) {
            value = c == 0 ? 0.9 : 0.75;
          }
          if (Math.hypot(u - 0.7, v - 0.6) < 0.15) {
            value = c == 2 ? 0.2 : 0.06;
          }
          rgb[(c * height + y) * width + x] = (float) value;
        }
      }
    }
    return new Picture(width, height, rgb).clamped();
  }

  /** Independent uniform values. */
  static Picture noise(int width, int height, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] rgb = new float[3 * width * height];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (float) random.nextDouble();
    }
    return new Picture(width, height, rgb);
  }

  /** One colour everywhere. */
  static Picture flat(int width, int height, double red, double green, double blue) {
    float[] rgb = new float[3 * width * height];
    for (int i = 0; i < rgb.length; i++) {
      int channel = i / (width * height);
      rgb[i] = (float) (channel == 0 ? red : channel == 1 ? green : blue);
    }
    return new Picture(width, height, rgb);
  }

  static double meanSquare(Picture a, Picture b) {
    double sum = 0;
    for (int i = 0; i < a.rgb().length; i++) {
      double difference = a.rgb()[i] - b.rgb()[i];
      sum += difference * difference;
    }
    return sum / a.rgb().length;
  }

  static double mean(Picture picture, int channel) {
    double sum = 0;
    for (int i = 0; i < picture.plane(); i++) {
      sum += picture.rgb()[channel * picture.plane() + i];
    }
    return sum / picture.plane();
  }
}
