package dev.mneme.edit.region;

import dev.mneme.edit.picture.RasterImage;
import java.util.Optional;

/** Finds objects in a photograph by what they are called. */
@FunctionalInterface
public interface ObjectFinder {
  /** Knows no object. */
  ObjectFinder NONE = (photo, name) -> Optional.empty();

  /**
   * Where an object is.
   *
   * @param name in English or Chinese
   * @return nothing if the photograph does not show it
   */
  Optional<Found> find(RasterImage photo, String name);

  /**
   * An object in a photograph.
   *
   * @param side cells along each side of the photograph, whatever its shape
   * @param amounts how much of each cell is the object, in [0, 1], row by row
   */
  record Found(int side, float[] amounts) {
    public Found {
      if (side < 1 || amounts.length != side * side) {
        throw new IllegalArgumentException(
            "Expected %d x %d amounts, found %d".formatted(side, side, amounts.length));
      }
    }

    /** The same over a grid of another size, interpolated. */
    float[] over(int width, int height) {
      float[] out = new float[width * height];
      for (int i = 0; i < out.length; i++) {
        float x = (i % width + 0.5f) * side / width - 0.5f;
        float y = (i / width + 0.5f) * side / height - 0.5f;
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        float across = x - left;
        float down = y - top;
        out[i] =
            (1 - down) * ((1 - across) * at(left, top) + across * at(left + 1, top))
                + down * ((1 - across) * at(left, top + 1) + across * at(left + 1, top + 1));
      }
      return out;
    }

    private float at(int x, int y) {
      int column = Math.max(0, Math.min(side - 1, x));
      return amounts[Math.max(0, Math.min(side - 1, y)) * side + column];
    }
  }
}
