package dev.mneme.edit.retouch;

import dev.mneme.edit.picture.Picture;
import java.util.Random;

/**
 * For each pixel whose patch touches a hole, the patch outside the hole that is most like it.
 * Immutable for those who use it: every step gives another field.
 */
final class PatchField {
  /** Pixels of a patch on each side of its middle. */
  static final int REACH = 3;

  private static final int SWEEPS = 2;

  private final Picture picture; // the hole as it is thought to be
  private final boolean[] hole;
  private final boolean[] whole; // patches that lie in the picture and outside the hole
  private final boolean[] wanted; // patches that touch the hole
  private final int[] from; // index of the most alike patch, for wanted ones
  private final Random random;

  private PatchField(Picture picture, boolean[] hole, int[] from) {
    this.picture = picture;
    this.hole = hole;
    this.from = from;
    this.random = new Random(picture.plane()); // the same photo is filled alike every time
    this.whole = new boolean[hole.length];
    this.wanted = new boolean[hole.length];
    boolean any = false;
    for (int i = 0; i < hole.length; i++) {
      boolean touched = touches(i, REACH);
      wanted[i] = touched;
      whole[i] = !touched && inside(i);
      any |= whole[i];
    }
    for (int i = 0; i < hole.length && !any; i++) {
      whole[i] = !hole[i]; // a hole that leaves no patch whole
    }
  }

  /** A field of chance. */
  static PatchField begin(Picture guess, boolean[] hole) {
    PatchField field = new PatchField(guess, hole, new int[hole.length]);
    int[] places = field.places();
    for (int i = 0; i < hole.length; i++) {
      field.from[i] = places.length == 0 ? i : places[field.random.nextInt(places.length)];
    }
    return field;
  }

  /** This field on a picture of twice the size. */
  PatchField finer(Picture fine, boolean[] fineHole) {
    int width = fine.width();
    PatchField field = new PatchField(fine, fineHole, new int[fineHole.length]);
    int[] places = field.places();
    for (int i = 0; i < fineHole.length; i++) {
      int x = i % width;
      int y = i / width;
      int coarse =
          Math.min(picture.height() - 1, y / 2) * picture.width()
              + Math.min(picture.width() - 1, x / 2);
      int u = Math.min(width - 1, 2 * (from[coarse] % picture.width()) + x % 2);
      int v = Math.min(fine.height() - 1, 2 * (from[coarse] / picture.width()) + y % 2);
      int at = v * width + u;
      field.from[i] =
          field.whole[at] || places.length == 0 ? at : places[field.random.nextInt(places.length)];
    }
    return field.averaged();
  }

  private int[] places() {
    int[] places = new int[whole.length];
    int count = 0;
    for (int i = 0; i < whole.length; i++) {
      if (whole[i]) {
        places[count++] = i;
      }
    }
    return java.util.Arrays.copyOf(places, count);
  }

  private boolean inside(int i) {
    int x = i % picture.width();
    int y = i / picture.width();
    return x >= REACH && y >= REACH && x < picture.width() - REACH && y < picture.height() - REACH;
  }

  private boolean touches(int i, int reach) {
    int width = picture.width();
    for (int y = Math.max(0, i / width - reach);
        y <= Math.min(picture.height() - 1, i / width + reach);
        y++) {
      for (int x = Math.max(0, i % width - reach);
          x <= Math.min(width - 1, i % width + reach);
          x++) {
        if (hole[y * width + x]) {
          return true;
        }
      }
    }
    return false;
  }

  /** A field whose patches are more alike: what neighbours found, and chance. */
  PatchField searched() {
    PatchField out = new PatchField(picture, hole, from.clone());
    float[] distance = new float[hole.length];
    for (int i = 0; i < hole.length; i++) {
      distance[i] = wanted[i] ? out.distance(i, out.from[i], Float.MAX_VALUE) : 0;
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      boolean forth = sweep % 2 == 0;
      for (int k = 0; k < hole.length; k++) {
        int i = forth ? k : hole.length - 1 - k;
        if (wanted[i]) {
          out.improve(i, forth ? -1 : 1, distance);
        }
      }
    }
    return out;
  }

  private void improve(int i, int side, float[] distance) {
    int width = picture.width();
    for (int step : new int[] {side, side * width}) {
      int neighbour = i + step;
      boolean there =
          neighbour >= 0
              && neighbour < hole.length
              && (step != side || neighbour / width == i / width);
      if (there && wanted[neighbour]) {
        consider(i, from[neighbour] - step, distance);
      }
    }
    for (int reach = Math.max(width, picture.height()); reach >= 1; reach /= 2) {
      int x = from[i] % width + random.nextInt(2 * reach + 1) - reach;
      int y = from[i] / width + random.nextInt(2 * reach + 1) - reach;
      if (x >= 0 && y >= 0 && x < width && y < picture.height()) {
        consider(i, y * width + x, distance);
      }
    }
  }

  private void consider(int i, int candidate, float[] distance) {
    if (candidate >= 0 && candidate < whole.length && whole[candidate]) {
      float d = distance(i, candidate, distance[i]);
      if (d < distance[i]) {
        distance[i] = d;
        from[i] = candidate;
      }
    }
  }

  /** Mean squared difference of two patches, where both lie in the picture. */
  private float distance(int i, int j, float enough) {
    int width = picture.width();
    int height = picture.height();
    int plane = picture.plane();
    float[] rgb = picture.rgb();
    float sum = 0;
    int count = 0;
    for (int dy = -REACH; dy <= REACH; dy++) {
      int yi = i / width + dy;
      int yj = j / width + dy;
      if (yi < 0 || yj < 0 || yi >= height || yj >= height) {
        continue;
      }
      for (int dx = -REACH; dx <= REACH; dx++) {
        int xi = i % width + dx;
        int xj = j % width + dx;
        if (xi < 0 || xj < 0 || xi >= width || xj >= width) {
          continue;
        }
        int a = yi * width + xi;
        int b = yj * width + xj;
        for (int c = 0; c < 3; c++) {
          float d = rgb[c * plane + a] - rgb[c * plane + b];
          sum += d * d;
        }
        count++;
      }
    }
    return count == 0 ? enough : sum / count;
  }

  /** The same field on what its patches make of the hole: the mean of all that cover a pixel. */
  PatchField averaged() {
    int width = picture.width();
    int plane = picture.plane();
    float[] rgb = picture.rgb().clone();
    for (int i = 0; i < hole.length; i++) {
      if (!hole[i]) {
        continue;
      }
      float[] sum = new float[3];
      float weights = 0;
      for (int dy = -REACH; dy <= REACH; dy++) {
        for (int dx = -REACH; dx <= REACH; dx++) {
          int x = i % width + dx;
          int y = i / width + dy;
          if (x < 0 || y < 0 || x >= width || y >= picture.height()) {
            continue;
          }
          int u = from[y * width + x] % width - dx;
          int v = from[y * width + x] / width - dy;
          if (u >= 0 && v >= 0 && u < width && v < picture.height() && !hole[v * width + u]) {
            float weight = 1f / (1 + dx * dx + dy * dy);
            weights += weight;
            for (int c = 0; c < 3; c++) {
              sum[c] += weight * picture.rgb()[c * plane + v * width + u];
            }
          }
        }
      }
      for (int c = 0; c < 3 && weights > 0; c++) {
        rgb[c * plane + i] = sum[c] / weights;
      }
    }
    return new PatchField(new Picture(width, picture.height(), rgb), hole, from);
  }

  /**
   * What a larger photograph of the same should show at a pixel of its hole: its own pixels, from
   * where the nearest four cells come from.
   *
   * @param source the photograph, at its size
   * @param colour gets red, green and blue
   */
  void colour(Picture source, int x, int y, float[] colour) {
    float across = (float) source.width() / picture.width();
    float down = (float) source.height() / picture.height();
    float u = (x + 0.5f) / across - 0.5f;
    float v = (y + 0.5f) / down - 0.5f;
    java.util.Arrays.fill(colour, 0);
    for (int k = 0; k < 4; k++) {
      int cx = (int) Math.floor(u) + k % 2;
      int cy = (int) Math.floor(v) + k / 2;
      float weight = (1 - Math.abs(u - cx)) * (1 - Math.abs(v - cy));
      int cell =
          Math.max(0, Math.min(picture.height() - 1, cy)) * picture.width()
              + Math.max(0, Math.min(picture.width() - 1, cx));
      float sx = x;
      float sy = y;
      if (wanted[cell]) {
        sx += (from[cell] % picture.width() - cell % picture.width()) * across;
        sy += (from[cell] / picture.width() - cell / picture.width()) * down;
      }
      for (int c = 0; c < 3; c++) {
        colour[c] += weight * Levels.between(source, c, sx, sy);
      }
    }
  }
}
