package dev.mneme.lab.method;

import dev.mneme.memory.Condition;
import dev.mneme.tensor.Scopes;
import dev.mneme.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Which task a condition is like: kernel ridge regression (Saunders, Gammerman and Vovk, 1998) of
 * one score for each name, over conditions that were kept of it. A condition is known by its first
 * token, the sentence as a whole, along the axes on which those that were kept differ, each made
 * equally long; near is what the Gaussian kernel says of two directions.
 *
 * @param names in the order of scores, T
 * @param centre [D] mean of what was kept
 * @param whitening [D, D]
 * @param points [N, D] directions of what was kept
 * @param weights [N, T]
 */
record KernelRouter(
    List<String> names, float[] centre, float[] whitening, float[] points, float[] weights) {
  /** The kernel is exp(-SHARPNESS (1 - cosine)). */
  private static final double SHARPNESS = 4;

  private static final double RIDGE = 0.1;

  /** Axes on which almost nothing differs are not made longer than this share of the mean. */
  private static final double LEAST = 1e-3;

  /**
   * Learns from conditions that were kept.
   *
   * @param kept senses ({@link #sense}) by name, at least one in all
   */
  static KernelRouter fit(Map<String, List<float[]>> kept) {
    List<String> names = List.copyOf(kept.keySet());
    List<float[]> rows = new ArrayList<>();
    List<Integer> owners = new ArrayList<>();
    for (int t = 0; t < names.size(); t++) {
      for (float[] row : kept.get(names.get(t))) {
        rows.add(row);
        owners.add(t);
      }
    }
    int n = rows.size();
    int d = rows.get(0).length;
    float[] all = new float[n * d];
    float[] targets = new float[n * names.size()];
    for (int i = 0; i < n; i++) {
      System.arraycopy(rows.get(i), 0, all, i * d, d);
      targets[i * names.size() + owners.get(i)] = 1;
    }
    float[][] out = new float[4][];
    Scopes.run(
        () -> {
          Tensor x = Tensors.fromFloats(all, n, d).to(torch.ScalarType.Double);
          Tensor centre = x.mean(new long[] {0}, true, null);
          Tensor whitening = whitening(x.sub(centre));
          Tensor points = unit(x.sub(centre).matmul(whitening));
          Tensor kernel = kernel(points, points);
          kernel.diagonal().add_(new Scalar(RIDGE));
          Tensor y = Tensors.fromFloats(targets, n, names.size()).to(torch.ScalarType.Double);
          Tensor weights = torch.cholesky_solve(y, torch.linalg_cholesky(kernel));
          out[0] = Tensors.toFloats(centre);
          out[1] = Tensors.toFloats(whitening);
          out[2] = Tensors.toFloats(points);
          out[3] = Tensors.toFloats(weights);
        });
    return new KernelRouter(names, out[0], out[1], out[2], out[3]);
  }

  /** The sentence of a batch of 1 as a whole, [D]. */
  static float[] sense(Condition row) {
    return Tensors.toFloats(row.states().narrow(1, 0, 1));
  }

  /**
   * How much a condition is like what was kept of each name: near 1 what is, near 0 what is not.
   */
  double[] scores(float[] sense) {
    float[][] out = new float[1][];
    int d = centre.length;
    Scopes.run(
        () -> {
          Tensor x = Tensors.fromFloats(sense, 1, d).sub(Tensors.fromFloats(centre, 1, d));
          Tensor point = unit(x.matmul(Tensors.fromFloats(whitening, d, d)));
          Tensor near = kernel(point, Tensors.fromFloats(points, points.length / d, d));
          long n = points.length / d;
          out[0] = Tensors.toFloats(near.matmul(Tensors.fromFloats(weights, n, names.size())));
        });
    double[] scores = new double[names.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = out[0][i];
    }
    return scores;
  }

  /** Eigenvectors of the covariance, each divided by the deviation along it: [D, D]. */
  private static Tensor whitening(Tensor centred) {
    Tensor covariance = centred.t().matmul(centred).div(new Scalar((double) centred.size(0)));
    var eigen = torch.linalg_eigh(covariance);
    Tensor variances = eigen.get0();
    double least = LEAST * variances.mean().item_double() + 1e-12;
    return eigen.get1().div(variances.clamp_min(new Scalar(least)).sqrt().unsqueeze(0));
  }

  private static Tensor unit(Tensor rows) {
    Tensor length = rows.square().sum(new long[] {1}, true, null).sqrt();
    return rows.div(length.clamp_min(new Scalar(1e-12)));
  }

  private static Tensor kernel(Tensor a, Tensor b) {
    return a.matmul(b.t()).sub(new Scalar(1.0)).mul(new Scalar(SHARPNESS)).exp();
  }
}
