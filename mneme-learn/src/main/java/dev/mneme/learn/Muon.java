package dev.mneme.learn;

import dev.mneme.tensor.Precision;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Momentum whose steps are made orthogonal by a Newton-Schulz iteration (Jordan et al., "Muon",
 * 2024), scaled so that Adam's learning rates fit (Liu et al., "Muon is scalable for LLM training",
 * arXiv 2502.16982, section 2.2).
 */
final class Muon {
  private static final double MOMENTUM = 0.95;
  private static final int ITERATIONS = 5;
  private static final double RMS = 0.2; // of an update's entries, as Adam's usually are

  private Muon() {}

  /**
   * Matrices inside blocks, and the heads of a parameter generator: what they read is half the same
   * for every condition, and plain gradients would learn that half long before what tells
   * conditions apart. What else reads or writes the outside (embeddings) is left to Adam.
   */
  static boolean suits(String name, Tensor p) {
    boolean inside = name.contains("blocks.") || name.contains("proj_out");
    return p.dim() == 2 && inside && p.size(0) > 1 && p.size(1) > 1;
  }

  /**
   * p [n, m] -= rate * step; gradient and momentum have the same shape.
   *
   * @param precision of the iteration, see {@link #orthogonal}
   */
  static void step(Tensor p, Tensor gradient, Tensor momentum, double rate, Precision precision) {
    momentum.mul_(new Scalar(MOMENTUM)).add_(gradient);
    Tensor direction =
        orthogonal(gradient.add(momentum, new Scalar(MOMENTUM)), precision); // Nesterov
    double scale = RMS * Math.sqrt(Math.max(p.size(0), p.size(1)));
    p.add_(direction.to(p.scalar_type()), new Scalar(-rate * scale));
  }

  /**
   * Roughly U Vᵀ of g = U S Vᵀ; singular values end between 0.7 and 1.2.
   *
   * @param precision of the products: bf16 is enough, and many times slower than fp32 on a
   *     processor without instructions for it
   */
  static Tensor orthogonal(Tensor g, Precision precision) {
    boolean tall = g.size(0) > g.size(1);
    Tensor x = tall ? g.t() : g;
    x = x.div(x.norm().add(new Scalar(1e-7))).to(precision.scalarType());
    for (int i = 0; i < ITERATIONS; i++) {
      Tensor a = torch.matmul(x, x.t());
      Tensor b = a.mul(new Scalar(-4.7750)).add_(torch.matmul(a, a).mul_(new Scalar(2.0315)));
      x = x.mul(new Scalar(3.4445)).add_(torch.matmul(b, x));
    }
    return tall ? x.t() : x;
  }
}
