package dev.mneme.lab.stats;

import java.util.Collection;
import java.util.Locale;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A mean and its two-sided 95 % confidence interval by Student's t, over independent runs.
 *
 * @param mean of the values; NaN where there is none
 * @param half half the interval's width, t(0.975, n − 1) · s / √n; NaN where n &lt; 2
 * @param n number of values
 */
public record Interval(double mean, double half, int n) {
  private static final double UPPER = 0.975;

  /** The interval of these values. */
  public static Interval of(Collection<Double> values) {
    int n = values.size();
    double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    if (n < 2) {
      return new Interval(mean, Double.NaN, n);
    }
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    double error = Math.sqrt(squares / (n - 1) / n);
    double t = TDistribution.of(n - 1).inverseCumulativeProbability(UPPER);
    return new Interval(mean, t * error, n);
  }

  /** Such as {@code 22.14 ± 0.30}; without an interval the mean alone. */
  @Override
  public String toString() {
    if (Double.isNaN(mean)) {
      return "–";
    }
    double shown = Math.abs(mean) < 0.005 ? 0 : mean; // nothing has no sign
    return Double.isNaN(half)
        ? String.format(Locale.ROOT, "%.2f", shown)
        : String.format(Locale.ROOT, "%.2f ± %.2f", shown, half);
  }
}
