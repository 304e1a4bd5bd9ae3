package dev.mneme.peers;

import dev.mneme.edit.picture.Picture;

/** A picture with smooth ground, edges, stripes and dark and light corners. */
public final class Cards {
  private Cards() {}

  /** A card of any size; colours lie within [0.02, 0.98]. */
  public static Picture card(int width, int height) {
    float[] rgb = new float[3 * width * height];
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          double value = 0.25 + 0.5 * x / width + 0.1 * c - 0.1;
          if (y > height / 2) {
            value = (x / 8 + y / 8) % 2 == 0 ? 0.2 + 0.2 * c : 0.85 - 0.1 * c;
          }
          if (x < width / 3 && y < height / 3) {
            value = 0.5 + 0.35 * Math.sin(0.9 * x) * Math.cos(0.7 * y);
          }
          if (x % 13 < 3 && y % 11 < 3) {
            value = 0.02;
          }
          rgb[(c * height + y) * width + x] = (float) Math.max(0.02, Math.min(0.98, value));
        }
      }
    }
    return new Picture(width, height, rgb);
  }
}
