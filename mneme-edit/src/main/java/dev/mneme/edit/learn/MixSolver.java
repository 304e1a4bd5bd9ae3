package dev.mneme.edit.learn;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.base.EditorInput;
import dev.mneme.edit.base.Glance;
import dev.mneme.edit.base.TextBatch;
import dev.mneme.learn.BatchSource;
import dev.mneme.learn.Progress;
import dev.mneme.memory.Adapters;
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
 * Finds the mix of features, one for all pictures, that added to what a memory writes brings them
 * nearest to their targets: one small system of equations. What a memory writes for a task is often
 * short of just that, and descent takes hundreds of steps for it.
 *
 * @param base frozen
 * @param written writes what the mix is added to
 * @param own what is added to that already
 * @param sight what is mixed
 */
record MixSolver(EditorBase base, Memory written, Adapters own, Sight sight) {
  /** Features of every pixel, of tiles as they were and as a first edit left them. */
  @FunctionalInterface
  interface Sight {
    /** [B, 3, T, T] each to [B, F, T, T]. */
    Tensor of(Tensor sources, Tensor edited);
  }

  /** The mix that stands in the first edit. */
  static MixSolver first(EditorBase base, Memory written) {
    return new MixSolver(
        base, written, Adapters.none(), (sources, edited) -> base.features(sources));
  }

  /** The mix that stands after it. */
  static MixSolver second(EditorBase base, Memory written, Adapters own) {
    return new MixSolver(base, written, own, base::secondFeatures);
  }

  /** What the error of a picture is at least taken for, so that none decides alone. */
  private static final double LEAST = 1e-3;

  /**
   * Looks at batches, from the first on.
   *
   * @param batches how many
   * @return all that there is to know of their pixels, of the caller's scope
   */
  MixSystem look(BatchSource<EditBatch> source, int batches, Progress progress) {
    return Scopes.call(
        () -> {
          try (NoGradGuard guard = new NoGradGuard();
              Autocast exact = Autocast.on(Precision.FP32)) {
            MixSystem sums = sums(source.batch(0));
            progress.step(1, batches, Double.NaN);
            for (int i = 1; i < batches; i++) {
              EditBatch batch = source.batch(i);
              Scopes.run(() -> sums.add(sums(batch)));
              progress.step(i + 1L, batches, Double.NaN);
            }
            return sums;
          }
        },
        MixSystem::tensors);
  }

  /** Counts each picture by one over its error, as the gradient of {@link EditLoss} does. */
  private MixSystem sums(EditBatch batch) {
    return Scopes.call(
        () -> {
          TextBatch text = batch.text();
          Tensor sources = batch.sources();
          Glance glance = Glance.take(base, batch.glances(), text);
          EditorInput in = new EditorInput(sources, text, glance.context(), batch.places());
          Tensor edited = base.forward(in, written.recall(glance.condition()).plus(own));
          Tensor left = batch.targets().sub(edited).flatten(2, 3); // [B, 3, P]
          Tensor error = // [B, 1, 1]
              left.square().mean(new long[] {1, 2}, true, new ScalarTypeOptional()).sqrt();
          Tensor share = error.add(new Scalar(LEAST)).mul(new Scalar(left.size(2))).reciprocal();
          Tensor features = sight.of(sources, edited).flatten(2, 3); // [B, F, P]
          Tensor across = features.transpose(1, 2).mul(share);
          return new MixSystem(sum(left.bmm(across)), sum(features.bmm(across)));
        },
        MixSystem::tensors);
  }

  private static Tensor sum(Tensor rows) {
    return rows.sum(new long[] {0}, false, new ScalarTypeOptional(torch.ScalarType.Double));
  }
}
