package dev.mneme.edit.region;

/**
 * Everything of one colour.
 *
 * @param degrees Oklab hue of the colour
 * @param reach how far other hues may lie from it and still count, in degrees
 * @param chroma colourfulness from which it counts wholly; half as colourful does not count at all
 */
record Hue(double degrees, double reach, double chroma) implements Sight {
  /** Degrees over which a hue ceases to count. */
  private static final double FADE = 8;

  @Override
  public float[] in(Reduced photo) {
    float[] amounts = new float[photo.size()];
    for (int i = 0; i < amounts.length; i++) {
      double turn = Math.abs(photo.hue(i) - degrees);
      double away = Math.min(turn, 360 - turn);
      amounts[i] =
          (float)
              ((1 - Shape.smooth(away, reach - FADE / 2, reach + FADE / 2))
                  * Shape.smooth(photo.chroma(i), chroma / 2, chroma));
    }
    return amounts;
  }

  @Override
  public double least() {
    return 0.002;
  }
}
