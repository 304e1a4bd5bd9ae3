package dev.mneme.memory;

import dev.mneme.tensor.Autocast;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Scopes;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A frozen mixture of gated feed-forward experts with a low-rank term for each expert and each
 * sample.
 *
 * @param gate router weight [E, D]
 * @param experts the E experts
 * @param topK experts that answer each token, 1 to E
 */
public record AdaptedExperts(Tensor gate, List<Expert> experts, int topK) {
  private static final double SMALLEST_WEIGHT_SUM = 1e-8;

  /**
   * One expert.
   *
   * @param gateAndUp [2 H, D]; the first H rows are up (w3), the last H the gate (w1)
   * @param down [D, H] (w2)
   */
  public record Expert(Tensor gateAndUp, Tensor down) {}

  /** Checks that gate, experts and topK belong together. */
  public AdaptedExperts {
    experts = List.copyOf(experts);
    if (gate.size(0) != experts.size() || topK < 1 || topK > experts.size()) {
      throw new IllegalArgumentException(
          "Expected a gate row for each of %d experts and top-k from 1 to %d, found %d rows and top-k %d"
              .formatted(experts.size(), experts.size(), gate.size(0), topK));
    }
  }

  /**
   * The weighted answers of each token's top experts.
   *
   * @param x [B, N, D]
   * @param adapters batch 1 or B, or none
   * @param key the site without {@code .w1}, such as {@code model.layers.0.mlp.experts}
   * @return [B, N, D]
   */
  public Tensor forward(Tensor x, Adapters adapters, String key) {
    return Scopes.call(
        () -> {
          Tensor routes = routes(x); // [B, N, E], zero where an expert is not asked
          Tensor y = torch.zeros_like(x);
          for (int e = 0; e < experts.size(); e++) {
            Tensor sum = y;
            int expert = e;
            y = Scopes.call(() -> addAnswer(sum, x, routes, expert, adapters, key));
          }
          return y;
        });
  }

  /** Adds what expert e says about the tokens sent to it: [B, N, D]. */
  private Tensor addAnswer(
      Tensor y, Tensor x, Tensor routes, int e, Adapters adapters, String key) {
    Tensor route = routes.select(2, e); // [B, N]
    int most = (int) route.ne(new Scalar(0)).sum(new long[] {1}).max().item_long();
    if (most == 0) {
      return y;
    }
    // Each sample sends its own tokens to the expert. Rows are filled up to the longest with
    // tokens whose weight is zero, so one batched product serves all samples.
    Tensor weight;
    Tensor rows;
    try (T_TensorTensor_T top = route.topk(most, 1, true, false)) {
      weight = top.get0().unsqueeze(2); // [B, M, 1]
      rows = top.get1().unsqueeze(2).expand(-1, -1, x.size(2)); // [B, M, D]
    }
    Tensor answer = answer(e, x.gather(1, rows), adapters, key).mul(weight); // [B, M, D]
    return y.scatter_add(1, rows, answer.to(y.scalar_type()));
  }

  /** Softmax weights of the top experts, renormalised to sum 1: [B, N, E] fp32. */
  private Tensor routes(Tensor x) {
    Tensor logits;
    try (Autocast precise = Autocast.on(Precision.FP32)) {
      logits = torch.linear(x.to(ScalarType.Float), gate.to(ScalarType.Float)); // [B, N, E]
    }
    try (T_TensorTensor_T top = torch.softmax(logits, -1).topk(topK, -1, true, true)) {
      Tensor weight = top.get0(); // [B, N, K]
      Tensor sum = weight.sum(new long[] {-1}, true, null);
      Tensor share = weight.div(sum.clamp_min(new Scalar(SMALLEST_WEIGHT_SUM)));
      return torch.zeros_like(logits).scatter(-1, top.get1(), share);
    }
  }

  /** One expert's feed-forward, [B, M, D] to [B, M, D]. */
  private Tensor answer(int e, Tensor x, Adapters adapters, String key) {
    Expert expert = experts.get(e);
    long hidden = expert.down().size(1);
    double scale = adapters.scale();
    Tensor upWeight = expert.gateAndUp().narrow(0, 0, hidden);
    Tensor gateWeight = expert.gateAndUp().narrow(0, hidden, hidden);
    Tensor up = AdaptedLinear.forward(x, upWeight, null, factors(adapters, key, "w3", e), scale);
    Tensor open =
        AdaptedLinear.forward(x, gateWeight, null, factors(adapters, key, "w1", e), scale);
    Tensor h = up.mul(torch.silu(open)); // [B, M, H]
    return AdaptedLinear.forward(h, expert.down(), null, factors(adapters, key, "w2", e), scale);
  }

  private static LoraFactors factors(Adapters adapters, String key, String part, int e) {
    LoraFactors all = adapters.at(key + "." + part);
    return all == null ? null : all.expert(e);
  }
}
