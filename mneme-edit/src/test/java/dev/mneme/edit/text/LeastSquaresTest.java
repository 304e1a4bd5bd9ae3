package dev.mneme.edit.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeastSquaresTest {
  private static final double RIDGE = 0.7;
  private static final int COUNT = 23;

  private final List<double[]> features = new ArrayList<>();
  private final boolean[] positive = new boolean[COUNT];

  LeastSquaresTest() {
    Random random = new Random(4);
    for (int i = 0; i < COUNT; i++) {
      positive[i] = i % 4 == 0;
      double x = random.nextGaussian() + (positive[i] ? 1 : 0);
      features.add(new double[] {x, random.nextGaussian(), random.nextGaussian(), 1});
    }
  }

  private static double loss(double[] w, List<double[]> features, boolean[] positive, int without) {
    double loss = RIDGE * (w[0] * w[0] + w[1] * w[1] + w[2] * w[2]) + 1e-6 * w[3] * w[3];
    int positives = 0;
    for (boolean yes : positive) {
      positives += yes ? 1 : 0;
    }
    for (int i = 0; i < COUNT; i++) {
      if (i != without) {
        double apart = LeastSquares.dot(w, features.get(i)) - (positive[i] ? 1 : -1);
        loss += 0.5 * COUNT / (positive[i] ? positives : COUNT - positives) * apart * apart;
      }
    }
    return loss;
  }

  /** No step in any direction makes it better. */
  @Test
  void theWeightsAreTheBest() {
    double[] best = LeastSquares.fit(features, positive, RIDGE).weights();
    double least = loss(best, features, positive, -1);
    for (int i = 0; i < best.length; i++) {
      for (double step : new double[] {-1e-3, 1e-3}) {
        double[] other = best.clone();
        other[i] += step;
        assertTrue(loss(other, features, positive, -1) > least, "weight " + i + " by " + step);
      }
    }
  }

  /** Against descent on what remains when an example is really left out, at the same shares. */
  @Test
  void leftOutScoresAreThoseOfTheOthers() {
    LeastSquares all = LeastSquares.fit(features, positive, RIDGE);
    for (int out : new int[] {0, 5, 22}) {
      double[] w = all.weights().clone();
      for (int round = 0; round < 300; round++) {
        for (int i = 0; i < w.length; i++) {
          double h = 1e-4;
          double[] up = w.clone();
          double[] down = w.clone();
          up[i] += h;
          down[i] -= h;
          double here = loss(w, features, positive, out);
          double a = loss(up, features, positive, out);
          double b = loss(down, features, positive, out);
          w[i] -= 0.5 * h * (a - b) / (a - 2 * here + b); // a parabola's lowest point
        }
      }
      assertEquals(LeastSquares.dot(w, features.get(out)), all.leftOut()[out], 1e-4, "left " + out);
    }
  }
}
