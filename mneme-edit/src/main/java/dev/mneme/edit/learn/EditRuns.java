package dev.mneme.edit.learn;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.base.EditorConfig;
import dev.mneme.edit.base.EditorModel;
import dev.mneme.edit.base.EditorWeights;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.learn.Learner;
import dev.mneme.learn.MemoryLearner;
import dev.mneme.learn.Progress;
import dev.mneme.learn.Trainer;
import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.Condition;
import dev.mneme.memory.StaticMemory;
import dev.mneme.memory.TrainableMemory;
import dev.mneme.memory.generator.FunctionalMemory;
import dev.mneme.memory.generator.GeneratorConfig;
import dev.mneme.memory.peft.PeftAdapter;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** The runs that made the shipped models, and those they are compared with. */
public final class EditRuns {
  /** Where a finished run leaves its model, inside its directory. */
  public static final String MODEL = "model";

  /** Where a base's first lesson keeps its checkpoint, inside the run's directory. */
  private static final String READING = "reading";

  private EditRuns() {}

  /**
   * What the memory learns from: its own tasks twice, the base's once, so that these are not
   * forgotten.
   */
  public static List<EditTask> memoryShares() {
    List<EditTask> shares = new ArrayList<>(EditTasks.of(EditTask.Learner.MEMORY));
    shares.addAll(EditTasks.of(EditTask.Learner.MEMORY));
    shares.addAll(EditTasks.of(EditTask.Learner.BASE));
    return shares;
  }

  /** The generator that is shipped, for a base of this shape. */
  public static GeneratorConfig generator(EditorConfig editor, int rank) {
    return GeneratorConfig.builder(editor.layout(rank), editor.width())
        .tokenDim(editor.width())
        .alpha(rank / 4.0) // a quarter: larger changes at first undo what the base knows
        .dimAccumulation(4)
        .dModel(256)
        .headDim(64)
        .blocks(2)
        .build();
  }

  /**
   * Trains a base and writes it to the run's {@value #MODEL}: first to read, then to edit.
   *
   * @param from a base whose weights to begin with, or null to begin from nothing
   */
  public static void pretrain(
      RunConfig run, EditorConfig shape, Path from, TextEncoder encoder, Progress progress)
      throws IOException {
    Engine.start();
    Map<String, Tensor> weights =
        from == null
            ? EditorWeights.fresh(shape, run.seed())
            : EditorModel.weights(from, EditorModel.config(from));
    weights.values().forEach(w -> w.set_requires_grad(true));
    Path reading = run.training().directory().resolve(READING);
    long steps = run.training().schedule().steps();
    Reading.learn(reading, weights, EditTasks.shipped(), encoder, run.seed(), steps, progress);
    EditorBase base = new EditorBase(shape, 1, weights, true);
    train(run, new BaseLearner(base, weights), shape, encoder, progress);
    EditorModel.save(run.training().directory().resolve(MODEL), shape, weights, Precision.BF16);
  }

  /**
   * Trains a fresh functional memory on a frozen base and writes it to the run's {@value #MODEL}.
   */
  public static void learnMemory(
      RunConfig run, Path editor, int rank, TextEncoder encoder, Progress progress)
      throws IOException {
    EditorBase base = frozen(editor, rank);
    FunctionalMemory memory = FunctionalMemory.fresh(generator(base.config(), rank), run.seed());
    learn(run, base, memory, encoder, progress);
    memory.save(run.training().directory().resolve(MODEL));
  }

  /**
   * Trains one LoRA that all requests share and writes it to the run's {@value #MODEL} as a PEFT
   * directory.
   */
  public static void learnShared(
      RunConfig run, Path editor, int rank, TextEncoder encoder, Progress progress)
      throws IOException {
    EditorBase base = frozen(editor, rank);
    StaticMemory memory = StaticMemory.fresh(base.layout(), 2, run.seed());
    learn(run, base, memory, encoder, progress);
    Adapters shared = memory.recall(Condition.of(org.bytedeco.pytorch.global.torch.zeros(1, 1, 1)));
    PeftAdapter.write(run.training().directory().resolve(MODEL), shared.detached());
  }

  /** Trains a copy of the whole base further and writes it to the run's {@value #MODEL}. */
  public static void fineTune(RunConfig run, Path editor, TextEncoder encoder, Progress progress)
      throws IOException {
    Engine.start();
    EditorConfig shape = EditorModel.config(editor);
    Map<String, Tensor> weights = EditorModel.weights(editor, shape);
    weights.values().forEach(w -> w.set_requires_grad(true));
    EditorBase copy = new EditorBase(shape, 1, weights, true);
    train(run, new BaseLearner(copy, weights), shape, encoder, progress);
    EditorModel.save(run.training().directory().resolve(MODEL), shape, weights, Precision.BF16);
  }

  /** The rank a shared LoRA needs to have as many weights as the functional memory. */
  public static int matchedRank(EditorConfig editor, int rank) {
    return matchedRank(editor, generator(editor, rank));
  }

  /** As {@link #matchedRank(EditorConfig, int)}, for a generator of any shape. */
  public static int matchedRank(EditorConfig editor, GeneratorConfig generator) {
    long memory =
        FunctionalMemory.fresh(generator, 0).parameters().values().stream()
            .mapToLong(Tensor::numel)
            .sum();
    AdapterLayout one = editor.layout(1);
    long each = one.sites().stream().mapToLong(s -> s.in() + s.out()).sum() * one.layers();
    return Math.toIntExact(Math.max(1, Math.round((double) memory / each)));
  }

  private static EditorBase frozen(Path editor, int rank) throws IOException {
    Engine.start();
    EditorConfig shape = EditorModel.config(editor);
    return new EditorBase(shape, rank, EditorModel.weights(editor, shape), true);
  }

  private static void learn(
      RunConfig run,
      EditorBase base,
      TrainableMemory memory,
      TextEncoder encoder,
      Progress progress)
      throws IOException {
    train(
        run,
        new MemoryLearner<>(memory, new EditObjective(base)),
        base.config(),
        encoder,
        progress);
  }

  private static void train(
      RunConfig run,
      Learner<EditBatch> learner,
      EditorConfig shape,
      TextEncoder encoder,
      Progress progress)
      throws IOException {
    Precision precision = Engine.start().precision().value();
    ExampleMaker maker = new ExampleMaker(Wording.TRAIN, encoder, shape.tile(), run.composed());
    EditBatches batches =
        new EditBatches(run.photos(), run.tasks(), maker, run.batch(), run.seed());
    new Trainer(run.training(), precision).run(learner, batches, progress);
  }
}
