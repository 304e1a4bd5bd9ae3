package dev.mneme.lab.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.AdapterSite;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.LoraFactors;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Tensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProductsTest {
  @BeforeAll
  static void start() {
    Engine.start();
  }

  @Test
  void cosinesOfChangesWorkedOutByHand() {
    AdapterLayout layout = new AdapterLayout("l.", 1, 1, List.of(AdapterSite.dense("w", 2, 2)));
    // Changes: [[1,0],[0,0]], the same through other factors, [[0,1],[0,0]], [[1,1],[0,0]],
    // nothing.
    Tensor a = Tensors.fromFloats(new float[] {1, 0, 0.5f, 0, 0, 1, 1, 1, 0, 0}, 5, 1, 2);
    Tensor b = Tensors.fromFloats(new float[] {1, 0, 2, 0, 1, 0, 1, 0, 1, 1}, 5, 2, 1);
    Adapters changes = Adapters.of(layout, Map.of("l.0.w", new LoraFactors(a, b)), 3);
    double[][] cosines = Products.cosines(Products.gram(changes));
    double half = Math.sqrt(0.5);
    assertArrayEquals(new double[] {1, 1, 0, half, 0}, cosines[0], 1e-6);
    assertArrayEquals(new double[] {0, 0, 1, half, 0}, cosines[2], 1e-6);
    assertArrayEquals(new double[] {0, 0, 0, 0, 1}, cosines[4], 1e-6);
  }

  @Test
  void equalWhatTheFormedChangesSayForExpertsToo() {
    AdapterLayout layout =
        new AdapterLayout(
            "l.", 2, 3, List.of(AdapterSite.dense("w", 7, 5), new AdapterSite("e", 4, 6, 2)));
    Adapters changes = random(layout, 4, 0.5);
    double[][] gram = Products.gram(changes);
    float[] far = new float[4]; // from the second, all places together
    for (String key : layout.keys()) {
      LoraFactors factors = changes.at(key);
      float[] one = Tensors.toFloats(Products.distance(factors.select(1), factors));
      for (int j = 0; j < 4; j++) {
        far[j] += 0.25f * one[j];
      }
    }
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        double sum = 0;
        double distance = 0;
        for (String key : layout.keys()) {
          float[] p = Tensors.toFloats(changes.at(key).select(i).product());
          float[] q = Tensors.toFloats(changes.at(key).select(j).product());
          for (int k = 0; k < p.length; k++) {
            sum += 0.25 * p[k] * q[k];
            distance += 0.25 * (p[k] - q[k]) * (p[k] - q[k]);
          }
        }
        assertEquals(sum, gram[i][j], 1e-4 * Math.max(1, Math.abs(sum)));
        if (i == 1) {
          assertEquals(distance, far[j], 1e-3 * Math.max(1, distance));
        }
      }
    }
  }

  private static Adapters random(AdapterLayout layout, int batch, double scale) {
    Random random = new Random(4);
    Map<String, LoraFactors> factors = new LinkedHashMap<>();
    for (int layer = 0; layer < layout.layers(); layer++) {
      for (AdapterSite site : layout.sites()) {
        int r = layout.rank();
        boolean dense = site.experts() == 0;
        long[] a = dense ? new long[] {batch, r, site.in()} : new long[] {batch, 2, r, site.in()};
        long[] b = dense ? new long[] {batch, site.out(), r} : new long[] {batch, 2, site.out(), r};
        factors.put(layout.key(layer, site), new LoraFactors(values(random, a), values(random, b)));
      }
    }
    return Adapters.of(layout, factors, scale);
  }

  private static Tensor values(Random random, long... shape) {
    int size = 1;
    for (long s : shape) {
      size *= (int) s;
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensors.fromFloats(values, shape);
  }
}
