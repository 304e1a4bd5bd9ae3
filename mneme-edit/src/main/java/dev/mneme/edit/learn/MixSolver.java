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

  /**
   * How much it counts that a pixel gets the same from a tile that ends near it as from one that
   * goes on. The second mix of {@code local_tone}, which looks far, shows no seams with this much
   * for 0.45 dB; with a tenth of it half of them are left.
   */
  private static final double AGREE = 100;

  /**
   * Of a tile the eighth that its neighbour has too, and of that the fourth that counts for
   * nothing: as {@code edit.pipeline.Stroke} cuts and fades them.
   */
  private static final int OVERLAPS = 8;

  private static final int MARGINS = 4;

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

  /**
   * Counts each picture by one over its error, as the gradient of {@link EditLoss} does; and so
   * what a mix says otherwise of the same pixel where its tile ends, which would be a seam.
   */
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
          Tensor seen = sight.of(sources, edited);
          Tensor features = seen.flatten(2, 3); // [B, F, P]
          Tensor across = features.transpose(1, 2).mul(share);
          Tensor apart = apart(sources, edited, seen).flatten(2, 3); // [B, F, fewer]
          Tensor agree = apart.bmm(apart.transpose(1, 2).mul(share)).mul(new Scalar(AGREE));
          return new MixSystem(sum(left.bmm(across)), sum(features.bmm(across).add(agree)));
        },
        MixSystem::tensors);
  }

  /**
   * What features of pixels would change by if their tile ended as soon as its neighbour begins.
   */
  private Tensor apart(Tensor sources, Tensor edited, Tensor features) {
    long overlap = sources.size(2) / OVERLAPS;
    Tensor ended = sight.of(ended(sources, overlap), ended(edited, overlap));
    return inner(features.sub(ended), overlap + overlap / MARGINS);
  }

  private static Tensor ended(Tensor tiles, long by) {
    return torch.replication_pad2d(inner(tiles, by), new long[] {by, by, by, by});
  }

  private static Tensor inner(Tensor tiles, long border) {
    long side = tiles.size(2) - 2 * border;
    return tiles.narrow(2, border, side).narrow(3, border, side);
  }

  private static Tensor sum(Tensor rows) {
    return rows.sum(new long[] {0}, false, new ScalarTypeOptional(torch.ScalarType.Double));
  }
}
