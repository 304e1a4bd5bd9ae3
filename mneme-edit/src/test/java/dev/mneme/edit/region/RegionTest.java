package dev.mneme.edit.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.Mask;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.RasterImage;
import java.util.Random;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Places in pictures where it is known where they are. */
class RegionTest {
  private static final int GRASS = 0x55883a;
  private static final int SKY = 0x6fa8dc;
  private static final int STONE = 0x8a7f70;

  /** What colour a pixel has. */
  private interface Paint {
    int at(int x, int y);
  }

  /** A picture with a little noise, as photographs have. */
  private static RasterImage picture(int width, int height, Paint paint) {
    Random random = new Random(7);
    int n = width * height;
    float[] rgb = new float[3 * n];
    for (int i = 0; i < n; i++) {
      int colour = paint.at(i % width, i / width);
      for (int c = 0; c < 3; c++) {
        float value = (colour >> 16 - 8 * c & 255) / 255f;
        rgb[i + c * n] = value + 0.01f * (float) random.nextGaussian();
      }
    }
    return RasterImage.of(new Picture(width, height, rgb));
  }

  private static double overlap(Mask mask, BiPredicate<Integer, Integer> truth) {
    int both = 0;
    int either = 0;
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        boolean found = mask.at(x, y) > 0.5;
        boolean there = truth.test(x, y);
        both += found && there ? 1 : 0;
        either += found || there ? 1 : 0;
      }
    }
    return (double) both / either;
  }

  private static boolean inDisc(int x, int y, int centreX, int centreY, int radius) {
    return Math.hypot(x - centreX, y - centreY) < radius;
  }

  /** Smaller and larger than what it is reduced to, upright and lying. */
  @ParameterizedTest
  @CsvSource({"90,61", "301,420", "640,480"})
  void aDiscOnPlainGroundIsTheSubject(int width, int height) {
    int radius = Math.min(width, height) / 4;
    BiPredicate<Integer, Integer> disc =
        (x, y) -> inDisc(x, y, width * 9 / 20, height * 11 / 20, radius);
    RasterImage photo = picture(width, height, (x, y) -> disc.test(x, y) ? 0xc23b2e : STONE);
    Mask subject = Region.of("subject", "subject").in(photo);
    assertEquals(width, subject.width());
    assertTrue(overlap(subject, disc) > 0.85, "found " + overlap(subject, disc));
    Mask background = Region.of("x", "subject").inverted("background").in(photo);
    assertTrue(overlap(background, disc.negate()) > 0.95);
    for (int i = 0; i < width; i++) {
      assertEquals(1, subject.at(i, height / 2) + background.at(i, height / 2), 1e-6);
    }
    assertEquals(0, subject.at(0, 0), "the rest is closed to the bit");
    assertEquals(1, subject.at(width * 9 / 20, height * 11 / 20));
  }

  @Test
  void aBlueBandAtTheTopIsTheSky() {
    BiPredicate<Integer, Integer> sky = (x, y) -> y < 110 + 30 * Math.sin(x / 50.0);
    // a lake of the same blue does not hang together with it
    RasterImage photo =
        picture(400, 300, (x, y) -> sky.test(x, y) || inDisc(x, y, 200, 250, 30) ? SKY : GRASS);
    double found = overlap(Region.of("sky", "sky").in(photo), sky);
    assertTrue(found > 0.95, "found " + found);
  }

  @Test
  void aGreySkyIsOneToo() {
    BiPredicate<Integer, Integer> sky = (x, y) -> y < 90 && !(x > 150 && x < 200 && y > 20);
    RasterImage photo = picture(400, 300, (x, y) -> sky.test(x, y) ? 0xd8d8dc : 0x4a4238);
    double found = overlap(Region.of("sky", "sky").in(photo), sky);
    assertTrue(found > 0.93, "found " + found);
  }

  @Test
  void redIsToldFromOtherColours() {
    RasterImage photo =
        picture(
            300,
            200,
            (x, y) ->
                inDisc(x, y, 80, 80, 40)
                    ? 0xd01818
                    : inDisc(x, y, 220, 80, 40) ? 0x1840d0 : x < 150 ? GRASS : STONE);
    Mask red = Region.of("red", "hue 29 17 0.12").in(photo);
    Mask blue = Region.of("blue", "hue 252 34 0.06").in(photo);
    assertTrue(overlap(red, (x, y) -> inDisc(x, y, 80, 80, 40)) > 0.9);
    assertTrue(overlap(blue, (x, y) -> inDisc(x, y, 220, 80, 40)) > 0.9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"subject", "sky", "hue 29 17 0.12"})
  void whatIsNotThereIsSaid(String definition) {
    RasterImage plain = picture(200, 150, (x, y) -> GRASS);
    PlaceNotFoundException e =
        assertThrows(
            PlaceNotFoundException.class, () -> Region.of("my place", definition).in(plain));
    assertTrue(e.getMessage().contains("\"my place\""), e.getMessage());
    assertTrue(e.getMessage().contains("--mask"), e.getMessage());
  }

  @Test
  void aHalfIsExactButForItsFeather() {
    RasterImage photo = picture(500, 40, (x, y) -> STONE);
    Mask left = Region.of("left half", "box 0 0 0.5 1").in(photo);
    for (int x = 0; x < 500; x++) {
      float found = left.at(x, 20);
      assertEquals(x < 240 ? 1 : x < 260 ? 0.5 : 0, found, x < 240 || x >= 260 ? 1e-9 : 0.5);
      assertTrue(x == 0 || found <= left.at(x - 1, 20), "it only fades");
      assertEquals(found, left.at(x, 0), "a side on the photo's border does not fade");
    }
  }

  @Test
  void cornersCentreAndBorder() {
    RasterImage photo = picture(100, 60, (x, y) -> STONE);
    Mask corners = Region.of("corners", "corners").in(photo);
    Mask centre = Region.of("centre", "centre").in(photo);
    Mask border = Region.of("border", "border").in(photo);
    assertEquals(1, corners.at(1, 58));
    assertEquals(0, corners.at(50, 30));
    assertEquals(0, corners.at(50, 10));
    assertEquals(1, centre.at(50, 30));
    assertEquals(0, centre.at(99, 0));
    assertEquals(1, border.at(50, 1));
    assertEquals(0, border.at(50, 30));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,1", "1,300"})
  void smallestPicturesAreServedOrRefused(int width, int height) {
    RasterImage photo = picture(width, height, (x, y) -> STONE);
    assertEquals(width, Region.of("left half", "box 0 0 0.5 1").in(photo).width());
    for (String definition : new String[] {"subject", "hue 29 17 0.12"}) {
      assertThrows(PlaceNotFoundException.class, () -> Region.of("it", definition).in(photo));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "box 1 2", "moon", "hue", "sky 1"})
  void otherDefinitionsAreRefused(String definition) {
    assertThrows(IllegalArgumentException.class, () -> Region.of("it", definition));
  }
}
