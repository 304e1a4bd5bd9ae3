package dev.mneme.edit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.RasterImage;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tiles that were edited apart, put together. */
class StripTest {
  private static final int TILE = 64;

  /** A tile of one tone. */
  private static float[] tone(double tone) {
    float[] tile = new float[3 * TILE * TILE];
    Arrays.fill(tile, (float) tone);
    return tile;
  }

  private static Strip strip(int[] starts, float[]... tiles) {
    return new Strip(tiles, starts, TILE, starts[starts.length - 1] + TILE);
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 32, 48})
  void tonesThatDifferPassIntoEachOtherOverBothTiles(int step) {
    Strip strip = strip(new int[] {0, step}, tone(0.1), tone(0.3));
    float steepest = 0;
    for (int x = 1; x < step + TILE; x++) {
      float rise = strip.at(1, 40, x) - strip.at(1, 40, x - 1);
      assertTrue(rise > -1e-6, "tone falls at " + x);
      steepest = Math.max(steepest, rise);
    }
    assertEquals(0.1, strip.at(0, 0, 0), 0.1f / step, "far away nothing changes");
    assertEquals(0.3, strip.at(0, 0, step + TILE - 1), 0.1f / step);
    assertEquals(0.2, strip.at(2, 63, (step + TILE) / 2), 0.1f / step, "half way in the middle");
    assertTrue(
        steepest < 1.05f * 0.1f / step, "a fade over 16 pixels would be 0.0125: " + steepest);
  }

  @Test
  void whatTilesAgreeOnStaysAsItIs() {
    SplittableRandom random = new SplittableRandom(3);
    int[] starts = {0, 48, 64, 112};
    int width = 112 + TILE;
    float[] whole = new float[3 * TILE * width];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = (float) random.nextDouble(-1, 1);
    }
    float[][] tiles = new float[starts.length][3 * TILE * TILE];
    for (int t = 0; t < starts.length; t++) {
      for (int i = 0; i < tiles[t].length; i++) {
        tiles[t][i] = whole[i / TILE * width + starts[t] + i % TILE];
      }
    }
    Strip strip = strip(starts, tiles);
    for (int i = 0; i < whole.length; i++) {
      int line = i / width;
      assertEquals(whole[i], strip.at(line / TILE, line % TILE, i % width), 1e-5, "at " + i);
    }
  }

  @Test
  void whatATileSaysAtItsBorderCountsForNothingWhereItHasANeighbour() {
    float[] torn = tone(0.1);
    for (int line = 0; line < 3 * TILE; line++) {
      Arrays.fill(torn, line * TILE, line * TILE + 4, 9);
    }
    Strip strip = strip(new int[] {0, 48}, tone(0.1), torn);
    for (int x = 0; x < 48 + TILE; x++) {
      assertEquals(0.1, strip.at(1, 5, x), 1e-6, "at " + x);
    }
    assertEquals(9, strip(new int[] {0}, torn).at(1, 5, 0), "alone it is all there is");
  }

  @Test
  void whereNoTileWasEditedNothingChanges() {
    Strip strip = strip(new int[] {0, 48, 96}, tone(0.1), null, tone(0.5));
    assertEquals(0.1, strip.at(0, 7, 63), 1e-6, "to its end, for it has no neighbour to fade into");
    assertEquals(0, strip.at(0, 7, 80));
    assertEquals(0.5, strip.at(2, 7, 96), 1e-6);
  }

  @Test
  void stripsPassIntoEachOtherToo() {
    int[] rows = {0, 48, 80}; // the last shares half of itself
    int height = 80 + TILE;
    RasterImage photo = new RasterImage(40, height);
    photo.put(new Picture(40, height, new float[3 * 40 * height]), 0, 0);
    RasterImage out = photo.blank();
    StripWriter writer = new StripWriter(photo, out, Amount.of(1), rows);
    for (int i = 0; i < rows.length; i++) {
      writer.add(strip(new int[] {0}, tone(0.2 + 0.3 * i)));
    }
    writer.finish();
    Picture found = out.toPicture();
    float steepest = 0;
    for (int y = 1; y < height; y++) {
      steepest = Math.max(steepest, found.at(1, 20, y) - found.at(1, 20, y - 1));
    }
    assertEquals(0.2, found.at(0, 0, 0), 0.01);
    assertEquals(0.8, found.at(2, 39, height - 1), 0.01);
    assertTrue(steepest < 0.013, "faded over 16 pixels it would be 0.019: " + steepest);
  }
}
