package dev.mneme.learn;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Keeps the weights with the best held-out loss, and knows when to give up on better ones. */
final class EarlyStop implements RunState {
  private static final String LOSS = "best.loss";
  private static final String WORSE = "best.worse";

  private final Map<String, Tensor> parameters;
  private final Map<String, Tensor> best = new LinkedHashMap<>();
  private final int patience;
  private double loss = Double.POSITIVE_INFINITY;
  private int worse;

  /**
   * @param patience measurements in a row that may be no better
   */
  EarlyStop(Map<String, Tensor> parameters, int patience) {
    this.parameters = parameters;
    this.patience = patience;
    parameters.forEach((name, p) -> best.put(name, p.detach().clone()));
  }

  /** Takes a held-out loss of the parameters as they are; not a number is no better. */
  void observe(double found) {
    if (found < loss) {
      loss = found;
      worse = 0;
      try (PointerScope scope = new PointerScope()) {
        best.forEach((name, t) -> t.copy_(parameters.get(name).detach()));
      }
    } else {
      worse++;
    }
  }

  /** Whether to go on is no use. */
  boolean over() {
    return worse >= patience;
  }

  /** Leaves the best weights in the parameters, if any have been measured. */
  void give() {
    if (loss < Double.POSITIVE_INFINITY) {
      try (PointerScope scope = new PointerScope()) {
        best.forEach((name, t) -> parameters.get(name).detach().copy_(t));
      }
    }
  }

  @Override
  public Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    best.forEach((name, t) -> tensors.put("best." + name, t));
    return tensors;
  }

  @Override
  public Map<String, String> notes() {
    return Map.of(LOSS, Double.toString(loss), WORSE, Integer.toString(worse));
  }

  @Override
  public void resumed(Map<String, String> notes) {
    loss = Double.parseDouble(notes.getOrDefault(LOSS, "Infinity")); // reads back to the bit
    worse = Integer.parseInt(notes.getOrDefault(WORSE, "0"));
  }
}
