package dev.mneme.edit.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MaskTest {
  @Test
  void everyGreyIsItsOwnShare() {
    byte[] rgb = new byte[3 * 256];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i / 3);
    }
    Mask mask = Mask.of(new RasterImage(256, 1, rgb, null));
    for (int x = 0; x < 256; x++) {
      assertEquals(x / 255f, mask.at(x, 0));
    }
  }

  @Test
  void aColourIsItsLuminance() {
    Mask mask = Mask.of(RasterImage.of(new Picture(3, 1, new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1})));
    assertEquals(0.299, mask.at(0, 0), 0.5 / 255);
    assertEquals(0.587, mask.at(1, 0), 0.5 / 255);
    assertEquals(0.114, mask.at(2, 0), 0.5 / 255);
  }

  @Test
  void whatIsTransparentIsNotPainted() {
    byte[] white = {-1, -1, -1, -1, -1, -1, -1, -1, -1};
    Mask mask = Mask.of(new RasterImage(3, 1, white, new byte[] {0, (byte) 128, -1}));
    assertEquals(0, mask.at(0, 0));
    assertEquals(128 / 255f, mask.at(1, 0));
    assertEquals(1, mask.at(2, 0));
  }

  @Test
  void aRectangleIsClosedUntilOnePixelOpens() {
    RasterImage picture = new RasterImage(5, 4);
    assertTrue(Mask.of(picture).isClosed(0, 0, 5, 4));
    picture.put(new Picture(1, 1, new float[] {0.01f, 0.01f, 0.01f}), 3, 2);
    Mask mask = Mask.of(picture);
    assertFalse(mask.isClosed(3, 2, 1, 1));
    assertFalse(mask.isClosed(-2, -2, 50, 50), "beyond the border nothing counts");
    assertTrue(mask.isClosed(0, 0, 3, 4));
    assertTrue(mask.isClosed(4, 0, 9, 9));
    assertTrue(mask.isClosed(0, 3, 5, 1));
    assertTrue(mask.isClosed(9, 9, 3, 3));
  }

  @Test
  void theFingerprintIsOfSizeAndContent() {
    Mask wide = Mask.of(new RasterImage(6, 2));
    Mask high = Mask.of(new RasterImage(2, 6));
    assertNotEquals(wide.digest(), high.digest());
    assertEquals(wide.digest(), Mask.of(new RasterImage(6, 2)).digest());
    RasterImage other = new RasterImage(6, 2);
    other.put(new Picture(1, 1, new float[] {1, 1, 1}), 5, 1);
    assertNotEquals(wide.digest(), Mask.of(other).digest());
  }

  @Test
  void itFitsPicturesOfItsSizeOnly() {
    Mask mask = Mask.of(new RasterImage(6, 2));
    assertTrue(mask.fits(new RasterImage(6, 2)));
    assertFalse(mask.fits(new RasterImage(2, 6)));
    assertFalse(mask.fits(new RasterImage(6, 3)));
  }
}
