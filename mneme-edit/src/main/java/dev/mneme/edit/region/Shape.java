package dev.mneme.edit.region;

/** A place that lies alike in every photograph, in units of its width and height. */
interface Shape {
  /** Half of the way over which a border fades, as a share of the side: a few percent in all. */
  double FEATHER = 0.02;

  /** How much a point belongs to the place, in [0, 1]; x and y from 0 to 1. */
  double at(double x, double y);

  /** A rectangle; a side on the photograph's own border does not fade. */
  static Shape box(double left, double top, double right, double bottom) {
    return (x, y) -> span(x, left, right) * span(y, top, bottom);
  }

  /** An oval about the centre, half as wide and high as the photograph. */
  static Shape centre() {
    return (x, y) -> 1 - smooth(Math.hypot(2 * x - 1, 2 * y - 1), 0.4, 0.7);
  }

  /** What a vignette darkens: far from the centre along both axes. */
  static Shape corners() {
    return (x, y) -> smooth(Math.hypot(2 * x - 1, 2 * y - 1), 0.85, 1.15);
  }

  /** The outer tenth on all sides. */
  static Shape border() {
    return (x, y) -> smooth(Math.max(Math.abs(2 * x - 1), Math.abs(2 * y - 1)), 0.76, 0.84);
  }

  private static double span(double at, double from, double to) {
    double begun = from <= 0 ? 1 : smooth(at, from - FEATHER, from + FEATHER);
    return to >= 1 ? begun : begun * (1 - smooth(at, to - FEATHER, to + FEATHER));
  }

  /** From 0 at {@code from} to 1 at {@code to}, with level ends. */
  static double smooth(double value, double from, double to) {
    double t = Math.max(0, Math.min(1, (value - from) / (to - from)));
    return t * t * (3 - 2 * t);
  }
}
