package dev.mneme.memory;

import dev.mneme.tensor.Scopes;
import dev.mneme.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/**
 * A memory that writes only where it is needed: for rows whose gate is closed ΔW is zero, and the
 * base does alone what it does best alone.
 *
 * @param inner writes the weights
 * @param gate decides for each row by itself
 */
public record GatedMemory(Memory inner, LinearGate gate) implements Memory {
  @Override
  public AdapterLayout layout() {
    return inner.layout();
  }

  @Override
  public Adapters recall(Condition condition) {
    boolean[] open = gate.open(condition);
    boolean closed = false;
    float[] shares = new float[open.length];
    for (int i = 0; i < open.length; i++) {
      shares[i] = open[i] ? 1 : 0;
      closed |= !open[i];
    }
    if (!closed) {
      return inner.recall(condition);
    }
    return Scopes.call(() -> inner.recall(condition).map(f -> at(f, shares)), Adapters::tensors);
  }

  /** The factors with B at these shares, row by row. */
  private static LoraFactors at(LoraFactors f, float[] shares) {
    Tensor share = Tensors.fromFloats(shares, shares.length, 1, 1);
    Tensor b = f.b().mul(f.experts() == 0 ? share : share.unsqueeze(3)); // [B, (E,) out, r]
    long[] shapeOfA = f.a().shape();
    shapeOfA[0] = shares.length;
    return new LoraFactors(f.a().expand(shapeOfA), b);
  }
}
