package dev.mneme.edit.picture;

/**
 * What falls from the sky: a fixed square that repeats without seams from the upper left corner.
 * What falls at random could not be learned. Tiles begin at multiples of the square's side, so that
 * each sees the same.
 */
public final class FallPattern {
  /** Side of the square in pixels. */
  public static final int PERIOD = 16;

  /** Three slanted streaks of rain. */
  public static final FallPattern DROPS =
      new FallPattern(streak(2, 1, 1), streak(8, 6, 0.7), streak(13, 11, 0.85));

  /** Four flakes of snow, from 1.6 to 4 pixels across. */
  public static final FallPattern FLAKES =
      new FallPattern(flake(3, 4, 1.6), flake(11, 2, 1.0), flake(8, 11, 2.0), flake(14, 13, 0.8));

  private final float[] values;

  private FallPattern(Shape... shapes) {
    values = square(shapes);
  }

  /** How much of a pixel is covered, 0 .. 1. */
  public float at(int x, int y) {
    return values[y % PERIOD * PERIOD + x % PERIOD];
  }

  /** How much of a pixel something covers, 0 .. 1. */
  @FunctionalInterface
  private interface Shape {
    double at(double x, double y);
  }

  private static float[] square(Shape... shapes) {
    float[] out = new float[PERIOD * PERIOD];
    for (int i = 0; i < out.length; i++) {
      for (int copy = 0; copy < 9; copy++) { // what leaves on one side enters on the other
        double x = i % PERIOD + PERIOD * (copy % 3 - 1);
        double y = i / PERIOD + PERIOD * (copy / 3 - 1);
        for (Shape shape : shapes) {
          out[i] = (float) Math.max(out[i], shape.at(x, y));
        }
      }
    }
    return out;
  }

  /** A line 1.6 pixels wide from (left, top) down by 11 and to the right by 3, times a length. */
  private static Shape streak(double left, double top, double length) {
    return (x, y) -> {
      double along = ((x - left) * 3 + (y - top) * 11) / (130 * length);
      double t = length * Math.max(0, Math.min(1, along));
      return Math.max(0, 1 - Math.hypot(x - left - 3 * t, y - top - 11 * t) / 0.8);
    };
  }

  private static Shape flake(double middleX, double middleY, double radius) {
    return (x, y) -> Math.max(0, Math.min(1, radius + 0.5 - Math.hypot(x - middleX, y - middleY)));
  }
}
