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
 * by {@link Adam}. Written out so that its whole state is named tensors, which a checkpoint holds
 * exactly.
 */
final class Optimizer {
  private final Map<String, Tensor> parameters;
  private final Map<String, Tensor> momentum = new LinkedHashMap<>(); // where Muon works
  private final Adam adam; // everywhere else
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
    Map<String, Tensor> others = new LinkedHashMap<>();
    parameters.forEach(
        (name, p) -> {
          if (muon > 0 && Muon.suits(name, p)) {
            momentum.put(name, torch.zeros_like(p.detach()));
          } else {
            others.put(name, p);
          }
        });
    this.adam = new Adam(others);
  }

  /** Moments by parameter name, in place. */
  Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    momentum.forEach((name, t) -> state.put("moment.first." + name, t));
    state.putAll(adam.state());
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
          (name, p) -> {
            boolean reached = !unreached.contains(name);
            if (momentum.containsKey(name)) {
              p.mutable_grad().put(reached ? torch.zeros_like(p.detach()) : new Tensor());
            } else {
              adam.clear(name, reached);
            }
          });
    }
  }

  /** Takes all gradients away, as before the first step. */
  void clear() {
    clear(parameters.keySet());
  }

  /** Global norm of the gradients. */
  double gradientNorm() {
    try (PointerScope scope = new PointerScope()) {
      Tensor total = adam.squares();
      for (String name : momentum.keySet()) {
        Tensor g = parameters.get(name).grad();
        total = g.defined() ? total.add(g.square().sum()) : total;
      }
      return Math.sqrt(total.item_double());
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
      adam.step(step, rate, scale, weightDecay);
      momentum.forEach(
          (name, moment) -> {
            Tensor gradient = parameters.get(name).grad();
            if (gradient.defined()) {
              Tensor p = parameters.get(name).detach(); // so that the update is not recorded
              p.mul_(new Scalar(1 - rate * muon * weightDecay));
              Muon.step(p, gradient.mul_(new Scalar(scale)), moment, rate * muon, precision);
              gradient.zero_();
            }
          });
    }
  }
}
