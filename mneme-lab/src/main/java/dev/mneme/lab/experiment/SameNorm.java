package dev.mneme.lab.experiment;

import dev.mneme.lab.stats.Products;
import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.AdapterSite;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.Condition;
import dev.mneme.memory.LoraFactors;
import dev.mneme.memory.Memory;
import dev.mneme.tensor.Scopes;
import dev.mneme.tensor.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;

/**
 * What a memory recalls, with everything but its size forgotten: at every site a random change of
 * the same Frobenius norm. Tells whether a direction was learned or only how far to go.
 */
final class SameNorm implements Memory {
  private final Memory memory;
  private final Adapters random; // one sample's

  SameNorm(Memory memory, long seed) {
    this.memory = memory;
    AdapterLayout layout = memory.layout();
    Map<String, LoraFactors> factors = new LinkedHashMap<>();
    for (int layer = 0; layer < layout.layers(); layer++) {
      for (AdapterSite site : layout.sites()) {
        String key = layout.key(layer, site);
        Random numbers = new Random(seed * 31 + key.hashCode());
        int r = layout.rank();
        factors.put(
            key,
            new LoraFactors(normal(numbers, 1, r, site.in()), normal(numbers, 1, site.out(), r)));
      }
    }
    this.random = Adapters.of(layout, factors, 1).retain();
  }

  @Override
  public AdapterLayout layout() {
    return memory.layout();
  }

  @Override
  public Adapters recall(Condition condition) {
    return Scopes.call(
        () -> {
          Adapters known = memory.recall(condition);
          Map<String, LoraFactors> factors = new LinkedHashMap<>();
          known
              .factors()
              .forEach(
                  (key, f) -> {
                    LoraFactors other = random.at(key);
                    Tensor size = Products.inner(f, f).div(Products.inner(other, other)).sqrt();
                    long[] shape = other.a().shape();
                    shape[0] = f.batch();
                    Tensor b = other.b().mul(size.view(f.batch(), 1, 1));
                    factors.put(key, new LoraFactors(other.a().expand(shape), b));
                  });
          return Adapters.of(known.layout(), factors, known.scale());
        },
        Adapters::tensors);
  }

  private static Tensor normal(Random random, long... shape) {
    float[] values = new float[(int) (shape[0] * shape[1] * shape[2])];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensors.fromFloats(values, shape);
  }
}
