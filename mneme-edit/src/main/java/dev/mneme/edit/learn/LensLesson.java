package dev.mneme.edit.learn;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.base.EditorInput;
import dev.mneme.edit.base.Glance;
import dev.mneme.edit.base.TextBatch;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.learn.BatchSource;
import dev.mneme.learn.Learner;
import dev.mneme.learn.Progress;
import dev.mneme.learn.Schedule;
import dev.mneme.learn.Trainer;
import dev.mneme.learn.TrainingConfig;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.Condition;
import dev.mneme.memory.generator.FunctionalMemory;
import dev.mneme.tensor.Autocast;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Scopes;
import dev.mneme.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * A memory's first lesson: the lens alone. While nothing but the mix of features is written, the
 * loss of an example is a quadratic function of the written mix, and its moments say all there is
 * to know of its pixels. So they are taken once for some thousand examples, and a step costs one
 * pass of the generator; what comes out is the loss through the whole frozen base, not an
 * approximation of it.
 */
final class LensLesson {
  private static final int EXAMPLES = 3072;
  private static final long STEPS = 1200;
  private static final int SIZE = 24;
  private static final double PEAK = 7e-4;
  private static final long SEED = 71;

  private LensLesson() {}

  /**
   * An example without its pixels.
   *
   * @param task its label
   * @param condition [L, d] tokens that are present
   * @param second [K, K] second moments of the features
   * @param product [3, K] moments of features with what the base alone leaves to do
   * @param rest mean square of that
   */
  private record Example(
      String task, float[] condition, float[] second, float[] product, float rest) {}

  private record Page(List<Example> examples) implements dev.mneme.learn.Batch {
    @Override
    public List<String> labels() {
      return examples.stream().map(Example::task).toList();
    }
  }

  /**
   * Trains a fresh memory in place.
   *
   * @param directory of this lesson; one that is finished is read back
   * @param base frozen
   * @param progress told of the steps
   */
  static void learn(
      Path directory,
      FunctionalMemory memory,
      EditorBase base,
      RunConfig run,
      TextEncoder encoder,
      Progress progress)
      throws IOException {
    long ofRun = run.training().schedule().steps();
    long steps = Math.min(STEPS, ofRun);
    int batches = (int) Math.min(EXAMPLES / run.batch() + 1L, ofRun);
    int tile = base.config().tile();
    ExampleMaker maker = new ExampleMaker(Wording.TRAIN, encoder, tile, run.composed());
    BatchSource<EditBatch> source =
        new EditBatches(run.photos(), run.tasks(), maker, run.batch(), run.seed() + SEED);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < batches; i++) {
      EditBatch batch = source.batch(i);
      Scopes.run(() -> examples.addAll(moments(base, batch)));
      progress.step(i + 1L, batches, Double.NaN);
    }
    Schedule schedule = new Schedule(steps, Math.min(50, steps), PEAK, 0.02);
    TrainingConfig config =
        new TrainingConfig(directory, schedule, 0.01, 1, run.training().muon(), 500, 50);
    new Trainer(config, Engine.start().precision().value())
        .run(new Lesson(memory, base), step -> page(examples, run.seed(), step), progress);
  }

  private static Page page(List<Example> examples, long seed, long step) {
    Random random = new Random(EditBatches.mix(seed, step));
    List<Example> drawn = new ArrayList<>();
    for (int i = 0; i < SIZE; i++) {
      drawn.add(examples.get(random.nextInt(examples.size())));
    }
    return new Page(drawn);
  }

  private static List<Example> moments(EditorBase base, EditBatch batch) {
    try (NoGradGuard guard = new NoGradGuard()) {
      TextBatch text = batch.text();
      Tensor sources = batch.sources();
      Glance glance;
      Tensor left; // [B, 3, P]
      Tensor features; // [B, K, P]
      try (Autocast autocast = Autocast.on(Engine.start().precision().value())) {
        glance = Glance.take(base, batch.glances(), text);
        EditorInput in = new EditorInput(sources, text, glance.context(), batch.places());
        left = batch.targets().sub(base.forward(in, Adapters.none())).flatten(2, 3);
        features = base.features(sources).to(left.scalar_type()).flatten(2, 3);
      }
      Scalar share = new Scalar(1.0 / left.size(2));
      Tensor across = features.transpose(1, 2);
      float[] second = Tensors.toFloats(features.bmm(across).mul(share));
      float[] product = Tensors.toFloats(left.bmm(across).mul(share));
      float[] rest =
          Tensors.toFloats(left.square().mean(new long[] {1, 2}, false, new ScalarTypeOptional()));
      List<Example> all = new ArrayList<>();
      for (int i = 0; i < rest.length; i++) {
        all.add(
            new Example(
                batch.labels().get(i),
                present(glance.condition().select(i)),
                row(second, i, rest.length),
                row(product, i, rest.length),
                rest[i]));
      }
      return all;
    }
  }

  private static float[] row(float[] all, int row, int rows) {
    int size = all.length / rows;
    return Arrays.copyOfRange(all, row * size, (row + 1) * size);
  }

  /** Tokens of one row that its mask leaves. */
  private static float[] present(Condition row) {
    int width = row.width();
    float[] states = Tensors.toFloats(row.states());
    long[] mask = Tensors.toLongs(row.mask());
    float[] kept = new float[states.length];
    int length = 0;
    for (int token = 0; token < mask.length; token++) {
      if (mask[token] != 0) {
        System.arraycopy(states, token * width, kept, length++ * width, width);
      }
    }
    return Arrays.copyOf(kept, length * width);
  }

  private record Lesson(FunctionalMemory memory, EditorBase base) implements Learner<Page> {
    @Override
    public Map<String, Tensor> parameters() {
      return memory.parameters();
    }

    @Override
    public Tensor loss(Page page) {
      List<Example> examples = page.examples();
      int width = base.config().width();
      int k = base.config().lens();
      Condition condition =
          Condition.stack(
              examples.stream()
                  .map(
                      e ->
                          Tensors.fromFloats(e.condition(), 1, e.condition().length / width, width))
                  .map(Condition::of)
                  .toList());
      Adapters adapters = memory.recall(condition);
      try (Autocast exact = Autocast.on(Precision.FP32)) {
        Tensor mix = base.mixed(adapters); // [B, 3, K]
        Tensor second = stacked(examples.stream().map(Example::second).toList(), k, k);
        Tensor product = stacked(examples.stream().map(Example::product).toList(), 3, k);
        float[] rest = new float[examples.size()];
        for (int i = 0; i < rest.length; i++) {
          rest[i] = examples.get(i).rest();
        }
        Tensor change = mix.bmm(second).sub(product.mul(new Scalar(2.0))).mul(mix);
        Tensor mse =
            change
                .sum(new long[] {1, 2}, false, new ScalarTypeOptional())
                .div(new Scalar(3.0))
                .add(Tensors.fromFloats(rest, rest.length));
        return EditLoss.root(mse.clamp_min(new Scalar(0.0)));
      }
    }

    private static Tensor stacked(List<float[]> rows, int height, int width) {
      float[] all = new float[rows.size() * height * width];
      for (int i = 0; i < rows.size(); i++) {
        System.arraycopy(rows.get(i), 0, all, i * height * width, height * width);
      }
      return Tensors.fromFloats(all, rows.size(), height, width);
    }
  }
}
