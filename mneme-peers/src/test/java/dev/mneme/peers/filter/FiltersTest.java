package dev.mneme.peers.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.Measures;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.Resize;
import dev.mneme.peers.Cards;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiltersTest {
  @ParameterizedTest
  @CsvSource({"1,1", "7,3", "32,17"})
  void picturesComeBackFromOpenCv(int width, int height) {
    Picture card = Cards.card(width, height);
    try (PointerScope scope = Mats.scope()) {
      assertArrayEquals(card.rgb(), Mats.picture(Mats.rgb(card)).rgb());
      assertArrayEquals(
          Mats.channel(card, 1), Mats.floats(Mats.plane(Mats.channel(card, 1), width, height)));
    }
  }

  /** A mirrored border and no noise: the blur can be taken back. */
  @Test
  void wienerInvertsABlurOfAMirroredPicture() {
    Picture card = Cards.card(23, 18);
    Picture blurred = mirroredBlur(card, 1);
    Picture sharp = new WienerFilter(1, 1e-9).apply(blurred);
    assertTrue(Measures.psnr(blurred, card) < 25, "it was blurred");
    assertTrue(Measures.psnr(sharp, card) > 45, "PSNR " + Measures.psnr(sharp, card));
  }

  private static Picture mirroredBlur(Picture in, double sigma) {
    int radius = (int) Math.ceil(3 * sigma);
    float[] out = new float[in.rgb().length];
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < in.height(); y++) {
        for (int x = 0; x < in.width(); x++) {
          double sum = 0;
          double weights = 0;
          for (int v = -radius; v <= radius; v++) {
            for (int u = -radius; u <= radius; u++) {
              double weight = Math.exp(-(u * u + v * v) / (2 * sigma * sigma));
              weights += weight;
              sum += weight * in.at(c, mirror(x + u, in.width()), mirror(y + v, in.height()));
            }
          }
          out[(c * in.height() + y) * in.width() + x] = (float) (sum / weights);
        }
      }
    }
    return new Picture(in.width(), in.height(), out);
  }

  private static int mirror(int i, int n) {
    int at = Math.floorMod(i, 2 * n);
    return at < n ? at : 2 * n - 1 - at;
  }

  @ParameterizedTest
  @CsvSource({"2,2", "10,2", "16,24"})
  void theSmallPictureIsFoundAgain(int width, int height) {
    Picture small = Cards.card(width / 2, height / 2);
    Picture large = Resize.to(small, width, height, Resize.Kernel.BILINEAR);
    assertArrayEquals(small.rgb(), Enlargement.small(large).rgb(), 1e-5f);
  }

  @Test
  void anOddPictureWasNotEnlargedToTwiceItsSize() {
    Enlargement bicubic = new Enlargement(Enlargement.Kernel.BICUBIC);
    assertThrows(IllegalArgumentException.class, () -> bicubic.apply(Cards.card(5, 4)));
  }

  /** Every pixel by the definition, on windows that lie wholly inside. */
  @Test
  void theGuidedFilterIsALinearFunctionOfItsGuideInEveryWindow() {
    int width = 13;
    int height = 11;
    Picture card = Cards.card(width, height);
    float[] guide = Mats.channel(card, 0);
    float[] in = Mats.channel(card, 2);
    double epsilon = 0.01;
    float[] out = new GuidedFilter(1, epsilon).apply(guide, in, width, height);
    for (int y = 2; y < height - 2; y++) {
      for (int x = 2; x < width - 2; x++) {
        double slopes = 0;
        double offsets = 0;
        for (int k = 0; k < 9; k++) {
          double[] line = line(guide, in, width, x + k % 3 - 1, y + k / 3 - 1, epsilon);
          slopes += line[0] / 9;
          offsets += line[1] / 9;
        }
        assertEquals(slopes * guide[y * width + x] + offsets, out[y * width + x], 1e-4);
      }
    }
  }

  private static double[] line(float[] guide, float[] in, int width, int x, int y, double epsilon) {
    double mean = 0;
    double meanIn = 0;
    double square = 0;
    double both = 0;
    for (int k = 0; k < 9; k++) {
      int i = (y + k / 3 - 1) * width + x + k % 3 - 1;
      mean += guide[i] / 9.0;
      meanIn += in[i] / 9.0;
      square += (double) guide[i] * guide[i] / 9;
      both += (double) guide[i] * in[i] / 9;
    }
    double slope = (both - mean * meanIn) / (square - mean * mean + epsilon);
    return new double[] {slope, meanIn - slope * mean};
  }

  /** Where every patch has something black and something is only air, the prior holds exactly. */
  @Test
  void theDarkChannelFindsHazeWhereThePriorHolds() {
    int side = 40;
    float[] clear = new float[3 * side * side];
    float[] hazy = new float[clear.length];
    double[] air = {0.8, 0.85, 0.9};
    for (int i = 0; i < clear.length; i++) {
      int c = i / (side * side);
      int x = i % side;
      int y = i / side % side;
      clear[i] = (x + y) % 2 == 0 ? 0 : 0.2f + 0.2f * c;
      boolean sky = y < 12;
      hazy[i] = (float) (sky ? air[c] : 0.5 * clear[i] + 0.5 * air[c]);
    }
    Picture out = new DarkChannelPrior(3, 1).apply(new Picture(side, side, hazy));
    for (int y = 36; y < side; y++) { // beyond the guided filter's reach of the sky
      for (int c = 0; c < 3; c++) {
        assertEquals(clear[(c * side + y) * side + 20], out.at(c, 20, y), 0.02);
      }
    }
  }

  @Test
  void levelsReachBlackAndWhite() {
    float[] rgb = new float[12];
    for (int i = 0; i < 12; i++) {
      rgb[i] = 0.2f + 0.1f * (i % 4) + 0.1f * (i / 4);
    }
    Picture in = new Picture(2, 2, rgb);
    Picture each = new Levels(0, false, 1).apply(in);
    for (int c = 0; c < 3; c++) {
      assertEquals(0, each.at(c, 0, 0), 1e-6);
      assertEquals(1, each.at(c, 1, 1), 1e-6);
    }
    Picture together = new Levels(0, true, 1).apply(in);
    assertEquals(0.2, together.at(0, 1, 0), 1e-5);
    assertEquals(1, together.at(2, 1, 1), 1e-6);
    assertEquals(Math.sqrt(0.2), new Levels(0, true, 2).apply(in).at(0, 1, 0), 1e-5);
    Picture clipped = new Levels(0.25, false, 1).apply(in);
    assertEquals(0, clipped.at(0, 1, 0), 1e-5);

    float[] flat = new float[12];
    Arrays.fill(flat, 0.4f);
    assertArrayEquals(flat, new Levels(0, true, 2).apply(new Picture(2, 2, flat)).rgb());
  }

  @Test
  void claheSpreadsLightness() {
    Picture card = Cards.card(48, 40);
    float[] dull = new float[card.rgb().length];
    for (int i = 0; i < dull.length; i++) {
      dull[i] = 0.3f + 0.2f * card.rgb()[i];
    }
    Picture in = new Picture(48, 40, dull);
    Picture out = new Clahe(8, 1).apply(in);
    assertTrue(range(out) > 2 * range(in), range(in) + " became " + range(out));
  }

  private static double range(Picture picture) {
    float[] green = Mats.channel(picture, 1);
    Arrays.sort(green);
    return green[green.length * 9 / 10] - green[green.length / 10];
  }

  @Test
  void noSharpeningChangesNothingAndFlatGroundStaysFlat() {
    Picture card = Cards.card(20, 16);
    assertArrayEquals(card.rgb(), new UnsharpMask(2, 0).apply(card).rgb(), 1e-6f);
    float[] flat = new float[3 * 16 * 16];
    Arrays.fill(flat, 102 / 255f);
    Picture grey = new Picture(16, 16, flat);
    assertArrayEquals(flat, new UnsharpMask(1, 3).apply(grey).rgb(), 1e-5f);
    assertArrayEquals(flat, new WienerFilter(1.5, 1e-4).apply(grey).rgb(), 1e-3f);
    assertArrayEquals(flat, new NonLocalMeans(10, 10).apply(grey).rgb(), 1.5f / 255);
  }

  @Test
  void whatCannotBeMeantIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new NonLocalMeans(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new UnsharpMask(1, -1));
    assertThrows(IllegalArgumentException.class, () -> new WienerFilter(1, 0));
    assertThrows(IllegalArgumentException.class, () -> new DarkChannelPrior(4, 0.5));
    assertThrows(IllegalArgumentException.class, () -> new DarkChannelPrior(3, 1.1));
    assertThrows(IllegalArgumentException.class, () -> new Clahe(1, 0));
    assertThrows(IllegalArgumentException.class, () -> new Levels(0.5, true, 1));
  }
}
