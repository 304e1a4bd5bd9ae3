package dev.mneme.edit.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.base.Shown;
import dev.mneme.edit.picture.Measures;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.Pictures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The ways that looks are compared with do what they are known for. */
class LookScoresTest {
  private static final int SIDE = 48;

  /** Channels are curved apart, and mixed if asked for. */
  private static Picture look(Picture picture, double mixed) {
    int plane = picture.plane();
    float[] out = new float[3 * plane];
    for (int i = 0; i < out.length; i++) {
      double own = Math.pow(picture.rgb()[i], 0.7);
      double next = picture.rgb()[(i + plane) % out.length];
      out[i] = (float) (own * (1 - mixed) + next * mixed);
    }
    return new Picture(picture.width(), picture.height(), out);
  }

  private static List<Shown> pairs(double mixed) {
    return List.of(1L, 2L, 3L).stream()
        .map(seed -> Pictures.noise(SIDE, SIDE, seed))
        .map(p -> Shown.whole(p, look(p, mixed)))
        .toList();
  }

  private static double near(Picture found, Picture source, double mixed) {
    return Measures.psnr(found, look(source, mixed));
  }

  @Test
  void histogramsFindCurvesAndNoMixture() {
    Picture other = Pictures.scene(SIDE, SIDE);
    double curves = near(new HistogramMatch(pairs(0)).apply(other), other, 0);
    assertTrue(curves > 35, "curves alone: %.1f dB".formatted(curves));
    double mixture = near(new HistogramMatch(pairs(0.5)).apply(other), other, 0.5);
    assertTrue(mixture < 25, "channels mixed: %.1f dB".formatted(mixture));
  }

  @Test
  void histogramsOfPicturesOfOtherSizesAreMatchedByShare() {
    Picture scene = Pictures.scene(SIDE, SIDE);
    Picture large = look(Pictures.scene(2 * SIDE, 2 * SIDE), 0);
    Picture found = new HistogramMatch(List.of(scene), List.of(large)).apply(scene);
    double near = near(found, scene, 0);
    assertTrue(near > 30, "%.1f dB".formatted(near));
  }

  @Test
  void aTableFindsBoth() {
    Picture other = Pictures.scene(SIDE, SIDE);
    for (double mixed : new double[] {0, 0.5}) {
      double table = near(new ColourTable(pairs(mixed)).apply(other), other, mixed);
      assertTrue(table > 30, "mixed %.1f: %.1f dB".formatted(mixed, table));
    }
  }

  @Test
  void coloursThatNoPairShowsFollowThoseThatAre() {
    Picture grey = Pictures.noise(SIDE, SIDE, 4);
    int plane = grey.plane();
    for (int i = 0; i < grey.rgb().length; i++) {
      grey.rgb()[i] = 0.4f + 0.2f * grey.rgb()[i % plane];
    }
    float[] lighter = grey.rgb().clone();
    for (int i = 0; i < lighter.length; i++) {
      lighter[i] += 0.2f;
    }
    ColourTable table =
        new ColourTable(List.of(Shown.whole(grey, new Picture(SIDE, SIDE, lighter))));
    float[] red = {0.7f, 0.3f, 0.3f};
    float[] found = table.apply(new Picture(1, 1, red)).rgb();
    for (int c = 0; c < 3; c++) {
      assertEquals(red[c] + 0.2f, found[c], 0.08);
    }
  }

  @Test
  void theTableHasARowAWayAndGapsWhereNothingWasAsked() {
    LookScores scores =
        new LookScores(Map.of("Mneme", Map.of(LookScores.ALL, 33.04, LookScores.GLOBAL, 39.56)));
    assertTrue(scores.markdown().endsWith("| Mneme | 33.0 | 39.6 | |\n"), scores.markdown());
  }
}
