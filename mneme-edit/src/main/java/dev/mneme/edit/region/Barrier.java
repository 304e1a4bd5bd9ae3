package dev.mneme.edit.region;

import java.util.Arrays;

/**
 * How far pixels lie from a picture's border, measured by the minimum barrier: over all ways to the
 * border, the least difference of the highest and the lowest value met on the way. What the border
 * runs into without an edge is near, whatever its texture. Computed by raster passes (Zhang et al.,
 * "Minimum Barrier Salient Object Detection at 80 FPS", ICCV 2015).
 */
final class Barrier {
  private static final int PASSES = 4;

  private final float[] values;
  private final int width;
  private final int height;
  private final float[] highest;
  private final float[] lowest;
  private final float[] distance;

  private Barrier(float[] values, int width, int height) {
    this.values = values;
    this.width = width;
    this.height = height;
    this.highest = values.clone();
    this.lowest = values.clone();
    this.distance = new float[values.length];
    Arrays.fill(distance, Float.POSITIVE_INFINITY);
    for (int x = 0; x < width; x++) {
      distance[x] = 0;
      distance[(height - 1) * width + x] = 0;
    }
    for (int y = 0; y < height; y++) {
      distance[y * width] = 0;
      distance[y * width + width - 1] = 0;
    }
  }

  /** The distance of every pixel, 0 on the border itself. */
  static float[] distances(float[] values, int width, int height) {
    Barrier barrier = new Barrier(values, width, height);
    for (int pass = 0; pass < PASSES; pass++) {
      barrier.scan(pass % 2 == 0);
    }
    return barrier.distance;
  }

  private void scan(boolean forward) {
    int step = forward ? 1 : -1;
    for (int row = 0; row < height; row++) {
      int y = forward ? row : height - 1 - row;
      for (int col = 0; col < width; col++) {
        int x = forward ? col : width - 1 - col;
        int i = y * width + x;
        if (y - step >= 0 && y - step < height) {
          come(i, i - step * width);
        }
        if (x - step >= 0 && x - step < width) {
          come(i, i - step);
        }
      }
    }
  }

  private void come(int to, int from) {
    float high = Math.max(highest[from], values[to]);
    float low = Math.min(lowest[from], values[to]);
    if (high - low < distance[to]) {
      distance[to] = high - low;
      highest[to] = high;
      lowest[to] = low;
    }
  }
}
