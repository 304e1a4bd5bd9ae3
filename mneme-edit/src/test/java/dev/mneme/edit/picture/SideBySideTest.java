package dev.mneme.edit.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SideBySideTest {
  @Test
  void bothPicturesStandNextToAThinLine() {
    RasterImage before = RasterImage.of(Pictures.noise(31, 9, 1));
    RasterImage after = RasterImage.of(Pictures.noise(31, 9, 2));
    RasterImage both = SideBySide.of(before, after);
    assertEquals(64, both.width());
    assertEquals(9, both.height());
    assertTrue(before.sameAs(RasterImage.of(both.toPicture(0, 0, 31, 9))));
    assertTrue(after.sameAs(RasterImage.of(both.toPicture(33, 0, 31, 9))));
    for (int y = 0; y < 9; y++) {
      assertEquals(0x808080, both.rgbAt(31, y));
      assertEquals(0x808080, both.rgbAt(32, y));
    }
    assertEquals(20, SideBySide.divider(4000));
  }

  @Test
  void transparencyIsLaidOnWhite() {
    RasterImage clear = new RasterImage(2, 1, new byte[6], new byte[2]);
    RasterImage both = SideBySide.of(clear, new RasterImage(2, 1));
    assertEquals(0xffffff, both.rgbAt(0, 0));
    assertEquals(0, both.rgbAt(5, 0));
  }

  @Test
  void sizesMustAgree() {
    assertThrows(
        IllegalArgumentException.class,
        () -> SideBySide.of(new RasterImage(2, 1), new RasterImage(1, 2)));
  }
}
