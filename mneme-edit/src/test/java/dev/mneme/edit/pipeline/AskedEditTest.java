package dev.mneme.edit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.Pictures;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.edit.region.PlaceNotFoundException;
import dev.mneme.tensor.Precision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A sentence says how strongly and where, and the edit obeys. */
class AskedEditTest {
  private final Editor editor = EditorTest.editor(Precision.FP32);
  private final RasterImage photo = RasterImage.of(Pictures.scene(75, 50));

  @AfterEach
  void close() {
    editor.close();
  }

  private RasterImage edit(String sentence, double strength) {
    return editor.edit(photo, sentence, strength, TileProgress.NONE);
  }

  @Test
  void anIntensityIsAStrength() {
    assertTrue(edit("slightly darken it", 1).sameAs(edit("darken it", 0.5)));
    assertTrue(edit("darken it a lot", 0.5).sameAs(edit("darken it", 0.8)));
    assertTrue(edit("darken it a lot", 2).sameAs(edit("darken it", 2)));
  }

  @Test
  void aPlaceIsAMask() {
    RasterImage whole = edit("darken it", 1);
    RasterImage left = edit("darken the left half", 1);
    for (int y = 0; y < photo.height(); y++) {
      assertEquals(whole.rgbAt(10, y), left.rgbAt(10, y));
      assertEquals(photo.rgbAt(60, y), left.rgbAt(60, y));
    }
  }

  @Test
  void aPlaceThatIsNotThereIsAnError() {
    RasterImage grey = new RasterImage(40, 30);
    assertThrows(
        PlaceNotFoundException.class,
        () -> editor.edit(grey, "darken the red things", 1, TileProgress.NONE));
  }
}
