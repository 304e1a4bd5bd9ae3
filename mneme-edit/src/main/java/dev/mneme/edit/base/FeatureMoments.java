package dev.mneme.edit.base;

import dev.mneme.tensor.Scopes;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Second moments of the lens' known features, gathered tile by tile, and what whitens them. */
public final class FeatureMoments {
  /**
   * Directions of less variance than this are not enlarged further: they are below the steps of 8
   * bits, and would be noise.
   */
  private static final double LEAST = 1e-5;

  private final PixelFeatures features;
  private final Tensor sum = torch.zeros(PixelFeatures.COUNT, PixelFeatures.COUNT);
  private long pixels;

  /**
   * @param tile side of the tiles that will come
   */
  public FeatureMoments(int tile) {
    this.features = new PixelFeatures(tile);
    sum.retainReference();
  }

  /**
   * @param tiles [B, 3, tile, tile]
   */
  public void add(Tensor tiles) {
    Scopes.run(
        () -> {
          try (NoGradGuard guard = new NoGradGuard()) {
            Tensor f = features.of(tiles).transpose(0, 1).reshape(PixelFeatures.COUNT, -1);
            sum.add_(torch.matmul(f, f.t()));
            pixels += f.size(1);
          }
        });
  }

  /** C^(-1/2) of the moments C so far, [38, 38], symmetric. */
  public Tensor whitening() {
    return Scopes.call(
        () -> {
          Tensor moments = sum.div(new Scalar((double) pixels)).to(torch.ScalarType.Double);
          T_TensorTensor_T solved =
              torch.linalg_eigh(moments, new org.bytedeco.javacpp.BytePointer("L"));
          Tensor roots = solved.get0().clamp_min(new Scalar(0.0)).add(new Scalar(LEAST)).rsqrt();
          Tensor vectors = solved.get1();
          return torch.matmul(vectors.mul(roots), vectors.t()).to(torch.ScalarType.Float);
        });
  }
}
