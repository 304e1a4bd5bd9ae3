package dev.mneme.learn;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Adam with decoupled weight decay of matrices (Loshchilov and Hutter, 2019). Gradients and moments
 * of all parameters lie in one tensor each, of which a parameter has a part: a step is a few
 * operations on these and one on each parameter. With thousands of small parameters, such as a LoRA
 * for each of many tasks, operations on each of them would take as long as all else in a step.
 */
final class Adam {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.98;
  private static final double EPS = 1e-8;

  /** A parameter and its parts of what is kept together, all of one shape. */
  private static final class Part {
    private final Tensor parameter;
    private final Tensor values; // its storage, so that a move is not recorded
    private final Tensor gradient;
    private final Tensor first;
    private final Tensor second;
    private final Tensor move;

    Part(Tensor parameter, long from, Adam all) {
      this.parameter = parameter;
      this.values = parameter.detach();
      this.gradient = part(all.gradients, from);
      this.first = part(all.first, from);
      this.second = part(all.second, from);
      this.move = part(all.moves, from);
    }

    private Tensor part(Tensor all, long from) {
      return all.narrow(0, from, parameter.numel()).view(parameter.shape());
    }

    /** Has the gradient in its place, where the next ones are then added to it. */
    void take() {
      gradient.copy_(parameter.grad());
      parameter.mutable_grad().put(gradient);
    }
  }

  private final Map<String, Part> parts = new LinkedHashMap<>();
  private final Set<Part> reached = new LinkedHashSet<>(); // by a gradient, which lies in its place
  private final Tensor gradients; // [n], 0 where none has come
  private final Tensor first;
  private final Tensor second;
  private final Tensor moves; // of the latest step

  Adam(Map<String, Tensor> parameters) {
    long size = parameters.values().stream().mapToLong(Tensor::numel).sum();
    this.gradients = torch.zeros(size);
    this.first = torch.zeros(size);
    this.second = torch.zeros(size);
    this.moves = torch.zeros(size);
    long from = 0;
    for (Map.Entry<String, Tensor> e : parameters.entrySet()) {
      parts.put(e.getKey(), new Part(e.getValue(), from, this));
      from += e.getValue().numel();
    }
  }

  /** Moments by parameter name, in place. */
  Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    parts.forEach((name, part) -> state.put("moment.first." + name, part.first));
    parts.forEach((name, part) -> state.put("moment.second." + name, part.second));
    return state;
  }

  /** Sum of the squares of all gradients that are there. */
  Tensor squares() {
    gather();
    return gradients.square().sum();
  }

  /** Clears a parameter's gradient: to 0, or to none where no gradient has reached it yet. */
  void clear(String name, boolean wasReached) {
    Part part = parts.get(name);
    part.gradient.zero_();
    part.parameter.mutable_grad().put(wasReached ? part.gradient : new Tensor());
    if (wasReached) {
      reached.add(part);
    } else {
      reached.remove(part);
    }
  }

  /** Moves all parameters that a gradient has reached, and clears all gradients to 0. */
  void step(long step, double rate, double scale, double weightDecay) {
    gather();
    gradients.mul_(new Scalar(scale));
    double correction1 = 1 - Math.pow(BETA1, step + 1.0);
    double correction2 = Math.sqrt(1 - Math.pow(BETA2, step + 1.0));
    first.mul_(new Scalar(BETA1)).add_(gradients, new Scalar(1 - BETA1));
    second.mul_(new Scalar(BETA2)).addcmul_(gradients, gradients, new Scalar(1 - BETA2));
    Tensor denominator = second.sqrt().div_(new Scalar(correction2)).add_(new Scalar(EPS));
    moves.zero_().addcdiv_(first, denominator, new Scalar(-rate / correction1));
    Scalar kept = new Scalar(1 - rate * weightDecay);
    for (Part part : reached) {
      if (weightDecay > 0 && part.values.dim() > 1) {
        part.values.mul_(kept);
      }
      part.values.add_(part.move);
    }
    gradients.zero_();
  }

  /** Looks for gradients where there were none before. */
  private void gather() {
    if (reached.size() < parts.size()) {
      for (Part part : parts.values()) {
        if (!reached.contains(part) && part.parameter.grad().defined()) {
          part.take();
          reached.add(part);
        }
      }
    }
  }
}
