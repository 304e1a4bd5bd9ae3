package dev.mneme.edit.learn;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.base.EditorConfig;
import dev.mneme.edit.base.EditorModel;
import dev.mneme.edit.base.SecondSight;
import dev.mneme.edit.base.ShownMix;
import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.pipeline.Memories;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.learn.Progress;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.Memory;
import dev.mneme.memory.NoMemory;
import dev.mneme.memory.peft.PeftAdapter;
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
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Betters single tasks of an editor in a minute each, and leaves all others as they are: for each
 * the mix of features that added to what its memory writes is best for all pictures alike ({@link
 * MixSolver}), and a second one of what that leaves, kept as a LoRA of the task's own where they
 * help.
 */
public final class TaskMix {
  private static final int BATCH = 8;

  /** Batches that are learned from, and others that are judged by. */
  private static final int LEARNED = 16;

  private static final int JUDGED = 5;

  /** A second mix has three times the unknowns. */
  private static final int LEARNED_AGAIN = 24;

  /** A gain counts from this many standard errors on. */
  private static final double SURE = 2;

  /** What a second mix has to gain, in dB, to be worth the third more time that it takes. */
  private static final double WORTH = 0.3;

  /** What it may lose, in dB, by seeing less of what was edited, which takes less time. */
  private static final double PRICE = 0.1;

  /**
   * From here on, in dB, what a second mix finds to do is mostly what a file's compression left,
   * which nobody asked to be touched.
   */
  private static final double DONE = 36;

  private final EditorBase base;
  private final Memories memories;
  private final List<Photo> photos;
  private final TextEncoder encoder;
  private final long seed;

  /**
   * Opens the base and the memories of a folder of models.
   *
   * @param photos for training
   * @param seed of the examples
   * @throws IOException if a model cannot be read
   */
  public TaskMix(Path models, List<Photo> photos, TextEncoder encoder, long seed)
      throws IOException {
    Engine.start();
    Path editor = models.resolve(Memories.EDITOR);
    EditorConfig shape = EditorModel.config(editor);
    this.memories = Memories.load(models, shape);
    this.base = EditorModel.load(editor, memories.first().layout().rank());
    this.photos = List.copyOf(photos);
    this.encoder = encoder;
    this.seed = seed;
  }

  /**
   * What a mix does for a task, in dB of PSNR on tiles of training photographs that it was not
   * solved from.
   *
   * @param before with what the memory writes
   * @param after with the mix too
   * @param error standard error of the mean gain, over pictures
   * @param lora the mixes as a LoRA; zero but in one place, or two
   */
  public record Bettered(double before, double after, double error, Adapters lora) {
    /** Whether it is worth keeping. */
    public boolean helps() {
      return after - before > SURE * error;
    }

    /** Whether a second mix, which takes time in every edit, is worth it too. */
    boolean helpsAgain() {
      return helps() && after - before > WORTH && before < DONE;
    }

    /** Whether there is a second mix in it. */
    public boolean again() {
      return lora.atOptional(EditorConfig.SECOND).isPresent();
    }

    /** Writes it as a PEFT directory of these places. */
    public void save(Path folder) throws IOException {
      PeftAdapter.writePart(folder, lora);
    }
  }

  /**
   * Solves the mixes of one task.
   *
   * @param progress told of the batches
   */
  public Bettered solve(EditTask task, Progress progress) {
    ExampleMaker maker = new ExampleMaker(Wording.PLAIN, encoder, base.config().tile(), 0);
    EditBatches source = new EditBatches(photos, List.of(task), maker, BATCH, seed);
    Memory written =
        task.learner() == EditTask.Learner.BASE
            ? new NoMemory(base.layout())
            : memories.of(task.name());
    int all = LEARNED + LEARNED_AGAIN;
    Progress first = (done, total, loss) -> progress.step(done, all, loss);
    Progress then = (done, total, loss) -> progress.step(LEARNED + done, all, loss);
    Adapters mix =
        Scopes.call(
            () -> {
              MixSolver solver = MixSolver.first(base, written);
              Tensor solved = solver.look(source, LEARNED, first).mix();
              return ShownMix.adapters(base, solved.unsqueeze(0));
            },
            Adapters::tensors);
    Bettered once = judged(written, Adapters.none(), mix, source);
    Adapters own = once.helps() ? mix : nothing();
    List<Adapters> more = again(MixSolver.second(base, written, own), source, then);
    List<Bettered> gains = more.stream().map(both -> judged(written, own, both, source)).toList();
    int least = least(gains);
    return gains.get(least).helpsAgain()
        ? judged(written, Adapters.none(), more.get(least), source)
        : once;
  }

  /** The last, which sees least, of those that are about as good as any. */
  static int least(List<Bettered> bySight) {
    double best = bySight.stream().mapToDouble(Bettered::after).max().orElseThrow();
    int last = bySight.size() - 1;
    while (bySight.get(last).after() < best - PRICE) {
      last--;
    }
    return last;
  }

  /** A first mix with a second one for each {@link SecondSight}. */
  private List<Adapters> again(MixSolver solver, EditBatches source, Progress progress) {
    return Scopes.call(
        () -> {
          MixSystem system = solver.look(source, LEARNED_AGAIN, progress);
          return Arrays.stream(SecondSight.values())
              .map(sight -> system.mix(sight.features(base.config())).unsqueeze(0))
              .map(mix -> ShownMix.andAgain(base, solver.own(), mix))
              .toList();
        },
        all -> all.stream().flatMap(a -> a.tensors().stream()).toList());
  }

  /** A mix of nothing. */
  private Adapters nothing() {
    return ShownMix.adapters(base, torch.zeros(1, 3, base.config().lens()));
  }

  /** What a LoRA does beside what another does. */
  private Bettered judged(Memory written, Adapters less, Adapters more, EditBatches source) {
    List<Double> gains = new ArrayList<>();
    double before = 0;
    for (int i = LEARNED_AGAIN; i < LEARNED_AGAIN + JUDGED; i++) {
      for (double[] psnr : psnr(written, less, more, source.batch(i))) {
        before += psnr[0];
        gains.add(psnr[1] - psnr[0]);
      }
    }
    double mean = gains.stream().mapToDouble(g -> g).average().orElseThrow();
    double squares = gains.stream().mapToDouble(g -> (g - mean) * (g - mean)).sum();
    int n = gains.size();
    before /= n;
    return new Bettered(before, before + mean, Math.sqrt(squares / (n - 1) / n), more);
  }

  /** Of each picture with less and with more of what is added. */
  private List<double[]> psnr(Memory written, Adapters less, Adapters more, EditBatch batch) {
    List<double[]> all = new ArrayList<>();
    Scopes.run(
        () -> {
          try (NoGradGuard guard = new NoGradGuard();
              Autocast exact = Autocast.on(Precision.FP32)) {
            EditObjective.Posed posed = new EditObjective(base).pose(batch);
            Adapters recalled = written.recall(posed.condition());
            float[] without = Tensors.toFloats(posed.loss(recalled.plus(less)));
            float[] with = Tensors.toFloats(posed.loss(recalled.plus(more)));
            for (int i = 0; i < with.length; i++) {
              all.add(new double[] {-20 * Math.log10(without[i]), -20 * Math.log10(with[i])});
            }
          }
        });
    return all;
  }
}
