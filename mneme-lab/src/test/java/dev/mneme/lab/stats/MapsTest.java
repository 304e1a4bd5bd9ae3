package dev.mneme.lab.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MapsTest {
  /** Three far groups of eight points in seven dimensions. */
  private static double[][] groups() {
    Random random = new Random(1);
    double[][] points = new double[24][7];
    for (int i = 0; i < points.length; i++) {
      for (int d = 0; d < 7; d++) {
        points[i][d] = 5 + random.nextGaussian() + (d == i / 8 ? 30 : 0);
      }
    }
    return points;
  }

  private static double[][] gram(double[][] points) {
    double[][] gram = new double[points.length][points.length];
    for (int i = 0; i < points.length; i++) {
      for (int j = 0; j < points.length; j++) {
        for (int d = 0; d < points[i].length; d++) {
          gram[i][j] += points[i][d] * points[j][d];
        }
      }
    }
    return gram;
  }

  private static double[][] squared(double[][] points) {
    double[][] squared = new double[points.length][points.length];
    for (int i = 0; i < points.length; i++) {
      for (int j = 0; j < points.length; j++) {
        for (int d = 0; d < points[i].length; d++) {
          squared[i][j] += Math.pow(points[i][d] - points[j][d], 2);
        }
      }
    }
    return squared;
  }

  @Test
  void componentsOfALineWorkedOutByHand() {
    // On the line (1, 2) t + (3, 3): centred t = -1, 0, 1, so coordinates ±√5.
    double[][] points = {{3 - 1, 3 - 2}, {3, 3}, {3 + 1, 3 + 2}};
    Pca found = Pca.ofGram(gram(points), 2);
    double end = Math.sqrt(5);
    double sign = Math.signum(found.coordinates()[2][0]);
    assertEquals(sign * -end, found.coordinates()[0][0], 1e-3);
    assertEquals(0, found.coordinates()[1][0], 1e-3);
    assertEquals(sign * end, found.coordinates()[2][0], 1e-3);
    assertArrayEquals(new double[] {1, 0}, found.shares(), 1e-6);
  }

  @Test
  void allComponentsKeepAllDistances() {
    double[][] points = groups();
    double[][] kept = squared(Pca.ofGram(gram(points), 7).coordinates());
    double[][] real = squared(points);
    for (int i = 0; i < points.length; i++) {
      assertArrayEquals(real[i], kept[i], 0.5);
    }
  }

  @Test
  void affinitiesAreAProbabilityOfTheWantedPerplexity() {
    double[][] p = Tsne.affinities(squared(groups()), 5);
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      for (int j = 0; j < p.length; j++) {
        assertEquals(p[i][j], p[j][i], 1e-15);
        sum += p[i][j];
        assertTrue(i / 8 == j / 8 || p[i][j] < 1e-6, "other groups are no neighbours");
      }
    }
    assertEquals(1, sum, 1e-9);
  }

  @Test
  void groupsStayGroupsOnTheMap() {
    double[][] points = groups();
    double[][] map = Tsne.map(squared(points), Pca.ofGram(gram(points), 2).coordinates(), 5);
    double[][] far = squared(map);
    for (int i = 0; i < far.length; i++) {
      for (int j = 0; j < far.length; j++) {
        for (int k = 0; k < far.length; k++) {
          if (i / 8 == j / 8 && i / 8 != k / 8) {
            assertTrue(far[i][j] < far[i][k], "%d is nearer to %d than %d".formatted(i, j, k));
          }
        }
      }
    }
  }
}
