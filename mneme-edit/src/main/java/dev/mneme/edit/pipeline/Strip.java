package dev.mneme.edit.pipeline;

import java.util.Arrays;

/**
 * What an edit changes in one band of tiles: the tiles evened out and faded into each other. Where
 * no tile was edited it changes nothing.
 */
final class Strip {
  private final int tile;
  private final int width;
  private final float[] change; // [3, tile, width]
  private final boolean[] edited; // [width]

  /**
   * @param tiles [3, tile, tile] each, changed by this; null where none was edited
   * @param starts where they begin; each reaches into the next
   * @param width of the strip
   */
  Strip(float[][] tiles, int[] starts, int tile, int width) {
    this.tile = tile;
    this.width = width;
    this.change = new float[3 * tile * width];
    this.edited = new boolean[width];
    for (int i = 1; i < starts.length; i++) {
      if (isEdited(tiles, i - 1) && isEdited(tiles, i)) {
        Seam.between(Seam.Sheet.tile(tile), starts, i).even(tiles[i - 1], tiles[i], along -> true);
      }
    }
    float[] weights = new float[width];
    for (int i = 0; i < starts.length; i++) {
      if (tiles[i] != null) {
        add(tiles[i], starts[i], ramp(isEdited(tiles, i - 1), isEdited(tiles, i + 1)), weights);
        Arrays.fill(edited, starts[i], starts[i] + tile, true);
      }
    }
    for (int at = 0; at < change.length; at++) {
      change[at] /= edited[at % width] ? weights[at % width] : 1;
    }
  }

  private void add(float[] residual, int x, float[] ramp, float[] weights) {
    for (int line = 0; line < 3 * tile; line++) { // of all channels
      for (int col = 0; col < tile; col++) {
        change[line * width + x + col] += ramp[col] * residual[line * tile + col];
      }
    }
    for (int col = 0; col < tile; col++) {
      weights[x + col] += ramp[col];
    }
  }

  private static boolean isEdited(float[][] tiles, int index) {
    return index >= 0 && index < tiles.length && tiles[index] != null;
  }

  private float[] ramp(boolean start, boolean end) {
    float[] ramp = new float[tile];
    for (int i = 0; i < tile; i++) {
      ramp[i] = (start ? in(i) : 1) * (end ? in(tile - 1 - i) : 1);
    }
    return ramp;
  }

  /** Share that counts of the pixel number {@code i} from a border that fades. */
  static float in(int i) {
    float faded = Stroke.OVERLAP - 2f * Stroke.MARGIN;
    return Math.max(0, Math.min(1, (i - Stroke.MARGIN + 0.5f) / faded));
  }

  /**
   * Evens this and the next strip, which shares its first rows with this one's last.
   *
   * @param starts where strips begin in the picture
   * @param index of the next
   */
  void even(Strip below, int[] starts, int index) {
    Seam.between(Seam.Sheet.strip(tile, width), starts, index)
        .even(change, below.change, x -> edited[x] && below.edited[x]);
  }

  /** The change of a pixel in the strip. */
  float at(int channel, int row, int x) {
    return change[(channel * tile + row) * width + x];
  }

  /**
   * The change of a pixel that another strip has too, this one fading in and the other out.
   *
   * @param above the strip before this one
   * @param start row of it at which this one begins
   */
  float fadedAt(int channel, int row, int x, Strip above, int start) {
    if (start + row >= tile || !above.edited[x]) {
      return at(channel, row, x);
    }
    if (!edited[x]) {
      return above.at(channel, start + row, x);
    }
    float here = in(row);
    float there = in(tile - 1 - (start + row));
    return (here * at(channel, row, x) + there * above.at(channel, start + row, x))
        / (here + there);
  }
}
