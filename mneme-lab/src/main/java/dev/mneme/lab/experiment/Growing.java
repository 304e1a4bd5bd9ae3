package dev.mneme.lab.experiment;

import dev.mneme.edit.learn.EditBatch;
import dev.mneme.edit.measure.Candidate;
import dev.mneme.edit.task.EditTask;
import dev.mneme.lab.method.Beside;
import dev.mneme.lab.method.Ear;
import dev.mneme.lab.method.Exam;
import dev.mneme.lab.method.Method;
import dev.mneme.lab.method.TaskBank;
import dev.mneme.lab.method.Trainee;
import dev.mneme.lab.method.Workshop;
import dev.mneme.lab.method.Workshop.Training;
import dev.mneme.lab.run.LabSetting;
import dev.mneme.learn.BatchSource;
import dev.mneme.learn.Progress;
import dev.mneme.memory.StaticMemory;
import java.io.IOException;
import java.util.List;

/**
 * Through all groups of tasks at one seed, with what arrives put {@link Beside} the memory that was
 * shipped, which is never changed again.
 *
 * @param setting of the run
 * @param stages groups of tasks in the order in which they arrive
 * @param rate highest learning rate of the memory; what arrives has the bank's
 * @param seed of weights and examples
 */
record Growing(LabSetting setting, Stages stages, double rate, long seed) {

  /** Mean PSNR on each group after each group, R[t][i]. */
  double[][] scores(Exam exam) throws IOException {
    Workshop workshop = new Workshop(setting);
    List<List<EditTask>> groups = stages.groups();
    Method method = Strategy.BESIDE.method(!stages.shipped().isEmpty());
    Trainee trainee = method.begin(workshop.setup(stages.tasks(), seed));
    Candidate first = trainee.entrant(null).candidate().apply(stages.tasks().get(0).name());
    double loraRate = TunedMethod.rate(setting, Method.TOLD);
    Beside all = Beside.of(first.base(), first.memory());
    List<Ear> ears = Ear.afterEach(setting, groups);
    double[][] r = new double[groups.size()][];
    try {
      for (int t = 0; t < groups.size(); t++) {
        List<EditTask> tasks = groups.get(t);
        BatchSource<EditBatch> batches = workshop.batches(tasks, Curriculum.seedOf(seed, t));
        if (stages.isShipped(t)) {
          workshop.learn(trainee, method, rate, seed);
        } else {
          all = all.with(learned(workshop, all.bank(tasks, seed), batches, t, loraRate));
        }
        r[t] = Curriculum.row(stages, exam, all.entrant(ears.get(t).hearing()));
      }
    } finally {
      all.release();
    }
    return r;
  }

  private TaskBank<StaticMemory> learned(
      Workshop workshop,
      TaskBank<StaticMemory> bank,
      BatchSource<EditBatch> batches,
      int stage,
      double loraRate)
      throws IOException {
    String name = "continual-beside-seed%d-group%d".formatted(seed, stage);
    Training training = new Training(name, setting.scale().groupSteps(), loraRate, 1);
    workshop.run(training, bank, batches, Progress.NONE);
    return bank;
  }
}
