package dev.mneme.edit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.Pictures;
import dev.mneme.edit.picture.RasterImage;
import org.junit.jupiter.api.Test;

class ReferenceLookTest {
  private static final RasterImage PHOTO = RasterImage.of(muted(Pictures.noise(96, 64, 1)));

  /** Away from black and white, so that nothing is clamped. */
  private static Picture muted(Picture picture) {
    float[] out = picture.rgb().clone();
    for (int i = 0; i < out.length; i++) {
      out[i] = 0.3f + 0.3f * out[i];
    }
    return new Picture(picture.width(), picture.height(), out);
  }

  /** Red brighter and livelier, green as it was, blue darker, and blue goes with red. */
  private static RasterImage reference() {
    Picture noise = Pictures.noise(80, 70, 2);
    float[] out = noise.rgb().clone();
    int plane = noise.plane();
    for (int i = 0; i < plane; i++) {
      float red = out[i];
      out[i] = 0.4f + 0.5f * red;
      out[plane + i] = 0.3f + 0.3f * out[plane + i];
      out[2 * plane + i] = 0.1f + 0.2f * out[2 * plane + i] + 0.1f * red;
    }
    return RasterImage.of(new Picture(80, 70, out));
  }

  private static double mean(Picture picture, int channel) {
    double sum = 0;
    for (int i = 0; i < picture.plane(); i++) {
      sum += picture.rgb()[channel * picture.plane() + i];
    }
    return sum / picture.plane();
  }

  private static double covariance(Picture picture, int a, int b) {
    double sum = 0;
    for (int i = 0; i < picture.plane(); i++) {
      sum +=
          (picture.rgb()[a * picture.plane() + i] - mean(picture, a))
              * (picture.rgb()[b * picture.plane() + i] - mean(picture, b));
      if (i > 2_000) {
        return sum / i;
      }
    }
    return sum / picture.plane();
  }

  @Test
  void coloursGetTheOthersMeanAndCovariance() {
    Picture wanted = reference().toPicture();
    Picture found = ReferenceLook.pair(PHOTO, reference()).after().toPicture();
    for (int a = 0; a < 3; a++) {
      assertEquals(mean(wanted, a), mean(found, a), 0.004);
      for (int b = 0; b < 3; b++) {
        assertEquals(covariance(wanted, a, b), covariance(found, a, b), 0.0015, a + " with " + b);
      }
    }
  }

  @Test
  void aPictureLikeItselfStaysAsItIs() {
    ExamplePair pair = ReferenceLook.pair(PHOTO, PHOTO);
    assertEquals(
        0, Pictures.largestDifference(pair.before().toPicture(), pair.after().toPicture()), 0.005);
  }

  @Test
  void ofOneColourAloneNothingIsLostForGood() {
    float[] grey = new float[3 * 40 * 40];
    java.util.Arrays.fill(grey, 0.5f);
    RasterImage flat = RasterImage.of(new Picture(40, 40, grey));
    Picture squeezed = ReferenceLook.pair(PHOTO, flat).after().toPicture();
    double kept = Math.sqrt(covariance(squeezed, 0, 0) / covariance(PHOTO.toPicture(), 0, 0));
    assertEquals(1.0 / 3, kept, 0.03, "squeezed by three, not to nothing");
    Picture stretched = ReferenceLook.pair(flat, PHOTO).after().toPicture();
    assertTrue(Float.isFinite(stretched.rgb()[0]));
  }

  @Test
  void largePicturesAreReduced() {
    ExamplePair pair = ReferenceLook.pair(new RasterImage(2000, 700), PHOTO);
    assertEquals(512, pair.before().width());
    assertEquals(179, pair.before().height());
  }
}
