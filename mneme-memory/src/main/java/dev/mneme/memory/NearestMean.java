package dev.mneme.memory;

import dev.mneme.tensor.Tensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;

/**
 * A router that takes the name whose conditions were nearest on average: nearest class mean of the
 * pooled condition, by the cosine of what is left after the mean of all names is taken away.
 * Immutable.
 */
public final class NearestMean implements RoutedMemory.Router {
  private final double[] centre;
  private final Map<String, double[]> means; // less the centre

  private NearestMean(double[] centre, Map<String, double[]> means) {
    this.centre = centre;
    this.means = means;
  }

  /**
   * Learns the means.
   *
   * @param seen pooled conditions ({@link Condition#pooled}) by name, at least one each, all of one
   *     width
   */
  public static NearestMean of(Map<String, List<float[]>> seen) {
    if (seen.isEmpty() || seen.values().stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException(
          "A router needs at least one condition of every name, found none of "
              + seen.entrySet().stream()
                  .filter(e -> e.getValue().isEmpty())
                  .map(Map.Entry::getKey)
                  .toList());
    }
    int width = seen.values().iterator().next().get(0).length;
    double[] centre = new double[width];
    Map<String, double[]> means = new LinkedHashMap<>();
    seen.forEach(
        (name, rows) -> {
          double[] mean = new double[width];
          for (float[] row : rows) {
            if (row.length != width) {
              throw new IllegalArgumentException(
                  "Expected pooled conditions of width %d, found %d of %s"
                      .formatted(width, row.length, name));
            }
            for (int i = 0; i < width; i++) {
              mean[i] += row[i] / rows.size();
            }
          }
          for (int i = 0; i < width; i++) {
            centre[i] += mean[i] / seen.size();
          }
          means.put(name, mean);
        });
    means.values().forEach(mean -> subtract(mean, centre));
    return new NearestMean(centre, means);
  }

  @Override
  public String route(Condition row) {
    try (PointerScope scope = new PointerScope()) {
      return route(Tensors.toFloats(row.pooled()));
    }
  }

  /** As {@link #route(Condition)}, for a condition already pooled. */
  public String route(float[] pooled) {
    double[] x = new double[pooled.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = pooled[i];
    }
    subtract(x, centre);
    String best = null;
    double highest = Double.NEGATIVE_INFINITY;
    for (Map.Entry<String, double[]> e : means.entrySet()) {
      double cosine = cosine(x, e.getValue());
      if (best == null || cosine > highest) {
        best = e.getKey();
        highest = cosine;
      }
    }
    return best;
  }

  private static void subtract(double[] from, double[] what) {
    for (int i = 0; i < from.length; i++) {
      from[i] -= what[i];
    }
  }

  private static double cosine(double[] a, double[] b) {
    double ab = 0;
    double aa = 1e-30;
    double bb = 1e-30;
    for (int i = 0; i < a.length; i++) {
      ab += a[i] * b[i];
      aa += a[i] * a[i];
      bb += b[i] * b[i];
    }
    return ab / Math.sqrt(aa * bb);
  }
}
