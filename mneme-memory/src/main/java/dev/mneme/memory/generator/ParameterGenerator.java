package dev.mneme.memory.generator;

import dev.mneme.memory.Condition;
import dev.mneme.tensor.Attention;
import dev.mneme.tensor.Autocast;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Scopes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Writes the parameters of every layer of a base from a condition (HY-WU, arXiv 2603.07236).
 *
 * <p>Shapes: B samples, N base layers, T tokens a layer, S = T · rank / a vectors a layer (a =
 * dim_accumulation), d = d_model, L condition tokens.
 *
 * <p>With weights that require no gradient everything before the condition speaks is computed once,
 * in the constructor. Instances hold no other state and are safe for concurrent use.
 */
public final class ParameterGenerator {
  private static final double EPS = 1e-6;

  private final GeneratorConfig config;
  private final Map<String, Tensor> weights;
  private final ParameterTokens tokens;
  private final boolean trainable;
  private final Tensor layerTurns; // [N, headDim / 2]
  private final Tensor placeTurns; // [S, headDim / 2]
  private final Tensor queryTurns; // [N S, headDim / 2]
  private final Tensor unconditioned; // [1, N, S, d], null while the weights can change

  /**
   * A generator of these weights.
   *
   * @param weights named as in a published checkpoint; not copied. If any requires a gradient the
   *     generator is trainable and nothing is kept between calls
   * @throws IllegalArgumentException if a weight is missing, unknown or of another shape
   */
  public ParameterGenerator(GeneratorConfig config, Map<String, Tensor> weights) {
    String complaint = GeneratorShapes.complaint(config, weights);
    if (complaint != null) {
      throw new IllegalArgumentException("Generator weights do not fit: " + complaint);
    }
    this.config = config;
    this.weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    this.tokens = ParameterTokens.of(config);
    this.trainable = weights.values().stream().anyMatch(Tensor::requires_grad);
    List<Tensor> turns = Scopes.callAll(this::turns);
    turns.forEach(Tensor::retainReference);
    this.layerTurns = turns.get(0);
    this.placeTurns = turns.get(1);
    this.queryTurns = turns.get(2);
    this.unconditioned = trainable ? null : frozenStart().retainReference();
  }

  /** The shape of this generator. */
  public GeneratorConfig config() {
    return config;
  }

  /** The weights by name, in the order of published checkpoints or of the map they came in. */
  public Map<String, Tensor> weights() {
    return weights;
  }

  /** Whether gradients reach the weights. */
  public boolean trainable() {
    return trainable;
  }

  /**
   * Parameter tokens for every layer of the base.
   *
   * <p>Differentiable where weights or condition require it; may run inside autocast.
   *
   * @param condition [B, L, input_dim]
   * @return [B, N, T, rank, token_dim] fp32, in the caller's innermost scope
   * @throws IllegalArgumentException if the condition is not input_dim wide
   */
  public Tensor forward(Condition condition) {
    if (condition.width() != config.inputDim()) {
      throw new IllegalArgumentException(
          "This generator reads conditions of width %d, found %d"
              .formatted(config.inputDim(), condition.width()));
    }
    return Scopes.call(() -> generate(condition));
  }

  private Tensor generate(Condition condition) {
    Tensor c = norm(linear(condition.states(), "hidden_in"), "model.norm_input"); // [B, L, d]
    Tensor keyTurns = keyTurns(condition); // [L, hd / 2] or [B, 1, L, hd / 2]
    Tensor mask =
        condition.mask() == null
            ? null
            : condition.mask().unsqueeze(1).unsqueeze(1); // [B, 1, 1, L]

    // Until the first cross-attention there is one grid for all samples: [1, N, S, d].
    Tensor x = unconditioned != null ? unconditioned : start();
    for (int i = 0; i < config.numPgLayers(); i++) {
      String block = "model.blocks." + i + ".";
      Tensor before = i == 0 ? x : withinTheGrid(x, block); // [1 or B, N, S, d]
      x = Scopes.call(() -> withTheCondition(before, c, block, keyTurns, mask)); // [B, N, S, d]
    }

    // "(h w) (a c) -> h (w a) c"
    x = norm(x, "model.norm_final");
    x = x.reshape(x.size(0), x.size(1), tokens.total(), config.rank(), -1); // [B, N, T, rank, d/a]
    TensorVector ab = torch.split_with_sizes(x, new long[] {tokens.ofA(), tokens.ofB()}, 2);
    Tensor a = linear(ab.get(0), "model.proj_out_A"); // [B, N, T_A, rank, token_dim]
    Tensor b = linear(ab.get(1), "model.proj_out_B"); // [B, N, T_B, rank, token_dim]
    return torch.cat(new TensorVector(a, b), 2).to(ScalarType.Float);
  }

  /** The grid as it is when the first cross-attention begins: [1, N, S, d]. */
  private Tensor start() {
    Tensor rows = weights.get("model.hw_pos.weight").to(ScalarType.Float); // [T rank, d/a]
    Tensor layers = weights.get("model.layer_pos.weight").to(ScalarType.Float); // [N, d/a]
    Tensor x = rows.unsqueeze(0).add(layers.unsqueeze(1)); // [N, T rank, d/a]
    // "(h w a) d -> (h w) (a d)"
    x = x.reshape(1, x.size(0), -1, config.dModel()); // [1, N, S, d]
    return withinTheGrid(norm(x, "model.norm_tokens"), "model.blocks.0.");
  }

  private Tensor frozenStart() {
    // Kept for all later calls, so in full precision whatever this caller's is.
    try (NoGradGuard guard = new NoGradGuard();
        Autocast precise = Autocast.on(Precision.FP32)) {
      return Scopes.call(this::start);
    }
  }

  /** Self-attention across layers, then within each layer: [B, N, S, d] to the same. */
  private Tensor withinTheGrid(Tensor grid, String block) {
    return Scopes.call(() -> selfAttention(grid, block));
  }

  private Tensor selfAttention(Tensor x, String block) {
    long batch = x.size(0);
    long n = x.size(1);
    long s = x.size(2);
    long d = x.size(3);
    Tensor h = norm(x, block + "norm1").transpose(1, 2).reshape(batch * s, n, d); // [B S, N, d]
    h = attend(h, h, block + "self_attn_n.", layerTurns, layerTurns, null);
    x = x.add(h.reshape(batch, s, n, d).transpose(1, 2));
    h = norm(x, block + "norm2").reshape(batch * n, s, d); // [B N, S, d]
    h = attend(h, h, block + "self_attn_hw.", placeTurns, placeTurns, null);
    return x.add(h.reshape(batch, n, s, d));
  }

  /**
   * Cross-attention from every grid position to the condition, then the feed-forward: [1 or B, N,
   * S, d] to [B, N, S, d].
   */
  private Tensor withTheCondition(Tensor x, Tensor c, String block, Tensor keyTurns, Tensor mask) {
    Tensor queries = norm(x, block + "norm3").flatten(1, 2); // [1 or B, N S, d]
    Tensor h = attend(queries, c, block + "self_attn_cross.", queryTurns, keyTurns, mask);
    x = x.add(h.reshape(c.size(0), x.size(1), x.size(2), x.size(3)));
    h = linear(norm(x, block + "norm4"), block + "feed_forward.fc1"); // [B, N, S, 4 d]
    return x.add(linear(torch.silu(h), block + "feed_forward.fc2"));
  }

  /**
   * Multi-head attention: queries from x [1 or B, Q, d], keys and values from y [B, K, d]; its
   * intermediate tensors, the largest of all, are freed at its end.
   */
  private Tensor attend(
      Tensor x, Tensor y, String name, Tensor queryTurns, Tensor keyTurns, Tensor mask) {
    return Scopes.call(() -> attention(x, y, name, queryTurns, keyTurns, mask));
  }

  private Tensor attention(
      Tensor x, Tensor y, String name, Tensor queryTurns, Tensor keyTurns, Tensor mask) {
    long batch = y.size(0);
    Tensor v = heads(linear(y, name + "W_v")); // [B, H, K, hd]
    Tensor q = Rotary.rotate(heads(linear(x, name + "W_q")), queryTurns).to(v.scalar_type());
    Tensor k = Rotary.rotate(heads(linear(y, name + "W_k")), keyTurns).to(v.scalar_type());
    q = q.expand(batch, -1, -1, -1); // [B, H, Q, hd]
    Tensor out = Attention.apply(q, k, v, mask, trainable && GradMode.is_enabled());
    return linear(out.transpose(1, 2).flatten(2, 3), name + "W_o"); // [B, Q, d]
  }

  private Tensor heads(Tensor x) {
    return x.reshape(x.size(0), x.size(1), config.heads(), config.headDim()).transpose(1, 2);
  }

  private Tensor norm(Tensor x, String name) {
    Tensor weight = weights.get(name + ".weight").to(ScalarType.Float);
    long[] shape = {config.dModel()};
    return torch.rms_norm(
        x.to(ScalarType.Float), shape, new TensorOptional(weight), new DoubleOptional(EPS));
  }

  private Tensor linear(Tensor x, String name) {
    Tensor weight = weights.get(name + ".weight");
    Tensor bias = weights.get(name + ".bias");
    return torch.linear(x.to(weight.scalar_type()), weight, new TensorOptional(bias));
  }

  /** The tables that do not depend on a condition. */
  private List<Tensor> turns() {
    int headDim = config.headDim();
    long high = tokens.total();
    long wide = config.rank() / config.dimAccumulation();
    long n = config.numBaseModelLayers();
    Tensor h = Rotary.positions(high).repeat_interleave(wide); // [S]
    Tensor w = Rotary.positions(wide).repeat(high); // [S]
    Tensor layer = Rotary.positions(n).repeat_interleave(high * wide); // [N S]
    Tensor place = Rotary.positions(high * wide).repeat(n); // [N S]
    return List.of(
        Rotary.oneAxis(Rotary.positions(n), headDim),
        Rotary.twoAxes(h, w, headDim),
        Rotary.twoAxes(layer, place, headDim));
  }

  /** Both axes at i + max(T, rank / a) for the i-th present token; absent tokens do not count. */
  private Tensor keyTurns(Condition condition) {
    long offset = Math.max(tokens.total(), config.rank() / config.dimAccumulation());
    Tensor position; // [L] or [B, 1, L]
    if (condition.mask() == null) {
      position = Rotary.positions(condition.length()).add(new Scalar(offset));
    } else {
      position = condition.mask().to(ScalarType.Float).cumsum(1).add(new Scalar(offset - 1));
      position = position.unsqueeze(1);
    }
    return Rotary.twoAxes(position, position, config.headDim());
  }
}
