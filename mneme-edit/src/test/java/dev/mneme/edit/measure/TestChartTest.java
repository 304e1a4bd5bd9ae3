package dev.mneme.edit.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.Picture;
import org.junit.jupiter.api.Test;

class TestChartTest {
  /** Adds to all pixels from a column on. */
  private static Picture stepped(Picture picture, int column, float by) {
    float[] rgb = picture.rgb().clone();
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] += i % picture.width() >= column ? by : 0;
    }
    return new Picture(picture.width(), picture.height(), rgb);
  }

  @Test
  void aChartItselfHasNoSeams() {
    TestChart.all().forEach(c -> assertEquals(1, c.seams(c.picture()), 0.01, c.name()));
  }

  @Test
  void aStepWhereTilesMeetIsASeamAndElsewhereIsNone() {
    for (TestChart chart : TestChart.all()) {
      assertTrue(chart.seams(stepped(chart.picture(), 120, 0.05f)) > 1.2, chart.name());
      assertTrue(chart.seams(stepped(chart.picture(), 112, 0.05f)) > 1.2, chart.name());
      assertTrue(chart.seams(stepped(chart.picture(), 60, 0.05f)) < 1, chart.name());
    }
  }

  @Test
  void whatThePicturesOwnBorderDoesIsNoSeam() {
    for (TestChart chart : TestChart.all()) {
      assertTrue(chart.seams(stepped(chart.picture(), 345, 0.5f)) < 1.01, chart.name());
    }
  }

  @Test
  void whatNobodySeesIsNoSeam() {
    for (TestChart chart : TestChart.all()) {
      assertEquals(1, chart.seams(stepped(chart.picture(), 120, 0.0005f)), 0.02, chart.name());
    }
  }
}
