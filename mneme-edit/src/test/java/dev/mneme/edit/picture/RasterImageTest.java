package dev.mneme.edit.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RasterImageTest {
  @Test
  void windowsCarryPixelsBothWays() {
    Picture noise = Pictures.noise(23, 17, 1);
    RasterImage image = RasterImage.of(noise);
    assertEquals(0, Pictures.largestDifference(noise, image.toPicture()), 0.5f / 255 + 1e-6f);
    assertArrayEquals(
        image.toPicture().crop(4, 3, 9, 11).rgb(), image.toPicture(4, 3, 9, 11).rgb());

    RasterImage tiled = image.blank();
    for (int y = 0; y < 17; y += 5) {
      for (int x = 0; x < 23; x += 8) {
        tiled.put(image.toPicture(x, y, Math.min(8, 23 - x), Math.min(5, 17 - y)), x, y);
      }
    }
    assertTrue(tiled.sameAs(image));
    assertEquals(3 * 23 * 17, image.bytes());
  }

  @Test
  void valuesAreRoundedAndClamped() {
    float[] rgb = {-1, 2, Float.NaN, 0.5f, 1.4f / 255, 1.6f / 255};
    RasterImage image = RasterImage.of(new Picture(2, 1, rgb));
    assertEquals("000001", "%06x".formatted(image.rgbAt(0, 0)), "-1, NaN, 1.4 / 255");
    assertEquals("ff8002", "%06x".formatted(image.rgbAt(1, 0)), "2, 0.5, 1.6 / 255");
    for (int level = 0; level < 256; level++) {
      float value = level / 255f;
      RasterImage one = RasterImage.of(new Picture(1, 1, new float[] {value, value, value}));
      assertEquals(level, one.rgbAt(0, 0) & 0xff);
      assertEquals(value, one.toPicture().rgb()[0]);
    }
  }

  @Test
  void onWhiteMixesByOpacity() {
    RasterImage image =
        new RasterImage(
            3,
            1,
            new byte[] {0, 100, (byte) 200, 0, 100, (byte) 200, 9, 9, 9},
            new byte[] {-1, 0, 51});
    assertTrue(image.hasTransparency());
    assertEquals("0064c8", "%06x".formatted(image.onWhite().rgbAt(0, 0)));
    assertEquals("ffffff", "%06x".formatted(image.onWhite().rgbAt(1, 0)));
    assertEquals("cecece", "%06x".formatted(image.onWhite().rgbAt(2, 0)), "9 * 0.2 + 255 * 0.8");
    assertFalse(new RasterImage(1, 1, new byte[3], new byte[] {-1}).hasTransparency());
  }

  @Test
  void windowsOutsideAndSizesBelowOneAreRefused() {
    RasterImage image = new RasterImage(5, 4);
    Picture window = Pictures.noise(3, 3, 1);
    assertThrows(IllegalArgumentException.class, () -> image.toPicture(3, 0, 3, 1));
    assertThrows(IllegalArgumentException.class, () -> image.toPicture(-1, 0, 3, 1));
    assertThrows(IllegalArgumentException.class, () -> image.toPicture(0, 0, 3, 3, 0, 9));
    assertThrows(
        IllegalArgumentException.class, () -> image.toPicture(Integer.MAX_VALUE, 0, 3, 3, 2, 2));
    assertThrows(IllegalArgumentException.class, () -> image.put(window, 0, 2));
    assertThrows(IllegalArgumentException.class, () -> new RasterImage(0, 4));
    assertThrows(IllegalArgumentException.class, () -> new RasterImage(40_000, 40_000));
  }
}
