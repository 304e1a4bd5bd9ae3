package dev.mneme.lab.report;

import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Plots as PNG files. */
public final class Plots {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 480;

  /** Names below bars up to which they are slanted. */
  private static final int MOST_SLANTED = 10;

  /** Pixels more for names that stand upright. */
  private static final int UPRIGHT = 220;

  /** Twelve colours that can be told apart; marks change when they come round again. */
  private static final Color[] COLOURS =
      Arrays.stream(
              new int[] {
                0x4477AA, 0xEE6677, 0x228833, 0xCCBB44, 0x66CCEE, 0xAA3377, 0x888888, 0x994455,
                0x004488, 0xDDAA33, 0x117733, 0x882255
              })
          .mapToObj(Color::new)
          .toArray(Color[]::new);

  private static final Marker[] MARKS = {
    SeriesMarkers.CIRCLE, SeriesMarkers.SQUARE, SeriesMarkers.TRIANGLE_UP, SeriesMarkers.DIAMOND,
  };

  /** Columns of a heat map up to which values are written into its cells. */
  private static final int MOST_NUMBERS = 12;

  /** Pixels of a cell, and of one with its value in it. */
  private static final int SIDE = 22;

  private static final int NUMBER_SIDE = 44;

  private Plots() {}

  /**
   * A curve.
   *
   * @param x values
   * @param y values
   * @param error half the interval at each point, or null
   */
  public record Curve(double[] x, double[] y, double[] error) {}

  /** What the axes of a plot are called. */
  public record Axes(String title, String x, String y) {}

  /** Curves by name. */
  public static byte[] lines(Axes axes, Map<String, Curve> curves) throws IOException {
    XYChart chart = chart(axes, HEIGHT);
    int[] index = {0};
    curves.forEach(
        (name, c) -> {
          XYSeries series =
              c.error() == null
                  ? chart.addSeries(name, c.x(), c.y())
                  : chart.addSeries(name, c.x(), c.y(), finite(c.error()));
          mark(series, index[0]++);
        });
    return png(chart);
  }

  /** Points in groups, each with a colour: [n][2] by name. */
  public static byte[] scatter(Axes axes, Map<String, double[][]> groups) throws IOException {
    XYChart chart = chart(axes, 640);
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    chart.getStyler().setMarkerSize(8);
    int[] index = {0};
    groups.forEach(
        (name, points) -> {
          double[] x = Arrays.stream(points).mapToDouble(p -> p[0]).toArray();
          double[] y = Arrays.stream(points).mapToDouble(p -> p[1]).toArray();
          mark(chart.addSeries(name, x, y), index[0]++);
        });
    return png(chart);
  }

  /** Bars with intervals, one a name; the axis need not begin at zero. */
  public static byte[] bars(Axes axes, List<String> names, double[] values, double[] errors)
      throws IOException {
    boolean upright = names.size() > MOST_SLANTED; // slanted they would lie over each other
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(upright ? HEIGHT + UPRIGHT : HEIGHT)
            .title(axes.title())
            .xAxisTitle(axes.x())
            .yAxisTitle(axes.y())
            .build();
    plain(chart.getStyler());
    chart.getStyler().setLegendVisible(false);
    if (names.size() > 4) {
      chart.getStyler().setXAxisLabelRotation(upright ? 90 : 35);
      chart.getStyler().setXAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
    }
    chart.getStyler().setYAxisMin(floor(values, errors));
    chart.getStyler().setAvailableSpaceFill(0.6);
    List<Double> y = Arrays.stream(values).boxed().toList();
    List<Double> e = Arrays.stream(finite(errors)).boxed().toList();
    chart.addSeries(axes.y(), names, y, e).setFillColor(COLOURS[0]);
    return png(chart);
  }

  /**
   * A matrix in colours: blue below, white in the middle, red above.
   *
   * @param values [rows][columns], drawn with the first row on top
   * @param least value of the deepest blue
   * @param most value of the deepest red
   */
  public static byte[] heatMap(
      String title, List<String> rows, List<String> columns, double[][] values, double... range)
      throws IOException {
    boolean numbers = columns.size() <= MOST_NUMBERS;
    int side = numbers ? NUMBER_SIDE : SIDE;
    int size = Math.max(360, side * Math.max(rows.size(), columns.size()) + 200);
    HeatMapChart chart =
        new HeatMapChartBuilder().width(size + 120).height(size).title(title).build();
    plain(chart.getStyler());
    chart.getStyler().setXAxisLabelRotation(60);
    chart.getStyler().setMin(range[0]).setMax(range[1]);
    chart.getStyler().setShowValue(numbers);
    chart.getStyler().setHeatMapValueDecimalPattern("0.00");
    chart
        .getStyler()
        .setRangeColors(
            new Color[] {new Color(0x2166AC), new Color(0xF7F7F7), new Color(0xB2182B)});
    List<String> upwards = new ArrayList<>(rows);
    java.util.Collections.reverse(upwards);
    List<Number[]> cells = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      for (int row = 0; row < rows.size(); row++) {
        double value = values[rows.size() - 1 - row][column];
        if (Double.isFinite(value)) {
          cells.add(new Number[] {column, row, Math.max(range[0], Math.min(range[1], value))});
        }
      }
    }
    chart.addSeries(title, columns, upwards, cells);
    return png(chart);
  }

  /** A little below the lowest whisker: bars from zero would hide what differs. */
  private static double floor(double[] values, double[] errors) {
    double[] half = finite(errors);
    double lowest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < values.length; i++) {
      lowest = Math.min(lowest, values[i] - half[i]);
    }
    return Double.isFinite(lowest) ? Math.floor(lowest - 0.5) : 0;
  }

  private static XYChart chart(Axes axes, int height) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(height)
            .title(axes.title())
            .xAxisTitle(axes.x())
            .yAxisTitle(axes.y())
            .build();
    plain(chart.getStyler());
    chart.getStyler().setXAxisDecimalPattern("0.###").setYAxisDecimalPattern("0.###");
    return chart;
  }

  private static void plain(Styler styler) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setLegendPosition(Styler.LegendPosition.OutsideE);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
  }

  private static void mark(XYSeries series, int index) {
    Color colour = COLOURS[index % COLOURS.length];
    series.setMarker(MARKS[index / COLOURS.length % MARKS.length]);
    series.setMarkerColor(colour);
    series.setLineColor(colour);
  }

  /** No interval is drawn as one of no width. */
  private static double[] finite(double[] errors) {
    return Arrays.stream(errors).map(e -> Double.isFinite(e) ? e : 0).toArray();
  }

  private static byte[] png(Chart<?, ?> chart) throws IOException {
    return BitmapEncoder.getBitmapBytes(chart, BitmapFormat.PNG);
  }
}
