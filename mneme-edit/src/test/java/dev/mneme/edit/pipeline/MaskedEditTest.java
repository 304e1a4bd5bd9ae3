package dev.mneme.edit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.Mask;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.Pictures;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.tensor.Precision;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Under a mask an edit changes what it may, and exactly nothing else. */
class MaskedEditTest {
  private final Editor editor = EditorTest.editor(Precision.FP32);

  @AfterEach
  void close() {
    editor.close();
  }

  /** Grey values by pixel: one in three keeps, one in three is free, the rest are partly so. */
  private static RasterImage patches(int width, int height, long seed) {
    Random random = new Random(seed);
    float[] rgb = new float[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      float value =
          switch (random.nextInt(3)) {
            case 0 -> 0;
            case 1 -> 1;
            default -> random.nextFloat();
          };
      rgb[i] = value;
      rgb[i + width * height] = value;
      rgb[i + 2 * width * height] = value;
    }
    return RasterImage.of(new Picture(width, height, rgb));
  }

  /** White from column {@code left} and row {@code top} on. */
  private static Mask corner(int width, int height, int left, int top) {
    RasterImage mask = new RasterImage(width, height);
    float[] white = new float[3 * (width - left) * (height - top)];
    java.util.Arrays.fill(white, 1);
    mask.put(new Picture(width - left, height - top, white), left, top);
    return Mask.of(mask);
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "75,50,2", "33,65,0.3"})
  void everyPixelTakesItsShareOfTheEdit(int width, int height, double strength) {
    RasterImage photo = RasterImage.of(Pictures.noise(width, height, 4));
    Mask mask = Mask.of(patches(width, height, 5));
    try (Operator operator = editor.recall(photo, "darken it")) {
      RasterImage whole = editor.apply(photo, operator, strength, TileProgress.NONE);
      RasterImage masked =
          editor.apply(photo, operator, Amount.of(strength).within(mask), TileProgress.NONE);
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          float share = mask.at(x, y);
          if (share == 0) {
            assertEquals(photo.rgbAt(x, y), masked.rgbAt(x, y), "kept at " + x + ", " + y);
          } else if (share == 1) {
            assertEquals(whole.rgbAt(x, y), masked.rgbAt(x, y), "free at " + x + ", " + y);
          } else {
            for (int shift = 0; shift < 24; shift += 8) {
              int before = photo.rgbAt(x, y) >> shift & 0xff;
              int after = whole.rgbAt(x, y) >> shift & 0xff;
              int found = masked.rgbAt(x, y) >> shift & 0xff;
              assertEquals(before + share * (after - before), found, 1.01);
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void blackKeepsThePhotoAndWhiteIsNoMask(Precision precision) {
    RasterImage photo = RasterImage.of(Pictures.noise(75, 50, 4));
    try (Editor own = EditorTest.editor(precision);
        Operator operator = own.recall(photo, "darken it")) {
      RasterImage whole = own.apply(photo, operator, 1, TileProgress.NONE);
      Amount black = Amount.of(1).within(Mask.of(new RasterImage(75, 50)));
      Amount white = Amount.of(1).within(corner(75, 50, 0, 0));
      assertTrue(own.apply(photo, operator, black, TileProgress.NONE).sameAs(photo));
      assertTrue(own.apply(photo, operator, white, TileProgress.NONE).sameAs(whole));
    }
  }

  @Test
  void anotherSizeIsRefused() {
    RasterImage photo = RasterImage.of(Pictures.noise(20, 10, 4));
    Amount turned = Amount.of(1).within(Mask.of(new RasterImage(10, 20)));
    try (Operator operator = editor.recall(photo, "darken it")) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> editor.apply(photo, operator, turned, TileProgress.NONE));
      assertTrue(e.getMessage().contains("20 x 10, found 10 x 20"), e.getMessage());
    }
  }
}
