package dev.mneme.peers.filter;

import dev.mneme.edit.picture.Picture;
import java.util.Arrays;

/**
 * What "auto levels" does: the darkest value becomes black, the brightest white, and what lies
 * between follows a straight line or a curve.
 *
 * @param clip share of values that may end beyond black, and as many beyond white, in [0, 0.5)
 * @param together whether all channels share one black and white; otherwise each has its own
 * @param gamma above 1 lifts the middle, 1 is the straight line; above 0
 */
public record Levels(double clip, boolean together, double gamma) {
  private static final float LEAST_RANGE = 1 / 255f;

  public Levels {
    if (!(clip >= 0 && clip < 0.5 && gamma > 0)) {
      throw new IllegalArgumentException(
          "Expected a clipped share in [0, 0.5) and a gamma above 0, found %s and %s"
              .formatted(clip, gamma));
    }
  }

  /** A copy that uses the whole range; a plane of one value keeps it. */
  public Picture apply(Picture in) {
    int plane = in.plane();
    float[] out = in.rgb().clone();
    int part = together ? 3 * plane : plane;
    for (int from = 0; from < out.length; from += part) {
      stretch(out, from, from + part);
    }
    return new Picture(in.width(), in.height(), out).clamped();
  }

  private void stretch(float[] values, int from, int to) {
    float[] sorted = Arrays.copyOfRange(values, from, to);
    Arrays.sort(sorted);
    int beyond = (int) (clip * sorted.length);
    float black = sorted[beyond];
    float range = sorted[sorted.length - 1 - beyond] - black;
    if (range < LEAST_RANGE) {
      return;
    }
    for (int i = from; i < to; i++) {
      double level = Math.max(0, Math.min(1, (values[i] - black) / range));
      values[i] = (float) Math.pow(level, 1 / gamma);
    }
  }
}
