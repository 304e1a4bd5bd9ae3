package dev.mneme.edit.base;

import dev.mneme.edit.picture.Picture;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A part of an example pair, as large as a tile: what a picture looked like before an edit and
 * after it.
 *
 * @param before [3, tile, tile]
 * @param after of the same size
 * @param place left, top, right and bottom of it in its picture, in [0, 1]
 */
public record Shown(Picture before, Picture after, float[] place) {
  /** What a base reads where examples say what is wanted: nothing that it does by itself. */
  public static final String SENTENCE = "like the examples";

  /** Parts of a large pair along each side. */
  private static final int PARTS = 4;

  public Shown {
    if (before.width() != after.width() || before.height() != after.height()) {
      throw new IllegalArgumentException(
          "Expected a pair of one size, found %d x %d before and %d x %d after"
              .formatted(before.width(), before.height(), after.width(), after.height()));
    }
  }

  /** A picture as a batch of one, [1, 3, height, width]. */
  static Tensor tensor(Picture picture) {
    return torch.tensor(picture.rgb()).view(1, 3, picture.height(), picture.width());
  }

  /** A pair that is as large as a tile. */
  public static Shown whole(Picture before, Picture after) {
    return new Shown(before, after, new float[] {0, 0, 1, 1});
  }

  /** Reads a tile of a picture from its left and upper corner. */
  @FunctionalInterface
  public interface Window {
    Picture at(int x, int y);
  }

  /** A pair that is at least as large as a tile, in parts at its own resolution. */
  public static List<Shown> parts(int width, int height, int tile, Window before, Window after) {
    return corners(width, height, tile).stream()
        .map(
            corner -> {
              int x = corner[0];
              int y = corner[1];
              float[] place = {
                (float) x / width,
                (float) y / height,
                (float) (x + tile) / width,
                (float) (y + tile) / height
              };
              return new Shown(before.at(x, y), after.at(x, y), place);
            })
        .toList();
  }

  /**
   * Where to look at a pair of this size, which is at least as large as a tile: parts of a tile's
   * size, spread evenly over it.
   *
   * @return left and upper corners
   */
  public static List<int[]> corners(int width, int height, int tile) {
    int columns = Math.min(PARTS, (width + tile - 1) / tile);
    int rows = Math.min(PARTS, (height + tile - 1) / tile);
    List<int[]> corners = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        corners.add(new int[] {at(column, columns, width - tile), at(row, rows, height - tile)});
      }
    }
    return corners;
  }

  private static int at(int index, int count, int spare) {
    return count == 1 ? spare / 2 : (int) ((long) spare * index / (count - 1));
  }
}
