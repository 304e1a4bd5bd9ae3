package dev.mneme.edit.picture;

import java.util.Random;

/** Pictures for tests. */
public final class Pictures {
  private Pictures() {}

  public static Picture noise(int width, int height, long seed) {
    Random random = new Random(seed);
    float[] rgb = new float[3 * width * height];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = random.nextFloat();
    }
    return new Picture(width, height, rgb);
  }

  /** Smooth, with three different channels and something to recognise in every corner. */
  public static Picture scene(int width, int height) {
    float[] rgb = new float[3 * width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double u = (x + 0.5) / width;
        double v = (y + 0.5) / height;
        int i = y * width + x;
        rgb[i] = (float) u;
        rgb[i + width * height] = (float) v;
        rgb[i + 2 * width * height] = (float) (0.5 + 0.4 * Math.sin(6 * u) * Math.cos(5 * v));
      }
    }
    return new Picture(width, height, rgb);
  }

  public static float largestDifference(Picture a, Picture b) {
    float largest = a.width() == b.width() && a.height() == b.height() ? 0 : Float.NaN;
    for (int i = 0; largest >= 0 && i < a.rgb().length; i++) {
      largest = Math.max(largest, Math.abs(a.rgb()[i] - b.rgb()[i]));
    }
    return largest;
  }
}
