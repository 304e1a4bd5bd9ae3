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

  /**
   * What it costs to come from the other end of the picture, beside the mean squared difference:
   * what lies near has the same grain, and is as sharp.
   */
  private static final float FAR = 0.1f;

  /** What a pixel of the hole counts for against the one before it on the way in. */
  private static final float INWARDS = 0.8f;

  private static final float LEAST_TRUST = 0.02f;

  private final Picture picture; // the hole as it is thought to be
  private final boolean[] hole;
  private final boolean[] whole; // patches that lie in the picture and outside the hole
  private final boolean[] wanted; // patches that touch the hole
  private final int[] from; // index of the most alike patch, for wanted ones
  private final float[] cost; // how little alike it is
  private final float[] trust; // 1 outside the hole, less and less the deeper inside
  private final Random random;

  private PatchField(Picture picture, boolean[] hole, int[] from, float[] cost) {
    this.picture = picture;
    this.hole = hole;
    this.from = from;
    this.cost = cost;
    this.random = new Random(picture.plane()); // the same photo is filled alike every time
    this.trust = trust(hole, picture.width());
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

  private static float[] trust(boolean[] hole, int width) {
    float[] trust = new float[hole.length];
    for (int i = 0; i < hole.length; i++) {
      trust[i] = hole[i] ? LEAST_TRUST : 1;
    }
    for (int sweep = 0; sweep < 2; sweep++) {
      int side = sweep == 0 ? -1 : 1;
      for (int k = 0; k < hole.length; k++) {
        int i = sweep == 0 ? k : hole.length - 1 - k;
        int x = i % width + side;
        int above = i + side * width;
        float across = x >= 0 && x < width ? trust[i + side] : 0;
        float down = above >= 0 && above < hole.length ? trust[above] : 0;
        trust[i] = Math.max(trust[i], INWARDS * Math.max(across, down));
      }
    }
    return trust;
  }

  /** A field of chance. */
  static PatchField begin(Picture guess, boolean[] hole) {
    PatchField field = new PatchField(guess, hole, new int[hole.length], new float[hole.length]);
    int[] places = field.places();
    for (int i = 0; i < hole.length; i++) {
      field.from[i] = places.length == 0 ? i : places[field.random.nextInt(places.length)];
    }
    return field;
  }

  /** This field on a picture of twice the size. */
  PatchField finer(Picture fine, boolean[] fineHole) {
    int width = fine.width();
    PatchField field =
        new PatchField(fine, fineHole, new int[fineHole.length], new float[fineHole.length]);
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
    return field.copied();
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
    PatchField out = new PatchField(picture, hole, from.clone(), new float[hole.length]);
    for (int i = 0; i < hole.length; i++) {
      out.cost[i] = wanted[i] ? out.distance(i, out.from[i], Float.MAX_VALUE) : 0;
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      boolean forth = sweep % 2 == 0;
      for (int k = 0; k < hole.length; k++) {
        int i = forth ? k : hole.length - 1 - k;
        if (wanted[i]) {
          out.improve(i, forth ? -1 : 1);
        }
      }
    }
    return out;
  }

  private void improve(int i, int side) {
    int width = picture.width();
    for (int step : new int[] {side, side * width}) {
      int neighbour = i + step;
      boolean there =
          neighbour >= 0
              && neighbour < hole.length
              && (step != side || neighbour / width == i / width);
      if (there && wanted[neighbour]) {
        consider(i, from[neighbour] - step);
      }
    }
    for (int reach = Math.max(width, picture.height()); reach >= 1; reach /= 2) {
      int x = from[i] % width + random.nextInt(2 * reach + 1) - reach;
      int y = from[i] / width + random.nextInt(2 * reach + 1) - reach;
      if (x >= 0 && y >= 0 && x < width && y < picture.height()) {
        consider(i, y * width + x);
      }
    }
  }

  private void consider(int i, int candidate) {
    if (candidate >= 0 && candidate < whole.length && whole[candidate]) {
      float d = distance(i, candidate, cost[i]);
      if (d < cost[i]) {
        cost[i] = d;
        from[i] = candidate;
      }
    }
  }

  /** Mean squared difference of two patches, where both lie in the picture, and how far apart. */
  private float distance(int i, int j, float enough) {
    int width = picture.width();
    int height = picture.height();
    int plane = picture.plane();
    float[] rgb = picture.rgb();
    float sum = 0;
    float count = 0;
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
          sum += trust[a] * d * d;
        }
        count += trust[a];
      }
    }
    float across = (float) (i % width - j % width) / width;
    float down = (float) (i / width - j / width) / height;
    return count == 0 ? enough : sum / count + FAR * (across * across + down * down);
  }

  /** The same field on a hole that shows where each of its pixels comes from. */
  private PatchField copied() {
    float[] rgb = picture.rgb().clone();
    for (int i = 0; i < hole.length; i++) {
      for (int c = 0; hole[i] && !hole[from[i]] && c < 3; c++) {
        rgb[c * hole.length + i] = picture.rgb()[c * hole.length + from[i]];
      }
    }
    return new PatchField(new Picture(picture.width(), picture.height(), rgb), hole, from, cost);
  }

  /**
   * The same field on what its patches make of the hole: the mean of all that cover a pixel, those
   * that are alike far before others.
   */
  PatchField averaged() {
    float usual = usualCost();
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
            float weight = // never quite nothing, or a pixel could be left without a say
                trust[y * width + x]
                        * (float) Math.exp(-cost[y * width + x] / usual)
                        / (1 + dx * dx + dy * dy)
                    + 1e-9f;
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
    return new PatchField(new Picture(width, picture.height(), rgb), hole, from, cost);
  }

  private float usualCost() {
    float[] costs = new float[hole.length];
    int count = 0;
    for (int i = 0; i < hole.length; i++) {
      if (wanted[i]) {
        costs[count++] = cost[i];
      }
    }
    java.util.Arrays.sort(costs, 0, count);
    return Math.max(1e-5f, count == 0 ? 0 : costs[count / 2]);
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
