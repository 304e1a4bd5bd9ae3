package dev.mneme.lab.stats;

import dev.mneme.memory.Adapters;
import dev.mneme.memory.LoraFactors;
import dev.mneme.tensor.Tensors;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Geometry of the changes ΔW = scale · B A that adapters make, all sites together, without forming
 * one: ⟨B₁A₁, B₂A₂⟩ = Σ (B₁ᵀB₂) ∘ (A₁A₂ᵀ), two r × r matrices. Factors themselves must not be
 * compared: B M and M⁻¹ A are other factors of the same change.
 */
public final class Products {
  private Products() {}

  /**
   * Inner products of two batches of changes, row by row; gradients flow.
   *
   * @param p batch B or 1
   * @param q batch B or 1, for the same places
   * @return [B] fp32
   */
  public static Tensor inner(Adapters p, Adapters q) {
    Tensor sum = null;
    for (Map.Entry<String, LoraFactors> e : p.factors().entrySet()) {
      Tensor one = inner(e.getValue(), q.at(e.getKey()));
      sum = sum == null ? one : sum.add(one);
    }
    return sum.mul(new Scalar(p.scale() * q.scale()));
  }

  /** As {@link #inner(Adapters, Adapters)} for one site, without the scales. */
  public static Tensor inner(LoraFactors f, LoraFactors g) {
    Tensor left = wide(f.b()).transpose(-1, -2).matmul(wide(g.b())); // [B, (E,) r, r]
    Tensor right = wide(f.a()).matmul(wide(g.a()).transpose(-1, -2)); // [B, (E,) r, r]
    Tensor both = left.mul(right);
    return both.reshape(both.size(0), -1).sum(new long[] {1}, false, null);
  }

  /** ‖P − Q‖² row by row for one site, without the scales, [B]; gradients flow. */
  public static Tensor distance(LoraFactors p, LoraFactors q) {
    return inner(p, p).sub(inner(p, q).mul(new Scalar(2.0))).add(inner(q, q));
  }

  /** All inner products among the rows of a batch, [n][n]. */
  public static double[][] gram(Adapters batch) {
    int n = batch.batch();
    double[][] gram = new double[n][n];
    for (int i = 0; i < n; i++) {
      try (PointerScope scope = new PointerScope();
          NoGradGuard guard = new NoGradGuard()) {
        float[] row = Tensors.toFloats(inner(batch.select(i), batch));
        for (int j = 0; j < n; j++) {
          gram[i][j] = row[j];
        }
      }
    }
    return gram;
  }

  /** Cosines from inner products; a row of length zero has cosine 0 with all, 1 with itself. */
  public static double[][] cosines(double[][] gram) {
    int n = gram.length;
    double[][] cosines = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double norms = Math.sqrt(gram[i][i] * gram[j][j]);
        cosines[i][j] = i == j ? 1 : norms > 0 ? gram[i][j] / norms : 0;
      }
    }
    return cosines;
  }

  private static Tensor wide(Tensor factor) {
    return factor.to(ScalarType.Float);
  }
}
