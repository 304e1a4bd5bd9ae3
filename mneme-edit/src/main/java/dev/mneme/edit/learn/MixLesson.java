package dev.mneme.edit.learn;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.base.EditorConfig;
import dev.mneme.edit.base.ShownMix;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.learn.Progress;
import dev.mneme.memory.LoraFactors;
import dev.mneme.memory.Memory;
import dev.mneme.memory.StaticMemory;
import dev.mneme.tensor.Scopes;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** What a task's own LoRA learns before anything else: the mix that {@link MixSolver} finds. */
final class MixLesson {
  /** Pictures that are looked at. */
  private static final int EXAMPLES = 192;

  private static final long SEED = 72;

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
    ExampleMaker maker = new ExampleMaker(Wording.PLAIN, encoder, base.config().tile(), 0);
    EditBatches source =
        new EditBatches(run.photos(), run.tasks(), maker, run.batch(), run.seed() + SEED);
    int batches = (EXAMPLES + run.batch() - 1) / run.batch();
    Scopes.run(
        () -> {
          try (NoGradGuard guard = new NoGradGuard()) {
            put(lora, base, MixSolver.first(base, written).look(source, batches, progress).mix());
          }
        });
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
