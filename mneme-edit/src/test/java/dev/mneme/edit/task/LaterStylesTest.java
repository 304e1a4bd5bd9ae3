package dev.mneme.edit.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.BilateralFilter;
import dev.mneme.edit.picture.Filters;
import dev.mneme.edit.picture.Picture;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the styles that arrive later are at strength 1. */
class LaterStylesTest {
  private static final Picture SCENE = Synthetic.scene(67, 45);

  private static Picture target(String task, Picture clean) {
    return EditTasks.named(task).apply(clean, 1, new SplittableRandom(1)).target();
  }

  private static float[] colour(String task, double red, double green, double blue) {
    return target(task, Synthetic.flat(1, 1, red, green, blue)).rgb();
  }

  @Test
  void shadowsAndHighlightsLeaveTheOtherEndAlone() {
    for (double x : new double[] {0.1, 0.3, 0.5, 0.7, 0.9}) {
      double shadow = Math.pow(2, -1.2 * Math.max(0, 1 - 2 * x));
      double highlight = Math.pow(2, 1.6 * Math.max(0, 2 * x - 1));
      assertEquals(Math.pow(x, shadow), colour("lift_shadows", x, x, x)[0], 1e-5);
      assertEquals(Math.pow(x, highlight), colour("recover_highlights", x, x, x)[0], 1e-5);
      assertEquals(Math.pow(x, Math.pow(2, 2 * x - 1)), colour("local_tone", x, x, x)[0], 1e-5);
    }
  }

  @ParameterizedTest
  @CsvSource({"lift_shadows,4", "recover_highlights,4", "local_tone,12"})
  void thePlaceIsTakenFromTheBlurredLuminance(String task, double sigma) {
    float[] around = Filters.gaussianBlur(Filters.luminance(SCENE), 67, 45, sigma);
    Picture out = target(task, SCENE);
    for (int i = 0; i < 67 * 45; i++) {
      float y = around[i];
      double power =
          switch (task) {
            case "lift_shadows" -> -1.2 * Math.max(0, 1 - 2 * y);
            case "recover_highlights" -> 1.6 * Math.max(0, 2 * y - 1);
            default -> 2 * y - 1;
          };
      for (int c = 0; c < 3; c++) {
        float x = SCENE.rgb()[c * 67 * 45 + i];
        assertEquals(Math.pow(x, Math.pow(2, power)), out.rgb()[c * 67 * 45 + i], 1e-5);
      }
    }
  }

  @Test
  void clarityAddsMidToneDetailToAllChannels() {
    float[] grey = Filters.luminance(SCENE);
    float[] around = Filters.gaussianBlur(grey, 67, 45, 10);
    Picture out = target("clarity", SCENE);
    for (int i = 0; i < grey.length; i++) {
      double added = 1.2 * 4 * grey[i] * (1 - grey[i]) * (grey[i] - around[i]);
      for (int c = 0; c < 3; c++) {
        double expected = SCENE.rgb()[c * grey.length + i] + added;
        assertEquals(Math.max(0, Math.min(1, expected)), out.rgb()[c * grey.length + i], 1e-5);
      }
    }
  }

  @Test
  void tintsMoveApartAlongGreenAndMagenta() {
    float[] magenta = colour("tint_magenta", 0.5, 0.5, 0.5);
    float[] green = colour("tint_green", 0.5, 0.5, 0.5);
    float lifted = (float) Math.pow(0.5, 1 / 1.15);
    assertArrayEquals(new float[] {lifted, 0.44f, lifted}, magenta, 1e-6f);
    assertArrayEquals(new float[] {0.44f, lifted, 0.44f}, green, 1e-6f);
  }

  @Test
  void vibranceFavoursPaleColours() {
    float[] pale = colour("vibrance", 0.55, 0.5, 0.45);
    float[] vivid = colour("vibrance", 0.9, 0.2, 0.1);
    assertEquals(0.1 * (1 + 1.4 * 0.81), pale[0] - pale[2], 1e-5);
    assertEquals(0.8 * (1 + 1.4 * 0.04), vivid[0] - vivid[2], 0.03); // black clips
    assertEquals(
        Filters.luminance(0.55f, 0.5f, 0.45f), Filters.luminance(pale[0], pale[1], pale[2]), 1e-5);
  }

  @Test
  void autumnTurnsGreensToOrangeAndLeavesTheRest() {
    float[] leaf = colour("autumn", 0.25, 0.5, 0.2); // hue 110
    assertEquals(20 + 0.2 * 90, Colours.hue(leaf), 0.1);
    assertEquals(0.5, leaf[0], 1e-6); // value stays
    assertEquals(0.5 * (1 - 0.6 * 1.25), leaf[2], 1e-6);
    for (double[] other :
        new double[][] {
          {0.8, 0.2, 0.1}, {0.2, 0.4, 0.9}, {0.5, 0.5, 0.5}, {0, 0, 0}, {0.9, 0.6, 0.5}
        }) {
      float[] same = {(float) other[0], (float) other[1], (float) other[2]};
      assertArrayEquals(same, colour("autumn", other[0], other[1], other[2]), 0);
    }
    float[] before = {0.3f, 0.4f, 0.1f};
    assertEquals(80, Colours.hue(before), 1e-3);
    assertEquals(240, Colours.hue(new float[] {0, 0, 1}), 1e-3);
    assertEquals(330, Colours.hue(new float[] {1, 0, 0.5f}), 1e-3);
  }

  @Test
  void filtersMakeGreysOfTheirWeights() {
    Map<String, double[]> weights =
        Map.of(
            "bw_red", new double[] {0.90, 0.20, -0.10},
            "bw_yellow", new double[] {0.48, 0.62, -0.10},
            "bw_green", new double[] {-0.10, 1.15, -0.05},
            "bw_blue", new double[] {-0.05, 0.15, 0.90});
    Picture clean = Synthetic.noise(9, 7, 2);
    weights.forEach(
        (task, w) -> {
          assertEquals(1, w[0] + w[1] + w[2], 1e-9);
          Picture out = target(task, clean);
          for (int i = 0; i < 63; i++) {
            float[] in = clean.rgb();
            double grey = w[0] * in[i] + w[1] * in[63 + i] + w[2] * in[126 + i];
            for (int c = 0; c < 3; c++) {
              assertEquals(Math.max(0, Math.min(1, grey)), out.rgb()[63 * c + i], 1e-5, task);
            }
          }
        });
  }

  @Test
  void looksMapBlackAndWhiteToTheirInks() {
    assertArrayEquals(new float[] {0, 0.01f, 0.05f}, colour("slide_film", 0, 0, 0), 1e-6f);
    assertArrayEquals(new float[] {1, 0.99f, 0.93f}, colour("slide_film", 1, 1, 1), 1e-6f);
    assertArrayEquals(new float[] {0.13f, 0.12f, 0.14f}, colour("pastel_film", 0, 0, 0), 1e-6f);
    assertArrayEquals(new float[] {1, 0.96f, 0.91f}, colour("pastel_film", 1, 1, 1), 1e-6f);
    assertArrayEquals(new float[] {0.01f, 0.09f, 0.28f}, colour("cyanotype", 0, 0, 0), 1e-6f);
    assertArrayEquals(new float[] {0.95f, 0.97f, 0.97f}, colour("cyanotype", 1, 1, 1), 1e-6f);
    assertArrayEquals(new float[] {0.16f, 0.09f, 0.38f}, colour("duotone", 0, 0, 0), 1e-6f);
    assertArrayEquals(new float[] {0.58f, 0.445f, 0.465f}, colour("duotone", 0.5, 0.5, 0.5), 1e-6f);
    assertArrayEquals(new float[] {0, 0, 0.22f}, colour("cross_process", 0, 0, 0), 1e-6f);
    assertArrayEquals(new float[] {1, 1, 0.72f}, colour("cross_process", 1, 1, 1), 1e-6f);
    for (double x : new double[] {0.2, 0.5, 0.8}) {
      double slide = 0.5 + 0.5 * Math.tanh(2.5 * (x - 0.5)) / Math.tanh(1.25);
      assertEquals(slide, colour("slide_film", x, x, x)[0], 1e-5);
      assertEquals(0.13 + 0.87 * Math.pow(x, 0.7), colour("pastel_film", x, x, x)[0], 1e-5);
      assertEquals(0.22 + 0.5 * x, colour("cross_process", x, x, x)[2], 1e-6);
      assertEquals(0.01 + 0.94 * Math.pow(x, 1.9), colour("cyanotype", x, x, x)[0], 1e-5);
      double gold = 1 - (1 - x) * (1 - 0.45 * x);
      assertEquals(gold, colour("golden_hour", x, x, x)[0], 1e-5);
      assertEquals(0.8 * (1 - (1 - x) * (1 - 0.06 * x)), colour("golden_hour", x, x, x)[2], 1e-5);
    }
    assertTrue(colour("slide_film", 0.6, 0.4, 0.4)[0] > colour("pastel_film", 0.4, 0.4, 0.4)[0]);
  }

  @Test
  void softenIsHalfBilateralAndHalfBlur() {
    Picture bilateral = new BilateralFilter(2.5, 0.15).apply(SCENE);
    Picture blur = Filters.gaussianBlur(SCENE, 2.5);
    float[] out = target("soften", SCENE).rgb();
    for (int i = 0; i < out.length; i++) {
      assertEquals(0.5 * bilateral.rgb()[i] + 0.5 * blur.rgb()[i], out[i], 1e-5);
    }
  }

  @Test
  void inkIsBlackOnWhite() {
    float[] steps = new float[64 * 16];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = i % 64 < 32 ? 0.2f : 0.8f;
    }
    Picture out = target("ink", Pixels.grey(64, 16, steps));
    assertTrue(out.at(0, 8, 8) < 0.01f, "dark becomes black");
    assertEquals(1, out.at(0, 56, 8), 1e-6, "bright becomes paper");
    // A bright edge beside a brighter field is drawn although both lie above the threshold.
    for (int i = 0; i < steps.length; i++) {
      steps[i] = i % 64 < 32 ? 0.6f : 0.95f;
    }
    Picture edge = target("ink", Pixels.grey(64, 16, steps));
    assertTrue(edge.at(0, 31, 8) < 0.5f, "edge " + edge.at(0, 31, 8));
    assertEquals(1, edge.at(0, 16, 8), 1e-6);
  }

  /** Four squares, each by its own loops. */
  @Test
  void oilTakesTheCalmestOfFourSquares() {
    Picture clean = Synthetic.noise(14, 11, 8);
    float[] grey = Filters.luminance(clean);
    Picture out = target("oil", clean);
    for (int y = 0; y < 11; y++) {
      for (int x = 0; x < 14; x++) {
        double least = Double.MAX_VALUE;
        double[] mean = new double[3];
        for (int left : new int[] {x - 3, x}) {
          for (int top : new int[] {y - 3, y}) {
            double sum = 0;
            double square = 0;
            double[] colour = new double[3];
            int n = 0;
            for (int v = Math.max(0, top); v <= Math.min(10, top + 3); v++) {
              for (int u = Math.max(0, left); u <= Math.min(13, left + 3); u++) {
                n++;
                sum += grey[v * 14 + u];
                square += grey[v * 14 + u] * grey[v * 14 + u];
                for (int c = 0; c < 3; c++) {
                  colour[c] += clean.at(c, u, v);
                }
              }
            }
            double variance = square / n - sum / n * sum / n;
            if (variance < least - 1e-9) {
              least = variance;
              for (int c = 0; c < 3; c++) {
                mean[c] = colour[c] / n;
              }
            }
          }
        }
        double luminance = 0.2126 * mean[0] + 0.7152 * mean[1] + 0.0722 * mean[2];
        for (int c = 0; c < 3; c++) {
          double vivid = luminance + 1.25 * (mean[c] - luminance);
          assertEquals(Math.max(0, Math.min(1, vivid)), out.at(c, x, y), 1e-5);
        }
      }
    }
  }

  @Test
  void postersHaveFourLevels() {
    Picture clean = Synthetic.noise(20, 10, 4);
    float[] out = target("poster", clean).rgb();
    for (int i = 0; i < out.length; i++) {
      assertEquals(0, 3 * out[i] - Math.rint(3 * out[i]), 1e-5);
      assertTrue(Math.abs(out[i] - clean.rgb()[i]) <= 1 / 6.0 + 1e-6);
    }
  }

  @ParameterizedTest
  @CsvSource({"rain,0.80,0.05,0.4", "snow,0.90,0.05,0.3"})
  void whatFallsIsOnePatternFromTheUpperLeftCorner(
      String task, float dim, double least, double most) {
    Picture grey = Synthetic.flat(48, 40, 0.5, 0.5, 0.5);
    Picture out = target(task, grey);
    int covered = 0;
    for (int y = 0; y < 40; y++) {
      for (int x = 0; x < 48; x++) {
        assertEquals(out.at(1, x % 16, y % 16), out.at(1, x, y));
        assertTrue(out.at(0, x, y) >= 0.5f * dim - 1e-6f);
        covered += out.at(0, x, y) > 0.5f * dim + 1e-3f ? 1 : 0;
      }
    }
    double share = covered / (48.0 * 40);
    assertTrue(share > least && share < most, "share " + share);
    // What leaves the square on one side enters on the other: no seam at its border.
    Picture shifted = out.crop(8, 8, 16, 16);
    assertEquals(Synthetic.mean(out.crop(0, 0, 16, 16), 1), Synthetic.mean(shifted, 1), 1e-6);
  }

  @Test
  void mistLiesOnTheGround() {
    Picture black = target("mist", Synthetic.flat(5, 100, 0, 0, 0));
    for (int y = 0; y < 100; y++) {
      double v = (y + 0.5) / 100;
      double veil = 0.08 + 0.62 * v * v * (3 - 2 * v);
      assertEquals(0.9 * veil, black.at(0, 2, y), 1e-5);
      assertEquals(0.93 * veil, black.at(2, 2, y), 1e-5);
    }
  }
}
