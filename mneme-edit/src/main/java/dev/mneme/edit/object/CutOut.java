package dev.mneme.edit.object;

import dev.mneme.edit.picture.RasterImage;
import java.util.ArrayList;
import java.util.List;

/** One object on a transparent ground, and what people call it. Immutable. */
public final class CutOut {
  private static final int SMALLEST = 16;

  private final String file;
  private final List<String> english;
  private final List<String> chinese;
  private final List<Level> levels = new ArrayList<>(); // each half the side of the one before

  /** Colours times opacity, and opacity: {@code rgba[c][y * side + x]} in [0, 1]. */
  private record Level(int side, float[][] rgba) {
    float at(int channel, float x, float y) {
      int left = (int) Math.floor(x);
      int top = (int) Math.floor(y);
      float across = x - left;
      float down = y - top;
      return (1 - down)
              * ((1 - across) * pixel(channel, left, top) + across * pixel(channel, left + 1, top))
          + down
              * ((1 - across) * pixel(channel, left, top + 1)
                  + across * pixel(channel, left + 1, top + 1));
    }

    private float pixel(int channel, int x, int y) {
      return x < 0 || y < 0 || x >= side || y >= side ? 0 : rgba[channel][y * side + x];
    }

    Level half() {
      int half = side / 2;
      float[][] out = new float[4][half * half];
      for (int c = 0; c < 4; c++) {
        for (int y = 0; y < half; y++) {
          for (int x = 0; x < half; x++) {
            int i = 2 * y * side + 2 * x;
            float[] from = rgba[c];
            out[c][y * half + x] =
                (from[i] + from[i + 1] + from[i + side] + from[i + side + 1]) / 4;
          }
        }
      }
      return new Level(half, out);
    }
  }

  /**
   * @param image square
   * @param english names, the usual one first
   * @param chinese names, the usual one first
   */
  CutOut(String file, RasterImage image, List<String> english, List<String> chinese) {
    this.file = file;
    this.english = List.copyOf(english);
    this.chinese = List.copyOf(chinese);
    int side = Math.min(image.width(), image.height());
    float[][] rgba = new float[4][side * side];
    for (int i = 0; i < side * side; i++) {
      int rgb = image.rgbAt(i % side, i / side);
      float alpha = image.alphaAt(i % side, i / side) / 255f;
      for (int c = 0; c < 3; c++) {
        rgba[c][i] = alpha * (rgb >> 16 - 8 * c & 255) / 255f;
      }
      rgba[3][i] = alpha;
    }
    Level level = new Level(side, rgba);
    levels.add(level);
    while (level.side() >= 2 * SMALLEST) {
      level = level.half();
      levels.add(level);
    }
  }

  /** Name of the file, without its ending. */
  public String file() {
    return file;
  }

  /** English names, the usual one first. */
  public List<String> english() {
    return english;
  }

  /** Chinese names, the usual one first. */
  public List<String> chinese() {
    return chinese;
  }

  /** Whether people call it so, in either language. */
  public boolean isCalled(String name) {
    return english.contains(name) || chinese.contains(name);
  }

  /**
   * The object as it is seen at a size.
   *
   * @param u across, 0 to 1 over the cut-out
   * @param v down, 0 to 1 over the cut-out
   * @param pixels side of the cut-out where it is painted, which says how finely it is read
   * @param out gets red, green and blue times opacity, and opacity
   */
  void read(float u, float v, float pixels, float[] out) {
    int i = 0;
    while (i + 1 < levels.size() && levels.get(i + 1).side() >= pixels) {
      i++;
    }
    Level level = levels.get(i);
    for (int c = 0; c < 4; c++) {
      out[c] = level.at(c, u * level.side() - 0.5f, v * level.side() - 0.5f);
    }
  }

  @Override
  public String toString() {
    return english.get(0);
  }
}
