package dev.mneme.learn;

import dev.mneme.tensor.Precision;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Moves parameters along their gradients: matrices inside a model by {@link Muon}, everything else
 * by Adam with decoupled weight decay (Loshchilov and Hutter, 2019). Written out so that its whole
 * state is named tensors, which a checkpoint holds exactly.
 */
final class Optimizer {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.98;
  private static final double EPS = 1e-8;

  private final Map<String, Tensor> parameters;
  private final Map<String, Tensor> first = new LinkedHashMap<>();
  private final Map<String, Tensor> second = new LinkedHashMap<>(); // none where Muon works
  private final double weightDecay;
  private final double muon;
  private final Precision precision;

  /**
   * @param parameters by name
   * @param weightDecay of matrices
   * @param muon how many times the rate matrices inside a model move by; 0 leaves all to Adam
   * @param precision of {@link Muon}'s products
   */
  Optimizer(Map<String, Tensor> parameters, double weightDecay, double muon, Precision precision) {
    this.parameters = parameters;
    this.muon = muon;
    this.precision = precision;
    this.weightDecay = weightDecay;
    parameters.forEach(
        (name, p) -> {
          first.put(name, torch.zeros_like(p.detach()));
          if (!(muon > 0 && Muon.suits(name, p))) {
            second.put(name, torch.zeros_like(p.detach()));
          }
        });
  }

  /** Moments by parameter name, in place. */
  Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    first.forEach((name, t) -> state.put("moment.first." + name, t));
    second.forEach((name, t) -> state.put("moment.second." + name, t));
    return state;
  }

  /**
   * Parameters that no gradient has reached yet. A step passes them over; all others it moves by
   * their momentum even where it does not reach them.
   */
  Set<String> unreached() {
    return parameters.keySet().stream()
        .filter(name -> !parameters.get(name).grad().defined())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Clears all gradients, so that those of {@code unreached} parameters are none and all others
   * zero.
   */
  void clear(Set<String> unreached) {
    try (PointerScope scope = new PointerScope()) {
      parameters.forEach(
          (name, p) ->
              p.mutable_grad()
                  .put(unreached.contains(name) ? new Tensor() : torch.zeros_like(p.detach())));
    }
  }

  /** Takes all gradients away, as before the first step. */
  void clear() {
    clear(parameters.keySet());
  }

  /** Global norm of the gradients. */
  double gradientNorm() {
    try (PointerScope scope = new PointerScope()) {
      Tensor total = null;
      for (Tensor p : parameters.values()) {
        Tensor g = p.grad();
        if (g.defined()) {
          Tensor s = g.square().sum();
          total = total == null ? s : total.add(s);
        }
      }
      return total == null ? 0 : Math.sqrt(total.item_double());
    }
  }

  /**
   * One step on the gradients that are there, then clears them.
   *
   * @param step counted from 0
   * @param rate learning rate of Adam
   * @param scale factor on every gradient (clipping)
   */
  void step(long step, double rate, double scale) {
    try (PointerScope scope = new PointerScope()) {
      for (Map.Entry<String, Tensor> e : parameters.entrySet()) {
        Tensor gradient = e.getValue().grad();
        if (!gradient.defined()) {
          continue;
        }
        Tensor p = e.getValue().detach(); // shares storage, so that the update is not recorded
        gradient.mul_(new Scalar(scale));
        Tensor v = second.get(e.getKey());
        if (p.dim() > 1) {
          p.mul_(new Scalar(1 - rate * (v == null ? muon : 1) * weightDecay));
        }
        if (v == null) {
          Muon.step(p, gradient, first.get(e.getKey()), rate * muon, precision);
        } else {
          adam(p, gradient, first.get(e.getKey()), v, step, rate);
        }
        gradient.zero_();
      }
    }
  }

  private static void adam(Tensor p, Tensor g, Tensor m, Tensor v, long step, double rate) {
    double correction1 = 1 - Math.pow(BETA1, step + 1.0);
    double correction2 = Math.sqrt(1 - Math.pow(BETA2, step + 1.0));
    m.mul_(new Scalar(BETA1)).add_(g, new Scalar(1 - BETA1));
    v.mul_(new Scalar(BETA2)).addcmul_(g, g, new Scalar(1 - BETA2));
    Tensor denominator = v.sqrt().div_(new Scalar(correction2)).add_(new Scalar(EPS));
    p.addcdiv_(m, denominator, new Scalar(-rate / correction1));
  }
}
