package dev.mneme.edit.retouch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.Mask;
import dev.mneme.edit.picture.Oklab;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.edit.words.Colour;
import dev.mneme.edit.words.Deed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecolourTest {
  private static final int SIDE = 32;

  /** A shaded ball of one colour on a grey ground, with a white spot. */
  private static RasterImage ball(Oklab colour) {
    float[] rgb = new float[3 * SIDE * SIDE];
    for (int i = 0; i < SIDE * SIDE; i++) {
      int x = i % SIDE;
      int y = i / SIDE;
      Oklab pixel = new Oklab(0.5, 0, 0);
      if (inside(x, y)) {
        double shade = 0.12 * (16 - y) / 16.0;
        pixel = new Oklab(colour.light() + shade, colour.a(), colour.b());
      }
      if (x == 16 && y == 10) {
        pixel = new Oklab(1, 0, 0);
      }
      float[] p = pixel.rgb();
      for (int c = 0; c < 3; c++) {
        rgb[c * SIDE * SIDE + i] = p[c];
      }
    }
    return RasterImage.of(new Picture(SIDE, SIDE, rgb));
  }

  private static boolean inside(int x, int y) {
    return Math.hypot(x - 15.5, y - 15.5) < 11;
  }

  private static Oklab at(RasterImage image, int x, int y) {
    int rgb = image.rgbAt(x, y);
    return Oklab.of((rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
  }

  private static RasterImage recoloured(RasterImage photo, Colour colour, double strength) {
    Mask where = Mask.of(SIDE, SIDE, (x, y) -> inside(x, y) ? 1 : 0);
    return Retouch.of(photo, new Deed.Recolour(colour), where, strength);
  }

  @ParameterizedTest
  @EnumSource(Colour.class)
  void givesTheHueAndKeepsTheShade(Colour colour) {
    RasterImage photo = ball(Colour.BLUE.oklab());
    RasterImage out = recoloured(photo, colour, 1);
    Oklab middle = at(out, 16, 16);
    Oklab wanted = colour.oklab();
    if (wanted.chroma() == 0) {
      assertTrue(middle.chroma() < 0.03, middle.toString());
    } else {
      double cosine = (middle.a() * wanted.a() + middle.b() * wanted.b());
      assertTrue(cosine / middle.chroma() / wanted.chroma() > 0.9, middle + " for " + wanted);
    }
    assertTrue(at(out, 16, 7).light() > at(out, 16, 25).light() + 0.05, "shade is gone");
    assertTrue(at(out, 16, 10).chroma() < 0.05, "the highlight is coloured");
  }

  @Test
  void changesNothingOutsideNorAtStrengthZero() {
    RasterImage photo = ball(Colour.RED.oklab());
    RasterImage out = recoloured(photo, Colour.GREEN, 1);
    for (int i = 0; i < SIDE * SIDE; i++) {
      if (!inside(i % SIDE, i / SIDE)) {
        assertEquals(photo.rgbAt(i % SIDE, i / SIDE), out.rgbAt(i % SIDE, i / SIDE));
      }
    }
    assertTrue(recoloured(photo, Colour.GREEN, 0).sameAs(photo));
  }

  @Test
  void coloursWhatIsGrey() {
    RasterImage out = recoloured(ball(Colour.GREY.oklab()), Colour.RED, 1);
    assertTrue(at(out, 16, 16).chroma() > 0.15);
  }
}
