package dev.mneme.edit.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.Picture;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class TestChartTest {
  private static double seams(TestChart chart, UnaryOperator<Picture> edit) {
    return chart.seams(chart.pictures().stream().map(edit).toList());
  }

  /** Adds to all pixels from a column of the canvas on. */
  private static Picture stepped(Picture picture, int column, float by) {
    float[] rgb = picture.rgb().clone();
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] += i % picture.width() >= column ? by : 0;
    }
    return new Picture(picture.width(), picture.height(), rgb);
  }

  /** Dark below a tone and light above it, with a steep slope between. */
  private static Picture inked(Picture picture) {
    float[] rgb = picture.rgb().clone();
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (float) (1 / (1 + Math.exp(-40 * (rgb[i] - 0.4))));
    }
    return new Picture(picture.width(), picture.height(), rgb);
  }

  @Test
  void aChartItselfHasNoSeams() {
    TestChart.all().forEach(c -> assertEquals(1, seams(c, p -> p), 1e-3, c.name()));
  }

  @Test
  void whatAnEditMakesOfAToneIsNoSeam() {
    TestChart.all().forEach(c -> assertEquals(1, seams(c, p -> inked(p)), 1e-3, c.name()));
  }

  @Test
  void aStepWhereTilesMeetIsASeamAndElsewhereIsNone() {
    for (TestChart chart : TestChart.all()) {
      for (int column : List.of(112, 120, 224, 232)) {
        assertTrue(seams(chart, p -> stepped(p, column, 0.05f)) > 1.2, chart.name());
      }
      assertTrue(seams(chart, p -> stepped(p, 60, 0.05f)) < 1, chart.name());
      assertTrue(seams(chart, p -> stepped(p, 180, 0.05f)) < 1, chart.name());
    }
  }

  @Test
  void aSeamShowsThroughWhatAnEditMakesOfTones() {
    for (TestChart chart : TestChart.all()) {
      assertTrue(seams(chart, p -> stepped(inked(p), 120, 0.05f)) > 1.05, chart.name());
    }
  }

  @Test
  void whatThePicturesOwnBorderDoesIsNoSeam() {
    for (TestChart chart : TestChart.all()) {
      assertEquals(1, seams(chart, p -> stepped(p, p.width() - 7, 0.5f)), 1e-3, chart.name());
    }
  }

  @Test
  void whatNobodySeesIsNoSeam() {
    for (TestChart chart : TestChart.all()) {
      assertEquals(1, seams(chart, p -> stepped(p, 120, 0.0005f)), 0.02, chart.name());
    }
  }
}
