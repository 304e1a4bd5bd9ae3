package dev.mneme.edit.learn;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.base.EditorInput;
import dev.mneme.edit.base.Glance;
import dev.mneme.edit.base.TextBatch;
import dev.mneme.learn.BatchSource;
import dev.mneme.learn.Progress;
import dev.mneme.memory.Memory;
import dev.mneme.tensor.Autocast;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Scopes;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Finds the mix of the lens' features, one for all pictures, that added to what a memory writes
 * brings them nearest to their targets: one small system of equations. What a memory writes for a
 * task is often short of just that, and descent takes hundreds of steps for it.
 *
 * @param base frozen
 * @param written writes what the mix is added to
 */
record MixSolver(EditorBase base, Memory written) {
  /** Beside the mean second moment of a feature. There are millions of pixels. */
  private static final double RIDGE = 1e-6;

  /** What the error of a picture is at least taken for, so that none decides alone. */
  private static final double LEAST = 1e-3;

  /**
   * Looks at batches, from the first on.
   *
   * @param batches how many
   * @return [3, K], of the caller's scope
   */
  Tensor solve(BatchSource<EditBatch> source, int batches, Progress progress) {
    int k = base.config().lens();
    return Scopes.call(
        () -> {
          try (NoGradGuard guard = new NoGradGuard();
              Autocast exact = Autocast.on(Precision.FP32)) {
            Sums sums = new Sums(torch.zeros(3, k), torch.zeros(k, k));
            for (int i = 0; i < batches; i++) {
              EditBatch batch = source.batch(i);
              Scopes.run(() -> sums.add(base, written, batch));
              progress.step(i + 1L, batches, Double.NaN);
            }
            return sums.mix();
          }
        });
  }

  /**
   * What there is to know of all pixels.
   *
   * @param product [3, K] features with what is left to do
   * @param second [K, K] features with each other
   */
  private record Sums(Tensor product, Tensor second) {
    /** Counts each picture by one over its error, as the gradient of {@link EditLoss} does. */
    void add(EditorBase base, Memory written, EditBatch batch) {
      TextBatch text = batch.text();
      Tensor sources = batch.sources();
      Glance glance = Glance.take(base, batch.glances(), text);
      EditorInput in = new EditorInput(sources, text, glance.context(), batch.places());
      Tensor edited = base.forward(in, written.recall(glance.condition()));
      Tensor left = batch.targets().sub(edited).flatten(2, 3); // [B, 3, P]
      Tensor error =
          left.square().mean(new long[] {1, 2}, true, new ScalarTypeOptional()).sqrt(); // [B, 1, 1]
      Tensor share = error.add(new Scalar(LEAST)).mul(new Scalar(left.size(2))).reciprocal();
      Tensor features = base.features(sources).flatten(2, 3); // [B, K, P]
      Tensor across = features.transpose(1, 2);
      product.add_(sum(left.bmm(across).mul(share)));
      second.add_(sum(features.bmm(across).mul(share)));
    }

    private static Tensor sum(Tensor rows) {
      return rows.sum(new long[] {0}, false, new ScalarTypeOptional());
    }

    /** [3, K] */
    Tensor mix() {
      Tensor slack = second.diag().mean().mul(torch.eye(second.size(0))).mul(new Scalar(RIDGE));
      return torch.linalg_solve(second.add(slack), product.t(), true).t();
    }
  }
}
