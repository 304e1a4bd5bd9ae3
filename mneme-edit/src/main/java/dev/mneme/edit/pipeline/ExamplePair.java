package dev.mneme.edit.pipeline;

import dev.mneme.edit.base.Shown;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.RasterImage;
import java.util.List;

/**
 * A photo before and after an edit, to show what is wanted.
 *
 * @param before of any size
 * @param after of the same size
 */
public record ExamplePair(RasterImage before, RasterImage after) {
  /**
   * @throws IllegalArgumentException if the two differ in size
   */
  public ExamplePair {
    if (before.width() != after.width() || before.height() != after.height()) {
      throw new IllegalArgumentException(
          "Expected an example pair of one size, found %d x %d before and %d x %d after"
              .formatted(before.width(), before.height(), after.width(), after.height()));
    }
  }

  /** What is looked at: parts at full resolution; all of a pair that is smaller than a tile. */
  public List<Shown> parts(int tile) {
    int width = before.width();
    int height = before.height();
    if (width < tile || height < tile) {
      return List.of(Shown.whole(reduced(before, tile), reduced(after, tile)));
    }
    return Shown.parts(
        width,
        height,
        tile,
        (x, y) -> before.toPicture(x, y, tile, tile),
        (x, y) -> after.toPicture(x, y, tile, tile));
  }

  private static Picture reduced(RasterImage image, int tile) {
    return image.toPicture(0, 0, image.width(), image.height(), tile, tile);
  }
}
