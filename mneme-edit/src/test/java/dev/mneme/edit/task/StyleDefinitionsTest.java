package dev.mneme.edit.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.Filters;
import dev.mneme.edit.picture.Picture;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** What the styles are at strength 1. */
class StyleDefinitionsTest {
  private static final Picture SCENE = Synthetic.scene(67, 45);

  private static Picture target(String task, Picture clean) {
    return EditTasks.named(task).apply(clean, 1, new SplittableRandom(1)).target();
  }

  @Test
  void toneCurvesAreWhatTheySay() {
    Map<String, DoubleUnaryOperator> curves =
        Map.of(
            "brighten", x -> Math.pow(x, 1 / 1.6),
            "darken", x -> Math.pow(x, 1.6),
            "more_contrast", x -> 0.5 + 0.5 * Math.tanh(3 * (x - 0.5)) / Math.tanh(1.5),
            "less_contrast", x -> 0.5 + 0.55 * (x - 0.5),
            "invert", x -> 1 - x);
    Picture clean = Synthetic.noise(20, 10, 4);
    curves.forEach(
        (task, curve) -> {
          float[] out = target(task, clean).rgb();
          for (int i = 0; i < out.length; i++) {
            assertEquals(curve.applyAsDouble(clean.rgb()[i]), out[i], 1e-6, task);
          }
        });
  }

  @Test
  void chromaMovesAroundLuminance() {
    Picture clean = Synthetic.flat(1, 1, 0.5, 0.4, 0.3);
    float grey = Filters.luminance(clean)[0];
    float[] more = target("saturate", clean).rgb();
    float[] less = target("desaturate", clean).rgb();
    for (int c = 0; c < 3; c++) {
      assertEquals(grey + 1.7f * (clean.rgb()[c] - grey), more[c], 1e-6f);
      assertEquals(grey + 0.35f * (clean.rgb()[c] - grey), less[c], 1e-6f);
    }
  }

  @Test
  void conflictingTasksMoveApart() {
    assertOpposite(mean(target("warm", SCENE), 0), mean(SCENE, 0), mean(target("cool", SCENE), 0));
    assertOpposite(mean(target("cool", SCENE), 2), mean(SCENE, 2), mean(target("warm", SCENE), 2));
    for (int c = 0; c < 3; c++) {
      assertOpposite(
          mean(target("brighten", SCENE), c), mean(SCENE, c), mean(target("darken", SCENE), c));
    }
    assertOpposite(
        spread(target("more_contrast", SCENE)),
        spread(SCENE),
        spread(target("less_contrast", SCENE)));
    assertOpposite(
        chroma(target("saturate", SCENE)), chroma(SCENE), chroma(target("desaturate", SCENE)));
    assertOpposite(detail(target("sharpen", SCENE)), detail(SCENE), detail(target("blur", SCENE)));
  }

  private static void assertOpposite(double more, double before, double less) {
    assertTrue(more > 1.05 * before && less < 0.95 * before, more + ", " + before + ", " + less);
  }

  private static double mean(Picture picture, int channel) {
    return Synthetic.mean(picture, channel);
  }

  private static double spread(Picture picture) {
    return Synthetic.meanSquare(picture, Synthetic.flat(67, 45, 0.5, 0.5, 0.5));
  }

  private static double chroma(Picture picture) {
    return Synthetic.meanSquare(picture, Pixels.grey(67, 45, Filters.luminance(picture)));
  }

  private static double detail(Picture picture) {
    return Synthetic.meanSquare(picture, Filters.gaussianBlur(picture, 1));
  }

  @Test
  void blurAndSharpenUseTheirSigmas() {
    assertArrayEquals(Filters.gaussianBlur(SCENE, 2).clamped().rgb(), target("blur", SCENE).rgb());
    float[] soft = Filters.gaussianBlur(SCENE, 1.2).rgb();
    float[] glow = Filters.gaussianBlur(SCENE, 4).rgb();
    float[] sharp = target("sharpen", SCENE).rgb();
    float[] glowing = target("soft_glow", SCENE).rgb();
    for (int i = 0; i < sharp.length; i++) {
      double x = SCENE.rgb()[i];
      assertEquals(Math.max(0, Math.min(1, x + 1.2 * (x - soft[i]))), sharp[i], 1e-5);
      assertEquals(0.5 * x + 0.5 * (1 - (1 - x) * (1 - glow[i])), glowing[i], 1e-5);
    }
  }

  @Test
  void pixelatedBlocksAreConstantAndKeepTheirMean() {
    Picture out = target("pixelate", SCENE);
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < 45; y++) {
        for (int x = 0; x < 67; x++) {
          assertEquals(out.at(c, x / 8 * 8, y / 8 * 8), out.at(c, x, y));
        }
      }
      double sum = 0;
      for (int i = 0; i < 64; i++) {
        sum += SCENE.at(c, 8 + i % 8, 16 + i / 8);
      }
      assertEquals(sum / 64, out.at(c, 8, 16), 1e-6);
      assertEquals(mean(SCENE, c), mean(out, c), 1e-6);
    }
  }

  @Test
  void flatPicturesBecomeBlankPaperAndFlatRelief() {
    for (double value : new double[] {0, 0.3, 1}) {
      Picture flat = Synthetic.flat(12, 12, value, value, value);
      assertFlat(1, target("sketch", flat));
      assertFlat(1, target("outline", flat));
      assertFlat(0.5f, target("emboss", flat));
    }
  }

  private static void assertFlat(float expected, Picture picture) {
    for (float value : picture.rgb()) {
      assertEquals(expected, value, 1e-5f);
    }
  }

  @Test
  void edgesAreDrawnDarkAndLitFromTheUpperLeft() {
    Picture square = square();
    Picture outline = target("outline", square);
    assertTrue(outline.at(0, 8, 16) < 0.1f, "on the left edge: " + outline.at(0, 8, 16));
    assertTrue(outline.at(0, 16, 16) > 0.99f, "inside: " + outline.at(0, 16, 16));
    Picture sketch = target("sketch", square);
    assertTrue(sketch.at(0, 7, 16) < 0.7f, "beside the left edge: " + sketch.at(0, 7, 16));
    Picture emboss = target("emboss", square);
    assertTrue(emboss.at(0, 8, 8) > 0.75f, "upper left corner: " + emboss.at(0, 8, 8));
    assertTrue(emboss.at(0, 23, 23) < 0.25f, "lower right corner: " + emboss.at(0, 23, 23));
  }

  /** A bright square, columns and rows 8 to 23, on a dark 32 x 32 ground. */
  private static Picture square() {
    float[] grey = new float[32 * 32];
    for (int i = 0; i < grey.length; i++) {
      int x = i % 32;
      int y = i / 32;
      grey[i] = x >= 8 && x < 24 && y >= 8 && y < 24 ? 0.8f : 0.2f;
    }
    return Pixels.grey(32, 32, grey);
  }

  @Test
  void grainIsOnePatternStrongestInMidTones() {
    Picture first = target("add_grain", Synthetic.flat(40, 40, 0.5, 0.5, 0.5));
    for (int i = 0; i < 24 * 24; i++) {
      int x = i % 24;
      int y = i / 24;
      assertEquals(first.at(0, x, y), first.at(0, x + 16, y + 16));
      assertEquals(first.at(0, x, y), first.at(2, x, y));
    }
    Picture tile = first.crop(0, 0, 16, 16);
    assertEquals(0.5, mean(tile, 0), 1e-6);
    assertEquals(
        0.09, Math.sqrt(Synthetic.meanSquare(tile, Synthetic.flat(16, 16, 0.5, 0.5, 0.5))), 1e-5);
    assertFlat(0, target("add_grain", Synthetic.flat(16, 16, 0, 0, 0)));
    assertFlat(1, target("add_grain", Synthetic.flat(16, 16, 1, 1, 1)));
  }

  @Test
  void looksTintGreys() {
    for (double value : new double[] {0.2, 0.5, 0.8}) {
      Picture grey = Synthetic.flat(1, 1, value, value, value);
      float[] sepia = target("sepia", grey).rgb();
      assertTrue(sepia[0] > sepia[1] && sepia[1] > sepia[2], "sepia of " + value);
      float[] night = target("night", grey).rgb();
      assertTrue(
          night[0] < night[1] && night[1] < night[2] && night[2] < value, "night of " + value);
    }
    float[] shadow = target("film", Synthetic.flat(1, 1, 0, 0, 0)).rgb();
    float[] highlight = target("film", Synthetic.flat(1, 1, 1, 1, 1)).rgb();
    assertArrayEquals(new float[] {0.07f, 0.13f, 0.16f}, shadow, 1e-6f);
    assertArrayEquals(new float[] {0.97f, 0.91f, 0.80f}, highlight, 1e-6f);
    float[] haze = target("add_haze", Synthetic.flat(1, 1, 0, 0, 0)).rgb();
    float black = 0.55f * 0.075f;
    float[] veiled = {black + 0.45f * 0.86f, black + 0.45f * 0.88f, black + 0.45f * 0.90f};
    assertArrayEquals(veiled, haze, 1e-6f);
  }
}
