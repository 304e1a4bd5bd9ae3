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
import dev.mneme.lab.method.Setup;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One strategy through all groups of tasks at one seed.
 *
 * @param setting of the run
 * @param groups of tasks in the order in which they arrive
 * @param strategy how they are learned
 * @param seed of weights and examples
 */
record Curriculum(LabSetting setting, List<List<EditTask>> groups, Strategy strategy, long seed) {
  /** Weight of the anchors against the editing loss. */
  static final double HOLD = 0.1;

  /** Anchors in every step. */
  static final int HELD = 4;

  /** Conditions, or examples, kept of each task. */
  static final int KEPT = 4;

  /** Mean PSNR on each group after each group, R[t][i]. */
  double[][] scores(Exam exam) throws IOException {
    Workshop workshop = new Workshop(setting);
    List<EditTask> all = groups.stream().flatMap(List::stream).toList();
    Trainee trainee =
        method().begin(new Setup(setting.editor(), setting.scale().shape(), all, seed));
    Entrant entrant = trainee.entrant(workshop.batches(all, seed));
    double[][] r = new double[groups.size()][];
    List<Condition> conditions = new ArrayList<>();
    List<EditExample> examples = new ArrayList<>();
    for (int t = 0; t < groups.size(); t++) {
      if (strategy == Strategy.JOINT) {
        if (t == 0) {
          learn(workshop, "all", groups.size(), trainee.learner(), workshop.batches(all, seed));
        }
      } else {
        learnGroup(workshop, trainee, entrant, t, conditions, examples);
      }
      r[t] = row(exam, entrant);
    }
    return r;
  }

  private Method method() {
    return switch (strategy) {
      case FULL -> Method.FULL;
      case SHARED -> Method.SHARED;
      case PER_TASK -> Method.TOLD;
      case NAIVE, ANCHORED, REPLAY, JOINT -> Method.MEMORY;
    };
  }

  private void learnGroup(
      Workshop workshop,
      Trainee trainee,
      Entrant entrant,
      int t,
      List<Condition> conditions,
      List<EditExample> examples)
      throws IOException {
    List<EditTask> tasks = groups.get(t);
    long own = seed * 100 + t;
    BatchSource<EditBatch> fresh = workshop.batches(tasks, own);
    String stage = "group" + t;
    if (strategy == Strategy.ANCHORED) {
      learnAnchored(workshop, entrant, stage, fresh, conditions);
      conditions.addAll(
          Anchors.conditions(
              fresh, objective(entrant), tasks.stream().map(EditTask::name).toList(), KEPT));
    } else if (strategy == Strategy.REPLAY && t > 0) {
      int half = Math.max(1, setting.scale().batch() / 2);
      BatchSource<EditBatch> fewer =
          workshop.batches(
              setting.photos().train(), tasks, Math.max(1, setting.scale().batch() - half), own);
      learn(workshop, stage, 1, trainee.learner(), new ReplayBatches(fewer, examples, half, own));
    } else {
      learn(workshop, stage, 1, trainee.learner(), fresh);
    }
    if (strategy == Strategy.REPLAY) {
      keep(fresh, tasks, examples);
    }
  }

  private void learnAnchored(
      Workshop workshop,
      Entrant entrant,
      String stage,
      BatchSource<EditBatch> fresh,
      List<Condition> conditions)
      throws IOException {
    TrainableMemory memory = memory(entrant);
    EditObjective objective = objective(entrant);
    if (conditions.isEmpty()) {
      learn(workshop, stage, 1, new MemoryLearner<>(memory, objective), fresh);
      return;
    }
    Anchors anchors = Anchors.of(memory, conditions);
    learn(
        workshop,
        stage,
        1,
        new AnchoredLearner(memory, objective, anchors, HOLD),
        AnchoredLearner.source(fresh, conditions.size(), HELD, seed));
    anchors.said().forEach(dev.mneme.memory.Adapters::release);
  }

  private <E extends dev.mneme.learn.Batch> void learn(
      Workshop workshop, String stage, int times, Learner<E> learner, BatchSource<E> batches)
      throws IOException {
    String name =
        "continual-%s-seed%d-%s".formatted(strategy.name().toLowerCase(Locale.ROOT), seed, stage);
    long steps = times * stepsAGroup();
    workshop.run(
        new Training(name, steps, setting.scale().rate(), method().muon()),
        learner,
        batches,
        Progress.NONE);
  }

  /** A quarter of a training of the other experiments, whose tasks are more. */
  long stepsAGroup() {
    return Math.max(1, setting.scale().steps() / 4);
  }

  private TrainableMemory memory(Entrant entrant) {
    return (TrainableMemory) entrant.candidate().apply(groups.get(0).get(0).name()).memory();
  }

  private EditObjective objective(Entrant entrant) {
    return new EditObjective(entrant.candidate().apply(groups.get(0).get(0).name()).base());
  }

  private static void keep(
      BatchSource<EditBatch> batches, List<EditTask> tasks, List<EditExample> examples) {
    int wanted = examples.size() + KEPT * tasks.size();
    for (long step = 0; examples.size() < wanted; step++) {
      for (EditExample e : batches.batch(step).examples()) {
        long known = examples.stream().filter(k -> k.task().equals(e.task())).count();
        if (known < KEPT) {
          examples.add(e);
        }
      }
    }
  }

  private double[] row(Exam exam, Entrant entrant) {
    Map<String, Double> psnr = exam.scores(entrant).psnr();
    return groups.stream().mapToDouble(g -> mean(psnr, g)).toArray();
  }

  /** Mean over a group's tasks. */
  static double mean(Map<String, Double> psnr, List<EditTask> group) {
    return group.stream().mapToDouble(t -> psnr.get(t.name())).average().orElse(Double.NaN);
  }
}
