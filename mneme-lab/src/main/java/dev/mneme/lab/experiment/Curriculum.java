package dev.mneme.lab.experiment;

import dev.mneme.edit.learn.EditBatch;
import dev.mneme.edit.learn.EditExample;
import dev.mneme.edit.learn.EditObjective;
import dev.mneme.edit.task.EditTask;
import dev.mneme.lab.method.AnchoredLearner;
import dev.mneme.lab.method.Anchors;
import dev.mneme.lab.method.Entrant;
import dev.mneme.lab.method.Exam;
import dev.mneme.lab.method.Method;
import dev.mneme.lab.method.ReplayBatches;
import dev.mneme.lab.method.Trainee;
import dev.mneme.lab.method.Workshop;
import dev.mneme.lab.method.Workshop.Training;
import dev.mneme.lab.run.LabSetting;
import dev.mneme.learn.BatchSource;
import dev.mneme.learn.Learner;
import dev.mneme.learn.MemoryLearner;
import dev.mneme.learn.Progress;
import dev.mneme.memory.Condition;
import dev.mneme.memory.TrainableMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One strategy through all groups of tasks at one seed. What was learned before anything arrived is
 * the training that {@link MethodsExperiment} has too.
 *
 * @param setting of the run
 * @param stages groups of tasks in the order in which they are learned
 * @param strategy how they are learned
 * @param rate highest learning rate of a training from nothing
 * @param seed of weights and examples
 */
record Curriculum(LabSetting setting, Stages stages, Strategy strategy, double rate, long seed) {
  /** Weight of the anchors against the editing loss. */
  static final double HOLD = 10;

  /** Anchors in every step. */
  static final int HELD = 24;

  /** Conditions kept of each task. */
  static final int CONDITIONS = 16;

  /** Examples kept of each task, by the strategy that sees some again. */
  static final int EXAMPLES = 4;

  /** Who goes on with something learned takes smaller steps than who begins. */
  private static final double GOING_ON = 1.0 / 3;

  /** Mean PSNR on each group after each group, R[t][i]. */
  double[][] scores(Exam exam) throws IOException {
    if (strategy == Strategy.BESIDE) {
      return new Growing(setting, stages, rate, seed).scores(exam);
    }
    Workshop workshop = new Workshop(setting);
    List<List<EditTask>> groups = stages.groups();
    List<Trainee> trainees = trainees();
    Entrant entrant = entrant(trainees);
    double[][] r = new double[groups.size()][];
    List<Anchors> anchors = new ArrayList<>();
    List<EditExample> examples = new ArrayList<>();
    try {
      for (int t = 0; t < groups.size(); t++) {
        Learned learned = new Learned(trainees.get(t), entrant, anchors, examples);
        r[t] = learnStage(workshop, t, learned) ? row(stages, exam, entrant) : r[t - 1].clone();
      }
    } finally {
      anchors.forEach(Anchors::release);
    }
    return r;
  }

  /**
   * What goes from stage to stage.
   *
   * @param trainee learns this stage
   * @param entrant all that has been learned
   * @param anchors what was said of the conditions kept of each stage, for the strategy that is
   *     held to it
   * @param examples kept, for the one that replays them
   */
  private record Learned(
      Trainee trainee, Entrant entrant, List<Anchors> anchors, List<EditExample> examples) {}

  /** One trainee for all stages, or one for each where nothing is shared. */
  private List<Trainee> trainees() {
    List<List<EditTask>> groups = stages.groups();
    if (strategy == Strategy.PER_TASK) {
      return groups.stream().map(this::begin).toList();
    }
    return Collections.nCopies(groups.size(), begin(stages.tasks()));
  }

  private Trainee begin(List<EditTask> tasks) {
    return method().begin(new Workshop(setting).setup(tasks, seed));
  }

  private Entrant entrant(List<Trainee> trainees) {
    if (strategy != Strategy.PER_TASK) {
      return trainees.get(0).entrant(null);
    }
    Map<String, Entrant> byTask = new HashMap<>();
    for (int t = 0; t < trainees.size(); t++) {
      Entrant own = trainees.get(t).entrant(null);
      stages.groups().get(t).forEach(task -> byTask.put(task.name(), own));
    }
    return new Entrant(true, task -> byTask.get(task).candidate().apply(task));
  }

  private Method method() {
    return strategy.method(!stages.shipped().isEmpty());
  }

  /** Learns a stage; false if there was nothing left to learn. */
  private boolean learnStage(Workshop workshop, int t, Learned learned) throws IOException {
    if (stages.isShipped(t)) {
      workshop.learn(learned.trainee(), method(), rate, seed);
      keep(workshop.batches(stages.shipped(), seed), stages.shipped(), learned);
      return true;
    }
    if (strategy == Strategy.JOINT) {
      boolean first = t == stages.groups().size() - stages.arriving().size();
      if (first) {
        BatchSource<EditBatch> all = workshop.batches(stages.tasks(), seed);
        learn(workshop, "all", stages.arriving().size(), learned.trainee().learner(), all);
      }
      return first;
    }
    List<EditTask> tasks = stages.groups().get(t);
    BatchSource<EditBatch> fresh = workshop.batches(tasks, seedOf(t));
    String stage = "group" + t;
    if (strategy == Strategy.ANCHORED) {
      learnAnchored(workshop, stage, fresh, learned);
    } else if (strategy == Strategy.REPLAY && !learned.examples().isEmpty()) {
      int batch = setting.scale().batch();
      int half = Math.max(1, batch / 2);
      BatchSource<EditBatch> fewer =
          workshop.batches(setting.photos().train(), tasks, Math.max(1, batch - half), seedOf(t));
      ReplayBatches mixed = new ReplayBatches(fewer, learned.examples(), half, seedOf(t));
      learn(workshop, stage, 1, learned.trainee().learner(), mixed);
    } else {
      learn(workshop, stage, 1, learned.trainee().learner(), fresh);
    }
    keep(fresh, tasks, learned);
    return true;
  }

  private long seedOf(int stage) {
    return seedOf(seed, stage);
  }

  /** Examples of a stage are the same for all strategies. */
  static long seedOf(long seed, int stage) {
    return seed * 100 + stage;
  }

  /** Keeps what the strategy needs of a stage for those that follow. */
  private void keep(BatchSource<EditBatch> batches, List<EditTask> tasks, Learned learned) {
    if (strategy == Strategy.REPLAY) {
      keepExamples(batches, tasks, learned.examples());
    } else if (strategy == Strategy.ANCHORED) {
      List<String> names = tasks.stream().map(EditTask::name).toList();
      EditObjective objective = objective(learned.entrant());
      List<Condition> kept = Anchors.conditions(batches, objective, names, CONDITIONS);
      learned.anchors().add(Anchors.of(memory(learned.entrant()), kept));
    }
  }

  private void learnAnchored(
      Workshop workshop, String stage, BatchSource<EditBatch> fresh, Learned learned)
      throws IOException {
    TrainableMemory memory = memory(learned.entrant());
    EditObjective objective = objective(learned.entrant());
    Optional<Anchors> all = learned.anchors().stream().reduce(Anchors::plus);
    if (all.isEmpty()) {
      learn(workshop, stage, 1, new MemoryLearner<>(memory, objective), fresh);
      return;
    }
    Anchors anchors = all.get();
    learn(
        workshop,
        stage,
        1,
        new AnchoredLearner(memory, objective, anchors, HOLD),
        AnchoredLearner.source(fresh, anchors.count(), HELD, seed));
  }

  private <E extends dev.mneme.learn.Batch> void learn(
      Workshop workshop, String stage, int times, Learner<E> learner, BatchSource<E> batches)
      throws IOException {
    String name =
        "continual-%s-seed%d-%s".formatted(strategy.name().toLowerCase(Locale.ROOT), seed, stage);
    boolean goesOn = !stages.shipped().isEmpty() && strategy != Strategy.PER_TASK;
    double highest = goesOn ? rate * GOING_ON : rate;
    workshop.run(
        new Training(name, times * setting.scale().groupSteps(), highest, method().muon()),
        learner,
        batches,
        Progress.NONE);
  }

  private TrainableMemory memory(Entrant entrant) {
    return (TrainableMemory) entrant.candidate().apply(stages.tasks().get(0).name()).memory();
  }

  private EditObjective objective(Entrant entrant) {
    return new EditObjective(entrant.candidate().apply(stages.tasks().get(0).name()).base());
  }

  private static void keepExamples(
      BatchSource<EditBatch> batches, List<EditTask> tasks, List<EditExample> examples) {
    int wanted = examples.size() + EXAMPLES * tasks.size();
    for (long step = 0; examples.size() < wanted; step++) {
      for (EditExample e : batches.batch(step).examples()) {
        long known = examples.stream().filter(k -> k.task().equals(e.task())).count();
        if (known < EXAMPLES) {
          examples.add(e);
        }
      }
    }
  }

  /** Mean PSNR on each group. */
  static double[] row(Stages stages, Exam exam, Entrant entrant) {
    Map<String, Double> psnr = exam.scores(entrant).psnr();
    return stages.groups().stream().mapToDouble(g -> mean(psnr, g)).toArray();
  }

  /** Mean over a group's tasks. */
  static double mean(Map<String, Double> psnr, List<EditTask> group) {
    return group.stream().mapToDouble(t -> psnr.get(t.name())).average().orElse(Double.NaN);
  }
}
