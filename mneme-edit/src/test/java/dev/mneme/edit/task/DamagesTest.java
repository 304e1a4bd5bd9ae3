package dev.mneme.edit.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.Filters;
import dev.mneme.edit.picture.Picture;
import java.util.DoubleSummaryStatistics;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What the damage is at strength 1: its formula, or the range of its random part over many seeds.
 */
class DamagesTest {
  private static Picture source(String task, Picture clean, long seed) {
    return EditTasks.named(task).apply(clean, 1, new SplittableRandom(seed)).source();
  }

  private static DoubleSummaryStatistics over(
      String task, Picture clean, int seeds, ToDoubleFunction<Picture> measure) {
    return IntStream.range(0, seeds)
        .mapToDouble(seed -> measure.applyAsDouble(source(task, clean, seed)))
        .summaryStatistics();
  }

  /** The measure stays between two bounds and, over the seeds, comes near both. */
  private static void assertSpans(
      double low, double high, double slack, DoubleSummaryStatistics s) {
    assertEquals(low, s.getMin(), slack);
    assertEquals(high, s.getMax(), slack);
  }

  private static double deviation(Picture noisy, Picture clean) {
    return 255 * Math.sqrt(Synthetic.meanSquare(noisy, clean));
  }

  @Test
  void noiseHasItsSigma() {
    Picture grey = Synthetic.flat(130, 67, 0.5, 0.5, 0.5);
    assertEquals(25, deviation(source("denoise", grey, 1), grey), 0.5);
    assertSpans(8, 50, 2, over("denoise_unknown", grey, 60, p -> deviation(p, grey)));
    assertSpans(12, 30, 2, over("remove_grain", grey, 60, p -> deviation(p, grey)));
  }

  @Test
  void colourNoiseDiffersBetweenChannelsAndGrainDoesNot() {
    Picture grey = Synthetic.flat(40, 40, 0.5, 0.5, 0.5);
    Picture noisy = source("denoise", grey, 1);
    Picture grainy = source("remove_grain", grey, 1);
    double noiseProduct = 0;
    double neighbours = 0;
    for (int i = 0; i < 1600; i++) {
      noiseProduct += (noisy.rgb()[i] - 0.5) * (noisy.rgb()[1600 + i] - 0.5);
      assertEquals(grainy.rgb()[i], grainy.rgb()[1600 + i]);
      neighbours += (grainy.rgb()[i] - 0.5) * (grainy.rgb()[(i + 1) % 1600] - 0.5);
    }
    double variance = 1600 * Synthetic.meanSquare(noisy, grey);
    assertTrue(Math.abs(noiseProduct) < 0.15 * variance, "channels correlate");
    double grainVariance = 1600 * Synthetic.meanSquare(grainy, grey);
    assertTrue(neighbours > 0.3 * grainVariance, "grain is not coarser than a pixel");
  }

  @Test
  void lowLightIsDarkAndNoisy() {
    Picture grey = Synthetic.flat(130, 67, 0.6, 0.8, 1);
    Picture dark = source("low_light", grey, 1);
    Picture expected = Synthetic.flat(130, 67, 0.45 * 0.36, 0.45 * 0.64, 0.45);
    assertEquals(0.45 * 0.64, Synthetic.mean(dark, 1), 1e-3);
    assertEquals(4, deviation(dark, expected), 0.1);
    double ceiling = EditTasks.named("low_light").ceiling();
    assertTrue(ceiling < 1 && ceiling > Synthetic.mean(dark, 2) + 4 / 255.0, "white is below it");
  }

  @Test
  void deblurStartsFromABlur() {
    Picture scene = Synthetic.scene(40, 30);
    assertArrayEquals(
        Filters.gaussianBlur(scene, 1.5).clamped().rgb(), source("deblur", scene, 1).rgb());
  }

  @Test
  void jpegBlocksStartAtTheUpperLeftCorner() {
    float[] blocks = new float[43 * 29];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = new Random(i % 43 / 8 + 31L * (i / 43 / 8)).nextInt(1, 9) / 10f;
    }
    Picture clean = Pixels.grey(43, 29, blocks);
    Picture decoded = source("remove_jpeg", clean, 1);
    for (int i = 0; i < blocks.length; i++) {
      int x = i % 43;
      int y = i / 43;
      assertEquals(clean.at(0, x, y), decoded.at(0, x, y), 0.06);
      assertEquals(decoded.at(0, x / 8 * 8, y / 8 * 8), decoded.at(0, x, y), 1.5 / 255);
    }
  }

  @Test
  void poorerJpegsAreWorse() {
    Picture scene = Synthetic.scene(64, 48);
    double good = Synthetic.meanSquare(scene, JpegRoundTrip.of(scene, 0.9f));
    double poor = Synthetic.meanSquare(scene, JpegRoundTrip.of(scene, 0.25f));
    double poorest = Synthetic.meanSquare(scene, JpegRoundTrip.of(scene, 0.08f));
    assertTrue(good < poor && poor < poorest, good + ", " + poor + ", " + poorest);
  }

  @Test
  void exposureIsWrongByHalfAStopToOneAndAHalfInLinearLight() {
    Picture grey = Synthetic.flat(1, 1, 0.3, 0.3, 0.3);
    double light = Math.pow((0.3 + 0.055) / 1.055, 2.4);
    DoubleSummaryStatistics stops =
        over(
            "fix_exposure",
            grey,
            400,
            p -> Math.log(Math.pow((p.rgb()[0] + 0.055) / 1.055, 2.4) / light) / Math.log(2));
    assertSpans(-1.6, 1.6, 0.05, stops);
    double least =
        over(
                "fix_exposure",
                grey,
                400,
                p ->
                    Math.abs(
                        Math.log(Math.pow((p.rgb()[0] + 0.055) / 1.055, 2.4) / light)
                            / Math.log(2)))
            .getMin();
    assertEquals(0.5, least, 0.02);
  }

  @Test
  void castsHaveAnyHueAndLimitedDepth() {
    Picture grey = Synthetic.flat(1, 1, 0.5, 0.5, 0.5);
    for (int channel = 0; channel < 3; channel++) {
      int c = channel;
      assertSpans(0.55, 1.45, 0.02, over("remove_cast", grey, 2000, p -> p.rgb()[c] / 0.5));
    }
    // For gains 1 + k cos(angle), 120 degrees apart, the squares of gain - 1 sum to 1.5 k^2.
    assertSpans(
        0.15,
        0.45,
        0.01,
        over("remove_cast", grey, 400, p -> Math.sqrt(2 * Synthetic.meanSquare(p, grey)) / 0.5));
  }

  @Test
  void hazeTransmitsAThirdToThreeQuarters() {
    Picture halves = Pixels.grey(2, 1, new float[] {0.2f, 0.6f});
    assertSpans(
        0.35,
        0.75,
        0.01,
        over("clear_haze", halves, 400, p -> (p.at(1, 1, 0) - p.at(1, 0, 0)) / 0.4));
    DoubleSummaryStatistics air =
        over(
            "clear_haze",
            halves,
            400,
            p -> {
              double t = (p.at(1, 1, 0) - p.at(1, 0, 0)) / 0.4;
              return (p.at(1, 0, 0) - 0.2 * t) / (1 - t);
            });
    assertSpans(0.74, 0.98, 0.03, air);
  }

  @Test
  void contrastIsLostOrOverdone() {
    Picture middle = Pixels.grey(2, 1, new float[] {0.499f, 0.501f});
    DoubleSummaryStatistics slope =
        over("even_contrast", middle, 400, p -> (p.at(0, 1, 0) - p.at(0, 0, 0)) / 0.002);
    assertSpans(0.35, 1 / 0.35, 0.15, slope);
    long between =
        IntStream.range(0, 400)
            .mapToObj(seed -> source("even_contrast", middle, seed))
            .mapToDouble(p -> (p.at(0, 1, 0) - p.at(0, 0, 0)) / 0.002)
            .filter(value -> value > 0.71 && value < 1.2)
            .count();
    assertEquals(0, between);
  }

  @Test
  void gammaIsLogUniform() {
    Picture grey = Synthetic.flat(1, 1, 0.5, 0.5, 0.5);
    DoubleSummaryStatistics logarithm =
        over("undo_gamma", grey, 1000, p -> Math.log(Math.log(p.rgb()[0]) / Math.log(0.5)));
    assertSpans(Math.log(0.45), Math.log(2.2), 0.02, logarithm);
    assertEquals((Math.log(0.45) + Math.log(2.2)) / 2, logarithm.getAverage(), 0.05);
  }

  @Test
  void colourNoiseLeavesLuminanceAlone() {
    Picture grey = Synthetic.flat(130, 67, 0.5, 0.5, 0.5);
    assertSpans(20, 50, 2.5, over("remove_colour_noise", grey, 60, p -> deviation(p, grey)));
    Picture noisy = Wear.colourNoise(grey, 1, new SplittableRandom(1));
    for (float value : Filters.luminance(noisy)) {
      assertEquals(0.5, value, 1e-5);
    }
  }

  @Test
  void motionIsTheMeanAlongALine() {
    Picture scene = Synthetic.scene(30, 20);
    Picture moved = Wear.alongLine(scene, 4, 0);
    for (int x = 3; x < 27; x++) {
      double sum = 0; // nine samples half a pixel apart, each the mean of its neighbours
      for (int k = 0; k < 9; k++) {
        double at = x - 2 + k / 2.0;
        sum += (scene.at(1, (int) Math.floor(at), 7) + scene.at(1, (int) Math.ceil(at), 7)) / 18;
      }
      assertEquals(sum, moved.at(1, x, 7), 1e-5);
    }
    float[] point = new float[41 * 41];
    point[20 * 41 + 20] = 1;
    Picture dot = Pixels.grey(41, 41, point);
    for (int seed = 0; seed < 40; seed++) {
      Picture line = source("motion_deblur", dot, seed);
      double sum = 0;
      double across = 0;
      double down = 0;
      double mixed = 0;
      for (int i = 0; i < point.length; i++) {
        double value = line.rgb()[i];
        int dx = i % 41 - 20;
        int dy = i / 41 - 20;
        sum += value;
        across += value * dx * dx;
        down += value * dy * dy;
        mixed += value * dx * dy;
      }
      assertEquals(1, sum, 1e-4);
      double middle = (across + down) / 2;
      double spread = Math.hypot((across - down) / 2, mixed);
      assertTrue(middle - spread < 0.5, "thin: " + (middle - spread));
      double length = Math.sqrt(12 * (middle + spread)); // of a uniform line
      assertTrue(length > 5.5 && length < 14.5, "long: " + length);
    }
  }

  @Test
  void agedPrintsAreFlatPaleAndYellow() {
    Picture halves = Pixels.grey(2, 1, new float[] {0, 1});
    assertSpans(0.12, 0.3, 0.01, over("unfade", halves, 400, p -> p.at(0, 0, 0)));
    assertSpans(0.8, 0.95, 0.01, over("unfade", halves, 400, p -> p.at(0, 1, 0)));
    assertSpans(0.65, 0.9, 0.01, over("unfade", halves, 400, p -> p.at(2, 1, 0) / p.at(0, 1, 0)));
    // Aged white less aged black is contrast; less of it is left between red and green.
    Picture red = Synthetic.flat(1, 1, 0.8, 0.4, 0.4);
    assertSpans(
        0.45,
        0.8,
        0.02,
        IntStream.range(0, 400)
            .mapToDouble(
                seed -> {
                  Picture ends = source("unfade", halves, seed);
                  float[] pale = source("unfade", red, seed).rgb();
                  double green = pale[1] * ends.at(0, 1, 0) / ends.at(1, 1, 0);
                  return (pale[0] - green) / (ends.at(0, 1, 0) - ends.at(0, 0, 0)) / 0.4;
                })
            .summaryStatistics());
  }

  @Test
  void scratchesAndDustCoverLittle() {
    Picture grey = Synthetic.flat(130, 100, 0.5, 0.5, 0.5);
    for (int seed = 0; seed < 30; seed++) {
      float[] worn = source("remove_scratches", grey, seed).rgb();
      int touched = 0;
      for (int i = 0; i < grey.plane(); i++) {
        touched += worn[i] == 0.5f ? 0 : 1;
        assertEquals(worn[i], worn[i + grey.plane()]);
        // Three quarters of the way to 0.95 and to 0.08, again where two lie on each other.
        assertTrue(worn[i] > 0.08 && worn[i] < 0.95, "found " + worn[i]);
      }
      double share = (double) touched / grey.plane();
      assertTrue(share > 0.01 && share < 0.12, "share " + share);
    }
  }

  @Test
  void upscalingStartsFromHalfTheSize() {
    Picture clean = Synthetic.noise(16, 12, 9);
    Picture found = source("upscale", clean, 1);
    double[][] small = new double[6][8];
    for (int i = 0; i < 192; i++) {
      small[i / 16 / 2][i % 16 / 2] += clean.at(0, i % 16, i / 16) / 4;
    }
    // Between the middles of four reduced pixels: 9, 3, 3 and 1 sixteenths.
    double expected = (9 * small[2][3] + 3 * small[2][4] + 3 * small[3][3] + small[3][4]) / 16;
    assertEquals(expected, found.at(0, 7, 5), 1e-5);
  }
}
