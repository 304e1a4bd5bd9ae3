package dev.mneme.lab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PlotsTest {
  private static final Plots.Axes AXES = new Plots.Axes("title", "x", "y");

  private static BufferedImage read(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  private static boolean has(BufferedImage image, int rgb) {
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if ((image.getRGB(x, y) & 0xFFFFFF) == rgb) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void curvesAndPointsHaveColoursOfTheirOwn() throws IOException {
    Map<String, Plots.Curve> curves =
        new java.util.TreeMap<>(
            Map.of(
                "a", new Plots.Curve(new double[] {0, 1}, new double[] {2, 3}, null),
                "b",
                    new Plots.Curve(
                        new double[] {0, 1}, new double[] {3, 2}, new double[] {Double.NaN, 0.1})));
    BufferedImage lines = read(Plots.lines(AXES, curves));
    assertTrue(has(lines, 0x4477AA) && has(lines, 0xEE6677));
    Map<String, double[][]> groups =
        new java.util.TreeMap<>(
            Map.of("a", new double[][] {{0, 0}}, "b", new double[][] {{1, 1}, {2, 1}}));
    BufferedImage points = read(Plots.scatter(AXES, groups));
    assertTrue(has(points, 0x4477AA) && has(points, 0xEE6677));
  }

  @Test
  void barsNeedNoInterval() throws IOException {
    List<String> names = List.of("one", "two", "a name that is long", "four", "five");
    BufferedImage bars =
        read(
            Plots.bars(
                AXES,
                names,
                new double[] {20, 21, 22, 21, 20.5},
                new double[] {1, Double.NaN, 0, 0.5, 2}));
    assertEquals(900, bars.getWidth());
    assertTrue(has(bars, 0x4477AA));
  }

  @Test
  void colourSaysWhichWay() throws IOException {
    List<String> two = List.of("a", "b");
    BufferedImage map =
        read(Plots.heatMap("t", two, two, new double[][] {{-1, 1}, {0, Double.NaN}}, -1, 1));
    assertTrue(has(map, 0x2166AC) && has(map, 0xB2182B));
  }
}
