package dev.mneme.learn;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Exponential moving average of parameters (Polyak and Juditsky, 1992). Early on it keeps less than
 * it is told to, (1 + step) / (10 + step), so that it is not tied to where the run began.
 */
final class MovingAverage implements RunState {
  private final Map<String, Tensor> parameters;
  private final Map<String, Tensor> average = new LinkedHashMap<>();
  private final double kept;

  /** Begins at the parameters as they are. */
  MovingAverage(Map<String, Tensor> parameters, double kept) {
    this.parameters = parameters;
    this.kept = kept;
    parameters.forEach((name, p) -> average.put(name, p.detach().clone()));
  }

  /**
   * Takes the parameters in.
   *
   * @param step counted from 0, just taken
   */
  void take(long step) {
    double keep = Math.min(kept, (1.0 + step) / (10.0 + step));
    try (PointerScope scope = new PointerScope()) {
      average.forEach(
          (name, t) ->
              t.mul_(new Scalar(keep)).add_(parameters.get(name).detach(), new Scalar(1 - keep)));
    }
  }

  /** Average and parameters change places; twice is as before, to the bit. */
  void swap() {
    try (PointerScope scope = new PointerScope()) {
      average.forEach(
          (name, t) -> {
            Tensor p = parameters.get(name).detach();
            Tensor held = p.clone();
            p.copy_(t);
            t.copy_(held);
          });
    }
  }

  /** Leaves the average in the parameters. */
  void give() {
    try (PointerScope scope = new PointerScope()) {
      average.forEach((name, t) -> parameters.get(name).detach().copy_(t));
    }
  }

  @Override
  public Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    average.forEach((name, t) -> tensors.put("average." + name, t));
    return tensors;
  }

  @Override
  public Map<String, String> notes() {
    return Map.of();
  }

  @Override
  public void resumed(Map<String, String> notes) {
    // The tensors are all there is.
  }
}
