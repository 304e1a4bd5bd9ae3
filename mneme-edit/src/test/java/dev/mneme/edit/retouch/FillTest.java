package dev.mneme.edit.retouch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.Mask;
import dev.mneme.edit.picture.Measures;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.edit.words.Deed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FillTest {
  private static RasterImage stripes(int side) {
    float[] rgb = new float[3 * side * side];
    for (int i = 0; i < side * side; i++) {
      float v = i % side * 16 / side % 2 == 0 ? 0.25f : 0.75f;
      rgb[i] = v;
      rgb[i + side * side] = 0.5f;
      rgb[i + 2 * side * side] = 1 - v;
    }
    return RasterImage.of(new Picture(side, side, rgb));
  }

  private static Mask disc(int side, double radius) {
    return Mask.of(
        side, side, (x, y) -> Math.hypot(x - side / 2.0, y - side / 2.0) < radius ? 1 : 0);
  }

  private static RasterImage painted(RasterImage photo, Mask where) {
    Picture p = photo.toPicture();
    float[] rgb = p.rgb().clone();
    for (int i = 0; i < p.plane(); i++) {
      if (where.at(i % p.width(), i / p.width()) > 0) {
        rgb[i] = 0;
        rgb[i + p.plane()] = 1;
        rgb[i + 2 * p.plane()] = 0;
      }
    }
    return RasterImage.of(new Picture(p.width(), p.height(), rgb));
  }

  @ParameterizedTest
  @ValueSource(ints = {96, 700}) // smaller and larger than what is worked on
  void continuesATextureIntoTheHole(int side) {
    RasterImage truth = stripes(side);
    Mask hole = disc(side, side / 8.0);
    RasterImage damaged = painted(truth, hole);
    RasterImage filled = Retouch.of(damaged, new Deed.Remove(), hole, 1);
    double before = Measures.psnr(damaged.toPicture(), truth.toPicture());
    double after = Measures.psnr(filled.toPicture(), truth.toPicture());
    assertTrue(after > before + 8, before + " dB before, " + after + " after");
  }

  @Test
  void changesNothingOutsideAndIsTheSameEveryTime() {
    RasterImage photo = painted(stripes(64), disc(64, 10));
    Mask hole = disc(64, 12);
    RasterImage once = Retouch.of(photo, new Deed.Remove(), hole, 1);
    assertTrue(once.sameAs(Retouch.of(photo, new Deed.Remove(), hole, 1)));
    for (int i = 0; i < 64 * 64; i++) {
      if (hole.at(i % 64, i / 64) == 0) {
        assertEquals(photo.rgbAt(i % 64, i / 64), once.rgbAt(i % 64, i / 64));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 13})
  void standsAMaskOverEverything(int side) {
    RasterImage photo = stripes(side);
    Mask all = Mask.of(side, side, (x, y) -> 1);
    RasterImage filled = Retouch.of(photo, new Deed.Remove(), all, 1);
    assertEquals(side, filled.width());
    Mask none = Mask.of(side, side, (x, y) -> 0);
    assertTrue(Retouch.of(photo, new Deed.Remove(), none, 1).sameAs(photo));
  }
}
