package dev.mneme.memory;

import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Scopes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** One shared LoRA for every condition: the paper's single point in weight space. */
public final class StaticMemory implements TrainableMemory {
  private final Adapters adapters;
  private final Map<String, Tensor> parameters;

  private StaticMemory(Adapters adapters) {
    this.adapters = adapters;
    Map<String, Tensor> named = new LinkedHashMap<>();
    adapters
        .factors()
        .forEach(
            (key, factors) -> {
              named.put(key + ".lora_A", factors.a());
              named.put(key + ".lora_B", factors.b());
            });
    this.parameters = Collections.unmodifiableMap(named);
  }

  /**
   * A fresh LoRA to train: A uniform within ±1/√in as LoRA's own, B zero, so it changes nothing at
   * first.
   *
   * @param layout its nominal rank is the LoRA's; see {@link AdapterLayout#withRank}
   * @param scale what B A is multiplied by
   */
  public static StaticMemory fresh(AdapterLayout layout, double scale, long seed) {
    Engine.start();
    Map<String, LoraFactors> factors = new LinkedHashMap<>();
    for (int layer = 0; layer < layout.layers(); layer++) {
      for (AdapterSite site : layout.sites()) {
        String key = layout.key(layer, site);
        factors.put(key, fresh(site, layout.rank(), new Random(seed * 31 + key.hashCode())));
      }
    }
    return new StaticMemory(Adapters.of(layout, factors, scale));
  }

  /**
   * A memory that starts from known weights; it learns on a copy of them.
   *
   * @param known one sample's adapters
   */
  public static StaticMemory of(Adapters known) {
    if (known.isEmpty() || known.batch() != 1) {
      throw new AdapterMismatchException(
          "A static memory holds one LoRA: expected adapters with a batch of 1, found " + known);
    }
    return new StaticMemory(known.map(f -> new LoraFactors(leaf(f.a()), leaf(f.b()))));
  }

  @Override
  public AdapterLayout layout() {
    return adapters.layout();
  }

  /** The same batch of 1 for every condition; its tensors belong to this memory. */
  @Override
  public Adapters recall(Condition condition) {
    return adapters;
  }

  /** What B A is multiplied by. */
  public double scale() {
    return adapters.scale();
  }

  @Override
  public Map<String, Tensor> parameters() {
    return parameters;
  }

  private static LoraFactors fresh(AdapterSite site, int rank, Random random) {
    boolean dense = site.experts() == 0;
    long[] shapeOfA =
        dense ? new long[] {1, rank, site.in()} : new long[] {1, site.experts(), rank, site.in()};
    long[] shapeOfB =
        dense ? new long[] {1, site.out(), rank} : new long[] {1, site.experts(), site.out(), rank};
    float[] values = new float[Math.toIntExact(site.sizeOfA(rank))];
    double bound = 1 / Math.sqrt(site.in());
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (bound * (2 * random.nextDouble() - 1));
    }
    return Scopes.call(
        () -> new LoraFactors(leaf(Tensor.create(values, shapeOfA)), leaf(torch.zeros(shapeOfB))),
        f -> java.util.List.of());
  }

  /** A leaf that outlives the caller's scope. */
  private static Tensor leaf(Tensor values) {
    Tensor copy = Scopes.call(() -> values.detach().to(ScalarType.Float, false, true, null));
    copy.retainReference();
    return copy.set_requires_grad(true);
  }
}
