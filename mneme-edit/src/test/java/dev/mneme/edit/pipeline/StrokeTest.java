package dev.mneme.edit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.TinyEditor;
import dev.mneme.edit.WordEncoder;
import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.base.EditorConfig;
import dev.mneme.edit.base.TextBatch;
import dev.mneme.edit.picture.Mask;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.Pictures;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tiles against pictures whose edit is known pixel by pixel. */
class StrokeTest {
  /** Four tokens a side of 32 pixels: little work for its size. */
  static final EditorConfig WIDE = new EditorConfig(8, 1, 4, 32, 128, 4, 8, 39, 1);

  /** The base that multiplies every pixel by {@code factor} and adds {@code offset}. */
  static EditorBase pointwise(EditorConfig c, double factor, double offset) {
    float[] paint = new float[c.paintWidth()];
    for (int cell = 0; cell < c.cells() * c.cells(); cell++) {
      for (int channel = 0; channel < 3; channel++) {
        int at = (cell * 3 + channel) * c.lens();
        paint[at] = (float) (32 * offset); // on the feature that is one
        paint[at + 1 + channel] = (float) (32 * (factor - 1)); // on the source's own channel
      }
    }
    return TinyEditor.constant(c, paint);
  }

  static RasterImage stroke(
      EditorBase base, RasterImage photo, double strength, TileProgress told) {
    return stroke(base, photo, Amount.of(strength), told);
  }

  static RasterImage stroke(EditorBase base, RasterImage photo, Amount amount, TileProgress told) {
    return stroke(base, photo, amount, told, 1);
  }

  static RasterImage stroke(
      EditorBase base, RasterImage photo, Amount amount, TileProgress told, double ceiling) {
    Engine.start();
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      TextBatch text = TextBatch.of(List.of(new WordEncoder().encode("darken the picture")));
      return new Stroke(
              base,
              text,
              TinyEditor.random(1, 1, 16, base.config().width()),
              ceiling,
              Precision.FP32)
          .over(photo, amount, told);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1,1", "7,300", "128,128", "129,127", "500,40", "32,32", "33,31", "48,48", "49,64", "64,257"
  })
  void aPointwiseEditIsTheSameInTilesAsOnTheWhole(int width, int height) {
    RasterImage photo = RasterImage.of(Pictures.noise(width, height, 1));
    List<String> told = new ArrayList<>();
    RasterImage edited =
        stroke(
            pointwise(TinyEditor.CONFIG, 0.6, 0.1),
            photo,
            1,
            (done, total) -> told.add(done + "/" + total));
    assertEquals(width, edited.width());
    assertEquals(height, edited.height());
    Picture source = photo.toPicture();
    Picture found = edited.toPicture();
    for (int i = 0; i < source.rgb().length; i++) {
      assertEquals(0.6 * source.rgb()[i] + 0.1, found.rgb()[i], 1.0 / 255, "at " + i);
    }
    String[] last = told.get(told.size() - 1).split("/");
    assertEquals(last[1], last[0], "all tiles are done at the end");
  }

  @Test
  void whatIsAboveTheCeilingIsEditedAsIfItLayThere() {
    RasterImage photo = RasterImage.of(Pictures.noise(49, 64, 1));
    EditorBase base = pointwise(TinyEditor.CONFIG, 0.6, 0.1);
    Picture source = photo.toPicture();
    Picture found = stroke(base, photo, Amount.of(1), TileProgress.NONE, 0.4).toPicture();
    Picture half = stroke(base, photo, Amount.of(0.5), TileProgress.NONE, 0.4).toPicture();
    for (int i = 0; i < source.rgb().length; i++) {
      double whole = 0.6 * Math.min(0.4, source.rgb()[i]) + 0.1;
      assertEquals(whole, found.rgb()[i], 1.0 / 255, "at " + i);
      assertEquals((whole + source.rgb()[i]) / 2, half.rgb()[i], 1.0 / 255, "by half at " + i);
    }
  }

  @Test
  void aConstantResidualLeavesNoSeams() {
    for (EditorConfig config : List.of(TinyEditor.CONFIG, WIDE)) {
      EditorBase base = pointwise(config, 1, 0.2);
      RasterImage grey = RasterImage.of(Pictures.noise(1, 1, 3));
      RasterImage flat = new RasterImage(301, 267);
      Picture tone = grey.toPicture();
      float[] rgb = new float[3 * 301 * 267];
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = 0.5f * tone.rgb()[i / (301 * 267)];
      }
      flat.put(new Picture(301, 267, rgb), 0, 0);
      RasterImage edited = stroke(base, flat, 1, TileProgress.NONE);
      int expected = edited.rgbAt(0, 0);
      assertFalse(expected == flat.rgbAt(0, 0), "something was painted");
      for (int y = 0; y < 267; y++) {
        for (int x = 0; x < 301; x++) {
          for (int shift = 0; shift < 24; shift += 8) {
            int apart = (edited.rgbAt(x, y) >> shift & 255) - (expected >> shift & 255);
            assertTrue(Math.abs(apart) <= 1, "seam at " + x + ", " + y);
          }
        }
      }
    }
  }

  @Test
  void strengthMultipliesTheEdit() {
    RasterImage photo = RasterImage.of(Pictures.scene(70, 45));
    EditorBase base = pointwise(TinyEditor.CONFIG, 0.8, 0);
    for (double strength : new double[] {0, 0.5, 2}) {
      Picture found = stroke(base, photo, strength, TileProgress.NONE).toPicture();
      Picture source = photo.toPicture();
      for (int i = 0; i < source.rgb().length; i++) {
        assertEquals((1 - 0.2 * strength) * source.rgb()[i], found.rgb()[i], 1.0 / 255);
      }
    }
  }

  @Test
  void whatLeavesTheRangeIsClamped() {
    RasterImage photo = RasterImage.of(Pictures.scene(40, 40));
    Picture found =
        stroke(pointwise(TinyEditor.CONFIG, 3, -0.5), photo, 1, TileProgress.NONE).toPicture();
    Picture source = photo.toPicture();
    for (int i = 0; i < source.rgb().length; i++) {
      assertEquals(Math.min(1, Math.max(0, 3 * source.rgb()[i] - 0.5)), found.rgb()[i], 1.0 / 255);
    }
  }

  /**
   * Tiles that have no say in what may change are left out; all others are as if they were there.
   */
  @Test
  void aMaskedCornerIsEditedAsInTheWhole() {
    int width = 1200;
    int height = 500;
    int left = 1075;
    int top = 420;
    RasterImage photo = RasterImage.of(Pictures.noise(width, height, 4));
    RasterImage white = new RasterImage(width, height);
    float[] ones = new float[3 * (width - left) * (height - top)];
    Arrays.fill(ones, 1);
    white.put(new Picture(width - left, height - top, ones), left, top);
    EditorBase base = new EditorBase(WIDE, 4, TinyEditor.weights(WIDE, 6), false);
    RasterImage whole = stroke(base, photo, Amount.of(1), TileProgress.NONE);
    List<Integer> told = new ArrayList<>();
    RasterImage masked =
        stroke(
            base,
            photo,
            Amount.of(1).within(Mask.of(white)),
            (done, total) -> told.add(total - done));
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean free = x >= left && y >= top;
        assertEquals((free ? whole : photo).rgbAt(x, y), masked.rgbAt(x, y), x + ", " + y);
      }
    }
    assertEquals(0, told.get(told.size() - 1), "tiles left out count as done");
  }

  @Test
  void tilesCoverEveryLengthWithRoomToFade() {
    for (EditorConfig config : List.of(TinyEditor.CONFIG, WIDE)) {
      int tile = config.tile();
      Stroke stroke = new Stroke(pointwise(config, 1, 0), null, null, 1, Precision.FP32);
      for (int length = 1; length < 5 * tile; length++) {
        int[] starts = stroke.starts(length);
        assertEquals(0, starts[0]);
        for (int i = 1; i < starts.length; i++) {
          int step = starts[i] - starts[i - 1];
          assertTrue(step > 0 && step <= tile - 16 && step % 16 == 0, "step " + step);
        }
        int last = starts[starts.length - 1];
        assertTrue(last + tile >= length, "length " + length);
        assertTrue(last == 0 || last + tile < length + 16, "no more is repeated than need be");
        int fewest = (last + tile - 17) / (tile - 16);
        assertEquals(fewest, starts.length - 1, "no more tiles than need be");
      }
    }
  }
}
