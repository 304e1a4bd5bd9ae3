package dev.mneme.memory;

import dev.mneme.tensor.Scopes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A mixture of LoRAs: a few experts, and a gate that weighs them for each sample. The recalled ΔW
 * is Σ gₖ Bₖ Aₖ with g = softmax(W · norm(mean of the condition's tokens) + b).
 *
 * <p>Weights for a sample are always a blend of the same few points in weight space; {@link
 * dev.mneme.memory.generator.FunctionalMemory} writes new ones. The experts lie side by side along
 * the rank, so a recall has the rank of all of them together.
 */
public final class MixtureMemory implements TrainableMemory {
  private static final double GATE_STD = 0.02;

  private final StaticMemory experts;
  private final int count;
  private final Tensor gate; // [K, D]
  private final Tensor bias; // [K]
  private final Map<String, Tensor> parameters;

  private MixtureMemory(StaticMemory experts, int count, Tensor gate, Tensor bias) {
    this.experts = experts;
    this.count = count;
    this.gate = gate;
    this.bias = bias;
    Map<String, Tensor> named = new LinkedHashMap<>();
    named.put("gate.weight", gate);
    named.put("gate.bias", bias);
    named.putAll(experts.parameters());
    this.parameters = Collections.unmodifiableMap(named);
  }

  /**
   * Fresh experts to train: A as LoRA's own, B zero, so it changes nothing at first; the gate
   * begins nearly even.
   *
   * @param layout its nominal rank is that of one expert
   * @param experts how many, at least 1
   * @param width width of a condition token
   * @param scale what Σ gₖ Bₖ Aₖ is multiplied by
   */
  public static MixtureMemory fresh(
      AdapterLayout layout, int experts, int width, double scale, long seed) {
    if (experts < 1 || width < 1) {
      throw new IllegalArgumentException(
          "A mixture needs at least 1 expert and a width of at least 1, found %d and %d"
              .formatted(experts, width));
    }
    AdapterLayout all = layout.withRank(Math.multiplyExact(experts, layout.rank()));
    StaticMemory bank = StaticMemory.fresh(all, scale, seed);
    Random random = new Random(seed * 31 + 1);
    float[] values = new float[experts * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (GATE_STD * random.nextGaussian());
    }
    return new MixtureMemory(
        bank, experts, leaf(values, experts, width), leaf(new float[experts], experts));
  }

  /** Number of experts. */
  public int experts() {
    return count;
  }

  /** The places, with the rank of all experts together. */
  @Override
  public AdapterLayout layout() {
    return experts.layout();
  }

  @Override
  public Map<String, Tensor> parameters() {
    return parameters;
  }

  /** How much each expert has to say, [B, K]; every row sums to 1. */
  public Tensor shares(Condition condition) {
    return Scopes.call(
        () -> {
          Tensor pooled = condition.pooled().to(ScalarType.Float);
          Tensor normed = torch.layer_norm(pooled, pooled.size(1)); // [B, D]
          Tensor logits = torch.matmul(normed, gate.t()).add(bias);
          return torch.softmax(logits.to(ScalarType.Float), 1); // [B, K]
        });
  }

  @Override
  public Adapters recall(Condition condition) {
    return Scopes.call(
        () -> {
          Adapters bank = experts.recall(condition);
          long batch = condition.batch();
          int rank = layout().rank();
          Tensor share =
              shares(condition)
                  .unsqueeze(2)
                  .expand(batch, count, rank / count)
                  .reshape(batch, rank); // [B, K r], an expert's share at each of its ranks
          return bank.map(f -> weighted(f, share, batch));
        },
        Adapters::tensors);
  }

  private static LoraFactors weighted(LoraFactors f, Tensor share, long batch) {
    long[] shapeOfA = f.a().shape();
    shapeOfA[0] = batch;
    Tensor row = f.experts() == 0 ? share.unsqueeze(1) : share.unsqueeze(1).unsqueeze(1);
    return new LoraFactors(f.a().expand(shapeOfA), f.b().mul(row));
  }

  /** A leaf that outlives the caller's scope. */
  private static Tensor leaf(float[] values, long... shape) {
    Tensor leaf = Tensor.create(values, shape);
    leaf.retainReference();
    leaf.set_requires_grad(true);
    return leaf;
  }
}
