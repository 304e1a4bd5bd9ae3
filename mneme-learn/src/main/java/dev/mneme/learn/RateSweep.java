package dev.mneme.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Losses under a learning rate that grows from step to step (Smith, "Cyclical learning rates for
 * training neural networks", 2017, section 3.3).
 *
 * @param points one a step
 */
public record RateSweep(List<Point> points) {
  /** What a rate is divided by that still lowered the loss: it was meant for a moment only. */
  private static final double MARGIN = 10;

  public RateSweep {
    points = List.copyOf(points);
  }

  /**
   * One step.
   *
   * @param rate learning rate of the step
   * @param loss mean loss of its batch, before it
   * @param smooth the loss as the curve says it, without the batch's own part
   */
  public record Point(double rate, double loss, double smooth) {}

  /**
   * How far and how finely.
   *
   * @param least first rate, above 0
   * @param most last rate
   * @param steps at least 2
   */
  public record Range(double least, double most, int steps) {
    public Range {
      if (!(least > 0 && most > least && Double.isFinite(most)) || steps < 2) {
        throw new IllegalArgumentException(
            "Rates are swept from above 0 to more, in at least 2 steps; found %s to %s in %d"
                .formatted(least, most, steps));
      }
    }

    /** Rate of a step counted from 0: equal factors apart. */
    double rate(int step) {
      return least * Math.pow(most / least, step / (steps - 1.0));
    }
  }

  /** The rate of the lowest smooth loss; none where no rate lowered it. */
  public OptionalDouble best() {
    int lowest = 0;
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i).smooth() < points.get(lowest).smooth()) {
        lowest = i;
      }
    }
    return lowest == 0 ? OptionalDouble.empty() : OptionalDouble.of(points.get(lowest).rate());
  }

  /** A peak for a schedule: a tenth of {@link #best()}. */
  public OptionalDouble suggestion() {
    OptionalDouble best = best();
    return best.isEmpty() ? best : OptionalDouble.of(best.getAsDouble() / MARGIN);
  }

  /** A table with a heading, one line a step. */
  public String csv() {
    List<String> lines = new ArrayList<>(List.of("rate,loss,smooth"));
    for (Point p : points) {
      lines.add(String.format(Locale.ROOT, "%s,%s,%s", p.rate(), p.loss(), p.smooth()));
    }
    return String.join("\n", lines) + "\n";
  }
}
