package dev.mneme.cli;

import dev.mneme.learn.RateSweep;
import dev.mneme.tensor.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws losses over learning rates. */
final class RatePlot {
  private RatePlot() {}

  /** Writes a PNG of 900 x 600 pixels; the rate is on a logarithmic axis. */
  static void write(RateSweep sweep, Path png) throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(900)
            .height(600)
            .title("Loss by learning rate")
            .xAxisTitle("learning rate")
            .yAxisTitle("loss")
            .build();
    chart.getStyler().setXAxisLogarithmic(true);
    chart.getStyler().setLegendPosition(LegendPosition.InsideNW);
    double[] rates = values(sweep, RateSweep.Point::rate);
    add(chart, "each batch", rates, values(sweep, RateSweep.Point::loss));
    double[] smooth = values(sweep, RateSweep.Point::smooth);
    add(chart, "smooth", rates, smooth);
    sweep
        .suggestion()
        .ifPresent(
            rate -> {
              double low = lowest(smooth);
              add(chart, "suggested", new double[] {rate, rate}, new double[] {low, smooth[0]});
            });
    byte[] bytes = BitmapEncoder.getBitmapBytes(chart, BitmapFormat.PNG);
    AtomicFiles.write(png, out -> out.write(bytes));
  }

  private static double lowest(double[] values) {
    return java.util.Arrays.stream(values).min().orElseThrow();
  }

  private static double[] values(RateSweep sweep, ToDoubleFunction<RateSweep.Point> which) {
    return sweep.points().stream().mapToDouble(which).toArray();
  }

  private static void add(XYChart chart, String name, double[] x, double[] y) {
    chart.addSeries(name, x, y).setMarker(SeriesMarkers.NONE);
  }
}
