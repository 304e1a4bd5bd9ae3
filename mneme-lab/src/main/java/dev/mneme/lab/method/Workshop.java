package dev.mneme.lab.method;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.learn.EditBatches;
import dev.mneme.edit.learn.EditStudent;
import dev.mneme.edit.learn.ExampleMaker;
import dev.mneme.edit.learn.RunConfig;
import dev.mneme.edit.learn.Wording;
import dev.mneme.edit.task.EditTask;
import dev.mneme.lab.run.GeneratorShape;
import dev.mneme.lab.run.LabSetting;
import dev.mneme.learn.Batch;
import dev.mneme.learn.BatchSource;
import dev.mneme.learn.Learner;
import dev.mneme.learn.Progress;
import dev.mneme.learn.Schedule;
import dev.mneme.learn.Trainer;
import dev.mneme.learn.TrainingConfig;
import dev.mneme.tensor.AtomicFiles;
import dev.mneme.tensor.NativeMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Trains things for experiments, always by {@link Trainer}. A training that is finished is loaded
 * from its checkpoint, so experiments of one run share trainings.
 */
public final class Workshop {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LOG_EVERY = 10;
  private static final int CHECKPOINT_EVERY = 100;

  private final LabSetting setting;

  public Workshop(LabSetting setting) {
    this.setting = setting;
  }

  /**
   * One training.
   *
   * @param name of its folder in the run's {@code trained}
   * @param steps in all
   * @param rate highest learning rate
   * @param muon see {@link TrainingConfig}
   */
  public record Training(String name, long steps, double rate, double muon) {}

  /**
   * A method that has learned.
   *
   * @param trainee with learned weights
   * @param entrant ready for questions
   * @param cost of the training
   */
  public record Trained(Trainee trainee, Entrant entrant, Cost cost) {}

  /** Trains a method on all tasks of the setting, or loads it where it has been trained before. */
  public Trained train(Method method, double rate, long seed) throws IOException {
    return train(method, setting.scale().shape(), rate, seed);
  }

  /** As {@link #train(Method, double, long)} with another generator. */
  public Trained train(Method method, GeneratorShape shape, double rate, long seed)
      throws IOException {
    return train(method, shape, rate, seed, setting.scale().steps());
  }

  /** As {@link #train(Method, double, long)} with so many steps instead of the setting's. */
  public Trained train(Method method, double rate, long seed, long steps) throws IOException {
    return train(method, setting.scale().shape(), rate, seed, steps);
  }

  private Trained train(Method method, GeneratorShape shape, double rate, long seed, long steps)
      throws IOException {
    List<EditTask> tasks = setting.scale().editTasks();
    long start = System.nanoTime();
    Trainee trainee = method.begin(setup(tasks, shape, seed));
    double looked = (System.nanoTime() - start) / 1e9;
    Cost cost = learn(trainee, training(method, shape, rate, seed, steps), seed, looked);
    long finished = System.nanoTime();
    Entrant entrant = trainee.entrant(batches(tasks, seed));
    return new Trained(trainee, entrant, cost.and((System.nanoTime() - finished) / 1e9));
  }

  /**
   * Trains what a method has begun on all tasks of the setting, in place, as {@link #train(Method,
   * double, long)} does.
   */
  public void learn(Trainee trainee, Method method, double rate, long seed) throws IOException {
    long steps = setting.scale().steps();
    learn(trainee, training(method, setting.scale().shape(), rate, seed, steps), seed, 0);
  }

  /** What a method is made for that is to learn these tasks. */
  public Setup setup(List<EditTask> tasks, long seed) {
    return setup(tasks, setting.scale().shape(), seed);
  }

  private Setup setup(List<EditTask> tasks, GeneratorShape shape, long seed) {
    List<Photo> aside = setting.photos().validation();
    return new Setup(
        setting.editor(),
        shape,
        tasks,
        seed,
        batches(tasks, seed),
        batches(aside, tasks, setting.scale().batch(), seed));
  }

  /**
   * @param looked seconds that beginning took
   */
  private Cost learn(Trainee trainee, Training training, long seed, double looked)
      throws IOException {
    if (trainee.learner() == null) {
      return new Cost(Double.NaN, NativeMemory.residentBytes(), 0);
    }
    List<EditTask> tasks = setting.scale().editTasks();
    double lesson = looked + teach(training, trainee.first(), tasks, seed);
    return run(training, trainee.learner(), batches(tasks, seed), Progress.NONE, lesson);
  }

  private Training training(
      Method method, GeneratorShape shape, double rate, long seed, long steps) {
    String name =
        "%s-%s-rate%s-seed%d%s"
            .formatted(
                method.learnsAs().name().toLowerCase(Locale.ROOT),
                shape.key(),
                rate,
                seed,
                steps == setting.scale().steps() ? "" : "-steps" + steps);
    return new Training(name, steps, rate, method.muon());
  }

  /** Gives the first lesson, or reads it back; seconds it took now. */
  private double teach(Training training, EditStudent.Lesson first, List<EditTask> tasks, long seed)
      throws IOException {
    if (first == EditStudent.NONE) {
      return 0;
    }
    long start = System.nanoTime();
    int batch = setting.scale().batch();
    RunConfig run =
        new RunConfig(config(training), setting.photos().train(), tasks, batch, 0, seed);
    first.learn(
        run, setting.encoder(), setting.progress().begin("first lesson of " + training.name()));
    return (System.nanoTime() - start) / 1e9;
  }

  /** Training batches of these tasks; equal for equal seeds, whoever learns from them. */
  public EditBatches batches(List<EditTask> tasks, long seed) {
    return batches(setting.photos().train(), tasks, setting.scale().batch(), seed);
  }

  /** As {@link #batches(List, long)} from some photographs, of another size. */
  public EditBatches batches(List<Photo> photos, List<EditTask> tasks, int size, long seed) {
    int tile = setting.editor().config().tile();
    ExampleMaker maker = new ExampleMaker(Wording.TRAIN, setting.encoder(), tile, 0);
    return new EditBatches(photos, tasks, maker, size, seed);
  }

  /**
   * Runs a training to its end, from its checkpoint if there is one.
   *
   * @param also told of every step, before the step's checkpoint is written
   * @return its cost; that of the first time if it was finished before
   */
  public <E extends Batch> Cost run(
      Training training, Learner<E> learner, BatchSource<E> batches, Progress also)
      throws IOException {
    return run(training, learner, batches, also, 0);
  }

  private <E extends Batch> Cost run(
      Training training, Learner<E> learner, BatchSource<E> batches, Progress also, double lesson)
      throws IOException {
    TrainingConfig config = config(training);
    Path folder = config.directory();
    Progress shown = setting.progress().begin("training " + training.name());
    StepClock clock = new StepClock();
    new Trainer(config, setting.precision())
        .run(
            learner,
            batches,
            (done, total, loss) -> {
              clock.step();
              also.step(done, total, loss);
              shown.step(done, total, loss);
            });
    Files.deleteIfExists(folder.resolve("checkpoint.previous.safetensors"));
    Path file = folder.resolve("cost.json");
    if (clock.isUnused() && Files.exists(file)) {
      return JSON.readValue(file.toFile(), Cost.class);
    }
    Cost cost = clock.cost(lesson);
    AtomicFiles.writeString(file, JSON.writeValueAsString(cost) + "\n");
    return cost;
  }

  private TrainingConfig config(Training training) {
    long warmup = Math.max(1, Math.min(100, training.steps() / 10));
    return new TrainingConfig(
        setting.out().resolve(LabSetting.TRAINED).resolve(training.name()),
        new Schedule(training.steps(), warmup, training.rate(), 0.02),
        0.01,
        1.0,
        training.muon(),
        CHECKPOINT_EVERY,
        LOG_EVERY);
  }
}
