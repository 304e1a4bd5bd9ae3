package dev.mneme.edit.learn;

import dev.mneme.edit.base.EditorConfig;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.learn.Progress;
import dev.mneme.learn.RateFinder;
import dev.mneme.learn.RateSweep;
import dev.mneme.learn.Trainer;
import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.generator.FunctionalMemory;
import dev.mneme.memory.generator.GeneratorConfig;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** The runs that made the shipped models, and those they are compared with. */
public final class EditRuns {
  /** Where a finished run leaves its model, inside its directory. */
  public static final String MODEL = "model";

  private EditRuns() {}

  /**
   * Shares of tasks that need more than others: blurred pictures hardly show what deblurring mixes,
   * so little is learned from each; haze is cleared by undoing what the base does; and these two of
   * the base's are the ones whose wishes are most often taken for their opposite, which is the
   * memory's.
   */
  private static final Map<String, Integer> HARD =
      Map.of("deblur", 8, "clear_haze", 10, "denoise", 6, "add_haze", 3, "remove_grain", 3);

  /**
   * What the memory learns from: its own tasks four times, or six where the operator depends on the
   * picture, and the base's once, so that these are not forgotten; but for a few hard ones.
   */
  public static List<EditTask> memoryShares() {
    List<EditTask> shares = new ArrayList<>();
    for (EditTask task : EditTasks.of(EditTask.Learner.MEMORY)) {
      int usual = task.pictureDependent() ? 6 : 4;
      shares.addAll(Collections.nCopies(HARD.getOrDefault(task.name(), usual), task));
    }
    for (EditTask task : EditTasks.of(EditTask.Learner.BASE)) {
      shares.addAll(Collections.nCopies(HARD.getOrDefault(task.name(), 1), task));
    }
    return shares;
  }

  /** What the base learns from: its own tasks, and one time in four to leave a picture alone. */
  public static List<EditTask> baseShares() {
    List<EditTask> untouched = EditTasks.untouched();
    List<EditTask> shares = new ArrayList<>(untouched);
    for (int i = 0; i < 10; i++) {
      shares.add(untouched.get(0)); // what no editor can do, beside what others may
    }
    for (int i = 0; i < 9; i++) {
      shares.addAll(EditTasks.of(EditTask.Learner.BASE));
    }
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
    teach(run, EditStudent.base(shape, from, run.seed()), encoder, progress);
  }

  /**
   * Trains a fresh functional memory on a frozen base and writes it to the run's {@value #MODEL}.
   */
  public static void learnMemory(
      RunConfig run, Path editor, int rank, TextEncoder encoder, Progress progress)
      throws IOException {
    teach(run, EditStudent.memory(editor, null, rank, run.seed()), encoder, progress);
  }

  /**
   * Trains one LoRA that all requests share and writes it to the run's {@value #MODEL} as a PEFT
   * directory.
   */
  public static void learnShared(
      RunConfig run, Path editor, int rank, TextEncoder encoder, Progress progress)
      throws IOException {
    teach(run, EditStudent.shared(editor, null, rank, run.seed()), encoder, progress);
  }

  /** Trains a copy of the whole base further and writes it to the run's {@value #MODEL}. */
  public static void fineTune(RunConfig run, Path editor, TextEncoder encoder, Progress progress)
      throws IOException {
    teach(run, EditStudent.full(editor, null), encoder, progress);
  }

  /** Trains a student and writes what it has learned to the run's {@value #MODEL}. */
  public static void teach(
      RunConfig run, EditStudent student, TextEncoder encoder, Progress progress)
      throws IOException {
    Precision precision = Engine.start().precision().value();
    RunSources sources = new RunSources(run, student.wording(), encoder, student.shape().tile());
    student.first().learn(run, encoder, progress);
    new Trainer(run.training(), precision)
        .run(student.learner(), sources.train(), sources.heldOut(), progress);
    student.saver().save(run.training().directory().resolve(MODEL));
  }

  /**
   * Tries learning rates out on a fresh student, which is of no use afterwards. Its first lesson is
   * kept for the run to come.
   */
  public static RateSweep findRate(
      RunConfig run,
      EditStudent student,
      TextEncoder encoder,
      RateSweep.Range range,
      Progress progress)
      throws IOException {
    Precision precision = Engine.start().precision().value();
    RunSources sources = new RunSources(run, student.wording(), encoder, student.shape().tile());
    student.first().learn(run, encoder, progress);
    return RateFinder.sweep(
        student.learner(), sources.train(), run.training(), range, precision, progress);
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
}
