package dev.mneme.memory;

import dev.mneme.tensor.Autocast;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Scopes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * One LoRA that bends with the request: half of its directions always count, the others by what the
 * condition says, such as how dark a picture is. ΔW = B A + B' diag(G z) A', where z is a {@link
 * ConditionSummary} and every place has gates G of its own. A {@link StaticMemory} does the same
 * for all.
 */
public final class GatedMemory implements TrainableMemory {
  /** Deviation of fresh gates where what they read has variance 1. */
  private static final double BEND = 0.3;

  private final StaticMemory lora; // of rank 2 r: those that always count, then those that bend
  private final Tensor gates; // [n r, K], of all n places in the layout's order
  private final ConditionSummary summary;
  private final Map<String, Tensor> parameters;

  private GatedMemory(StaticMemory lora, Tensor gates, ConditionSummary summary) {
    this.lora = lora;
    this.gates = gates;
    this.summary = summary;
    Map<String, Tensor> named = new LinkedHashMap<>(lora.parameters());
    named.put("gates", gates);
    this.parameters = Collections.unmodifiableMap(named);
  }

  /**
   * A fresh one to train: A as LoRA's own, B zero, so it changes nothing at first; gates normal.
   *
   * @param layout its nominal rank, r, is that of either half; experts of a site share its gates
   * @param summary what gates read; does not learn
   * @param scale what ΔW is multiplied by
   */
  public static GatedMemory fresh(
      AdapterLayout layout, ConditionSummary summary, double scale, long seed) {
    StaticMemory lora = StaticMemory.fresh(layout.withRank(2 * layout.rank()), scale, seed);
    int numbers = summary.numbers();
    float[] values = new float[layout.keys().size() * layout.rank() * numbers];
    Random random = new Random(seed * 31 + 2);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (BEND / Math.sqrt(numbers) * random.nextGaussian());
    }
    Tensor gates = Tensor.create(values, values.length / numbers, numbers);
    gates.retainReference();
    gates.set_requires_grad(true);
    return new GatedMemory(lora, gates, summary);
  }

  @Override
  public AdapterLayout layout() {
    return lora.layout();
  }

  @Override
  public Map<String, Tensor> parameters() {
    return parameters;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the summary cannot read the condition
   */
  @Override
  public Adapters recall(Condition condition) {
    return Scopes.call(
        () -> {
          Adapters one = lora.recall(condition);
          Tensor shares = shares(summary.of(condition)); // [B, n, 2 r]
          Map<String, LoraFactors> gated = new LinkedHashMap<>();
          for (String key : layout().keys()) {
            gated.put(key, weighed(one.at(key), shares.narrow(1, gated.size(), 1)));
          }
          return Adapters.of(layout(), gated, one.scale());
        },
        Adapters::tensors);
  }

  /** How much each direction counts; in full precision, so that small differences tell. */
  private Tensor shares(Tensor read) {
    try (Autocast exact = Autocast.on(Precision.FP32)) {
      Tensor bends = read.matmul(gates.t()).view(read.size(0), layout().keys().size(), -1);
      return torch.cat(new TensorVector(torch.ones_like(bends), bends), 2);
    }
  }

  /**
   * @param shares [B, 1, 2 r]
   */
  private static LoraFactors weighed(LoraFactors f, Tensor shares) {
    long[] shapeOfA = f.a().shape();
    shapeOfA[0] = shares.size(0);
    Tensor each = f.experts() == 0 ? shares : shares.unsqueeze(1); // before [out, r]
    return new LoraFactors(f.a().expand(shapeOfA), f.b().mul(each));
  }
}
