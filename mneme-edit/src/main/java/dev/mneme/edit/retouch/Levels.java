package dev.mneme.edit.retouch;

import dev.mneme.edit.picture.Picture;

/** Coarser pictures with a hole, and a first guess of what is in it. */
final class Levels {
  private Levels() {}

  /** A picture and what of it is not known. */
  record Level(Picture picture, boolean[] hole) {}

  /** Half the size: the mean of what is known of four pixels; a hole where nothing is. */
  static Level half(Picture picture, boolean[] hole) {
    int width = (picture.width() + 1) / 2;
    int height = (picture.height() + 1) / 2;
    float[] rgb = new float[3 * width * height];
    boolean[] out = new boolean[width * height];
    for (int i = 0; i < out.length; i++) {
      int known = 0;
      for (int k = 0; k < 4; k++) {
        int x = Math.min(picture.width() - 1, 2 * (i % width) + k % 2);
        int y = Math.min(picture.height() - 1, 2 * (i / width) + k / 2);
        if (!hole[y * picture.width() + x]) {
          known++;
          for (int c = 0; c < 3; c++) {
            rgb[c * out.length + i] += picture.at(c, x, y);
          }
        }
      }
      out[i] = known == 0;
      for (int c = 0; c < 3 && known > 0; c++) {
        rgb[c * out.length + i] /= known;
      }
    }
    return new Level(new Picture(width, height, rgb), out);
  }

  /** The hole filled smoothly: coarser levels first, each pixel from the four nearest of them. */
  static Picture smooth(Picture picture, boolean[] hole) {
    boolean any = false;
    for (boolean h : hole) {
      any |= h;
    }
    if (!any || picture.plane() == 1) {
      return picture;
    }
    Level half = half(picture, hole);
    Picture coarse = smooth(half.picture(), half.hole());
    float[] rgb = picture.rgb().clone();
    for (int i = 0; i < hole.length; i++) {
      if (hole[i]) {
        for (int c = 0; c < 3; c++) {
          rgb[c * hole.length + i] =
              between(
                  coarse, c, (i % picture.width() - 0.5f) / 2, (i / picture.width() - 0.5f) / 2);
        }
      }
    }
    return new Picture(picture.width(), picture.height(), rgb);
  }

  /** A value between pixels, interpolated. */
  static float between(Picture picture, int channel, float x, float y) {
    float u = Math.max(0, Math.min(picture.width() - 1, x));
    float v = Math.max(0, Math.min(picture.height() - 1, y));
    int left = (int) u;
    int top = (int) v;
    int right = Math.min(picture.width() - 1, left + 1);
    int bottom = Math.min(picture.height() - 1, top + 1);
    float across = u - left;
    float down = v - top;
    return (1 - down)
            * ((1 - across) * picture.at(channel, left, top)
                + across * picture.at(channel, right, top))
        + down
            * ((1 - across) * picture.at(channel, left, bottom)
                + across * picture.at(channel, right, bottom));
  }
}
