package dev.mneme.edit.pipeline;

import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.tensor.Autocast;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Tensors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Makes an example pair of a picture whose look is wanted and that has no "before": the photo's
 * colours, moved by the linear map that gives them the other picture's mean and covariance and
 * moves them least (the Monge-Kantorovitch map; Pitié and Kokaram, "The linear Monge-Kantorovitch
 * linear colour mapping for example-based colour transfer", 2007).
 *
 * <p>It takes light, contrast and tint, and nothing finer: grain and glow need a pair.
 */
final class ReferenceLook {
  /** Longest side that is looked at; colours need no more. */
  private static final int LONGEST = 512;

  /** Most that any direction of colour is stretched, or squeezed. */
  private static final double MOST = 3;

  private static final double LEAST_VARIANCE = 1e-5;

  private ReferenceLook() {}

  /** The photo, reduced, and the same with the colours of the reference. */
  static ExamplePair pair(RasterImage photo, RasterImage reference) {
    Picture before = reduced(photo);
    try (PointerScope scope = new PointerScope();
        Autocast exact = Autocast.on(Precision.FP32)) {
      Tensor own = colours(before); // [3, P]
      Tensor others = colours(reduced(reference));
      Tensor middle = mean(own);
      Tensor moved =
          torch.matmul(map(covariance(own), covariance(others)), own.sub(middle)).add(mean(others));
      float[] rgb = Tensors.toFloats(moved.to(torch.ScalarType.Float));
      Picture after = new Picture(before.width(), before.height(), rgb).clamped();
      return new ExamplePair(RasterImage.of(before), RasterImage.of(after));
    }
  }

  private static Picture reduced(RasterImage image) {
    int width = image.width();
    int height = image.height();
    double scale = Math.min(1, (double) LONGEST / Math.max(width, height));
    int columns = Math.max(1, (int) Math.round(width * scale));
    int rows = Math.max(1, (int) Math.round(height * scale));
    return image.toPicture(0, 0, width, height, columns, rows);
  }

  private static Tensor colours(Picture picture) {
    return torch.tensor(picture.rgb()).view(3, -1).to(torch.ScalarType.Double);
  }

  private static Tensor mean(Tensor colours) {
    return colours.mean(new long[] {1}, true, new ScalarTypeOptional());
  }

  private static Tensor covariance(Tensor colours) {
    Tensor centred = colours.sub(mean(colours));
    return torch.matmul(centred, centred.t()).div(new Scalar((double) colours.size(1)));
  }

  /** The symmetric T with T from T = to: from^-1/2 (from^1/2 to from^1/2)^1/2 from^-1/2. */
  private static Tensor map(Tensor from, Tensor to) {
    Tensor root = power(from, 0.5, LEAST_VARIANCE, Double.MAX_VALUE);
    Tensor inverse = power(from, -0.5, LEAST_VARIANCE, Double.MAX_VALUE);
    Tensor between = torch.matmul(torch.matmul(root, to), root);
    Tensor map =
        torch.matmul(torch.matmul(inverse, power(between, 0.5, 0, Double.MAX_VALUE)), inverse);
    return power(map, 1, 1 / MOST, MOST);
  }

  /** A power of a symmetric matrix whose eigenvalues are first brought between two bounds. */
  private static Tensor power(Tensor matrix, double exponent, double least, double most) {
    T_TensorTensor_T parts = torch.linalg_eigh(matrix);
    Tensor values = parts.get0().clamp(optional(least), optional(most)).pow(new Scalar(exponent));
    Tensor vectors = parts.get1();
    return torch.matmul(vectors.mul(values), vectors.t());
  }

  private static ScalarOptional optional(double value) {
    return new ScalarOptional(new Scalar(value));
  }
}
