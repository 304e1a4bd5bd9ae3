package dev.mneme.edit.learn;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.base.EditorConfig;
import dev.mneme.edit.base.EditorInput;
import dev.mneme.edit.base.Glance;
import dev.mneme.edit.base.ShownMix;
import dev.mneme.edit.base.TextBatch;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.learn.Progress;
import dev.mneme.memory.LoraFactors;
import dev.mneme.memory.Memory;
import dev.mneme.memory.StaticMemory;
import dev.mneme.tensor.Autocast;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Scopes;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What a task's own LoRA learns before anything else: the mix of the lens' features that brings all
 * pictures nearest to their targets, one for all of them, in closed form. What a memory writes for
 * a task is often short of just that, and descent takes hundreds of steps for what is one small
 * system of equations.
 */
final class MixLesson {
  /** Pictures that are looked at. */
  private static final int EXAMPLES = 192;

  private static final long SEED = 72;

  /** Beside the mean second moment of a feature. There are millions of pixels. */
  private static final double RIDGE = 1e-6;

  /** What the error of a picture is at least taken for, so that none decides alone. */
  private static final double LEAST = 1e-3;

  /** Three colours. */
  static final int RANK = 3;

  private MixLesson() {}

  /**
   * Writes the mix into a fresh LoRA, in place.
   *
   * @param lora of a rank of at least {@value #RANK}
   * @param written writes what the mix is added to
   * @param base frozen
   */
  static void learn(
      StaticMemory lora,
      Memory written,
      EditorBase base,
      RunConfig run,
      TextEncoder encoder,
      Progress progress) {
    int tile = base.config().tile();
    ExampleMaker maker = new ExampleMaker(Wording.PLAIN, encoder, tile, 0);
    EditBatches source =
        new EditBatches(run.photos(), run.tasks(), maker, run.batch(), run.seed() + SEED);
    int batches = (EXAMPLES + run.batch() - 1) / run.batch();
    int k = base.config().lens();
    Scopes.run(
        () -> {
          try (NoGradGuard guard = new NoGradGuard();
              Autocast exact = Autocast.on(Precision.FP32)) {
            Sums sums = new Sums(torch.zeros(3, k), torch.zeros(k, k));
            for (int i = 0; i < batches; i++) {
              EditBatch batch = source.batch(i);
              Scopes.run(() -> sums.add(base, written, batch));
              progress.step(i + 1L, batches, Double.NaN);
            }
            put(lora, base, sums.mix());
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

  /** The first block mixes: its first ranks hold the mix, the others stay free to learn. */
  private static void put(StaticMemory lora, EditorBase base, Tensor mix) {
    String key = base.layout().key(0, EditorConfig.MIX);
    LoraFactors solved = ShownMix.factors(mix.unsqueeze(0)); // [1, 3, K] and [1, 3, 3]
    double scale = lora.scale();
    Tensor a = lora.parameters().get(key + ".lora_A");
    Tensor b = lora.parameters().get(key + ".lora_B");
    a.narrow(1, 0, RANK).copy_(solved.a().mul(new Scalar(1 / scale)));
    b.narrow(2, 0, RANK).copy_(solved.b());
  }
}
