package dev.mneme.edit.region;

/** A place that is found by looking at a photograph. */
interface Sight {
  /**
   * How much each pixel of a reduced photograph belongs to the place.
   *
   * @return {@code width * height} values in [0, 1], row by row; all zero if the place is not there
   */
  float[] in(Reduced photo);

  /** Least mean of the amounts at which the place counts as found. */
  double least();
}
