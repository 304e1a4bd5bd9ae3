package dev.mneme.edit.learn;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.base.EditorConfig;
import dev.mneme.edit.base.EditorModel;
import dev.mneme.edit.base.EditorWeights;
import dev.mneme.edit.pipeline.Memories;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.learn.Learner;
import dev.mneme.learn.MemoryLearner;
import dev.mneme.learn.Progress;
import dev.mneme.learn.Trainer;
import dev.mneme.memory.Condition;
import dev.mneme.memory.Memory;
import dev.mneme.memory.NoMemory;
import dev.mneme.memory.StaticMemory;
import dev.mneme.memory.SumMemory;
import dev.mneme.memory.generator.FunctionalMemory;
import dev.mneme.memory.peft.PeftAdapter;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Who learns in a run, and how it is kept when the run is over.
 *
 * @param learner what is trained, in place
 * @param shape of the base it works with
 * @param wording the sentences it learns from
 * @param first what it learns before anything else
 * @param saver writes what has been learned
 */
public record EditStudent(
    Learner<EditBatch> learner, EditorConfig shape, Wording wording, Lesson first, Saver saver) {
  /** Where a first lesson keeps its checkpoint, inside the run's directory. */
  private static final String READING = "reading";

  private static final String LENS = "lens";

  /** Nothing to learn beforehand. */
  public static final Lesson NONE = (run, encoder, progress) -> {};

  /** Who learns from all training sentences. */
  private EditStudent(Learner<EditBatch> learner, EditorConfig shape, Lesson first, Saver saver) {
    this(learner, shape, Wording.TRAIN, first, saver);
  }

  /** Writes a model into a folder, which it makes. */
  @FunctionalInterface
  public interface Saver {
    void save(Path folder) throws IOException;
  }

  /** Something to learn before the run itself, kept in its directory too. */
  @FunctionalInterface
  public interface Lesson {
    void learn(RunConfig run, TextEncoder encoder, Progress progress) throws IOException;
  }

  /**
   * A base that learns to read and then to edit.
   *
   * @param from a base whose weights to begin with, or null to begin from nothing
   * @throws IOException if that cannot be read
   */
  public static EditStudent base(EditorConfig shape, Path from, long seed) throws IOException {
    Engine.start();
    Map<String, Tensor> weights =
        from == null
            ? EditorWeights.fresh(shape, seed)
            : EditorModel.weights(from, EditorModel.config(from));
    return whole(
        shape,
        weights,
        (run, encoder, progress) -> {
          if (from == null) {
            Whitening.measure(shape, weights.get(EditorWeights.WHITENING), run);
          }
          Path reading = run.training().directory().resolve(READING);
          long steps = run.training().schedule().steps();
          Reading.learn(
              reading, weights, EditTasks.founding(), encoder, run.seed(), steps, progress);
        });
  }

  /**
   * A copy of a whole base, to be trained further.
   *
   * @param from an earlier such copy to go on with, or null to begin with the base itself
   * @throws IOException if either cannot be read, or the two are of different shapes
   */
  public static EditStudent full(Path editor, Path from) throws IOException {
    Engine.start();
    EditorConfig shape = EditorModel.config(editor);
    return whole(shape, EditorModel.weights(from == null ? editor : from, shape), NONE);
  }

  private static EditStudent whole(EditorConfig shape, Map<String, Tensor> weights, Lesson first) {
    Map<String, Tensor> trainable = EditorWeights.trainable(weights);
    trainable.values().forEach(w -> w.set_requires_grad(true));
    EditorBase base = new EditorBase(shape, 1, weights, true);
    return new EditStudent(
        new BaseLearner(base, trainable),
        shape,
        first,
        folder -> EditorModel.save(folder, shape, weights, Precision.BF16));
  }

  /**
   * A functional memory on a frozen base.
   *
   * @param from a memory whose weights to begin with, or null to begin with the lens' lesson
   * @param rank of a fresh one's adapters
   * @throws IOException if the base or the memory cannot be read, or the two do not fit
   */
  public static EditStudent memory(Path editor, Path from, int rank, long seed) throws IOException {
    return from == null ? freshMemory(editor, rank, seed) : memory(editor, from);
  }

  private static EditStudent memory(Path editor, Path from) throws IOException {
    Engine.start();
    FunctionalMemory memory = FunctionalMemory.loadTrainable(from);
    EditorBase base = frozen(editor, memory.layout().rank());
    requireFit(base, memory, from);
    return new EditStudent(
        new MemoryLearner<>(memory, new EditObjective(base)), base.config(), NONE, memory::save);
  }

  private static EditStudent freshMemory(Path editor, int rank, long seed) throws IOException {
    EditorBase base = frozen(editor, rank);
    FunctionalMemory memory = FunctionalMemory.fresh(EditRuns.generator(base.config(), rank), seed);
    return new EditStudent(
        new MemoryLearner<>(memory, new EditObjective(base)),
        base.config(),
        lens(memory, base),
        memory::save);
  }

  /** A fresh memory's first lesson: what to mix of the lens' features. */
  public static Lesson lens(FunctionalMemory memory, EditorBase base) {
    return (run, encoder, progress) -> {
      Path directory = run.training().directory();
      // A run that goes on has its own weights; the lesson's would only be read over.
      if (!run.photos().isEmpty() && !Trainer.hasBegun(directory)) {
        LensLesson.learn(directory.resolve(LENS), memory, base, run, encoder, progress);
      }
    };
  }

  private static void requireFit(EditorBase base, FunctionalMemory memory, Path place)
      throws IOException {
    int reads = memory.generator().config().inputDim();
    if (!base.layout().required().equals(memory.layout()) || reads != base.config().width()) {
      throw new IOException(
          "%s: expected a memory that reads %d values for %s, found one that reads %d for %s"
              .formatted(
                  place,
                  base.config().width(),
                  base.layout().describe(),
                  reads,
                  memory.layout().describe()));
    }
  }

  /**
   * One LoRA that all requests share, on a frozen base; kept as a PEFT directory.
   *
   * @param from such a directory to go on with, or null to begin with a fresh LoRA
   * @throws IOException if the base or the directory cannot be read
   * @throws dev.mneme.memory.AdapterMismatchException if the two do not fit
   */
  public static EditStudent shared(Path editor, Path from, int rank, long seed) throws IOException {
    EditorBase base = frozen(editor, rank);
    StaticMemory memory = lora(base, from, seed);
    return new EditStudent(
        new MemoryLearner<>(memory, new EditObjective(base)),
        base.config(),
        NONE,
        saver(memory, torch.ScalarType.Float));
  }

  /**
   * One task's own LoRA, added to what the editor's memory writes for it; kept as a PEFT directory.
   * Since an edit reads a known wish in plain words, it learns from the plainest sentences alone. A
   * fresh one of rank 3 or more begins with what a mix of features does for all pictures alike.
   *
   * @param models the folder of the base and its memories; a task that the base does alone is
   *     learned on the base alone
   * @param from such a directory to go on with, or null to begin with a fresh LoRA
   * @throws IOException if a model or the directory cannot be read
   * @throws dev.mneme.memory.AdapterMismatchException if they do not fit
   */
  public static EditStudent task(Path models, EditTask task, Path from, int rank, long seed)
      throws IOException {
    EditorBase base = frozen(models.resolve(Memories.EDITOR), rank);
    Memory written =
        task.learner() == EditTask.Learner.BASE
            ? new NoMemory(base.layout())
            : Memories.load(models, base.config()).of(task.name());
    StaticMemory lora = lora(base, from, seed);
    return new EditStudent(
        new MemoryLearner<>(new SumMemory(written, lora), new EditObjective(base)),
        base.config(),
        Wording.PLAIN,
        from == null && rank >= MixLesson.RANK ? mix(lora, written, base) : NONE,
        saver(lora, torch.ScalarType.Half));
  }

  private static Lesson mix(StaticMemory lora, Memory written, EditorBase base) {
    return (run, encoder, progress) -> {
      if (!run.photos().isEmpty() && !Trainer.hasBegun(run.training().directory())) {
        MixLesson.learn(lora, written, base, run, encoder, progress);
      }
    };
  }

  private static StaticMemory lora(EditorBase base, Path from, long seed) throws IOException {
    return from == null
        ? StaticMemory.fresh(base.layout(), 2, seed)
        : StaticMemory.of(PeftAdapter.read(from, base.layout()));
  }

  private static Saver saver(StaticMemory lora, torch.ScalarType type) {
    return folder ->
        PeftAdapter.write(folder, lora.recall(Condition.of(torch.zeros(1, 1, 1))).detached(), type);
  }

  private static EditorBase frozen(Path editor, int rank) throws IOException {
    Engine.start();
    EditorConfig shape = EditorModel.config(editor);
    return new EditorBase(shape, rank, EditorModel.weights(editor, shape), true);
  }
}
