package dev.mneme.lab.experiment;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.measure.Candidate;
import dev.mneme.edit.measure.Candidate.Sees;
import dev.mneme.edit.measure.EvaluationSet;
import dev.mneme.edit.measure.QuestionDraw;
import dev.mneme.lab.method.Method;
import dev.mneme.lab.method.Workshop;
import dev.mneme.lab.run.LabSetting;
import dev.mneme.memory.Memory;
import java.io.IOException;

/** The memory that an experiment looks into, and what it is asked at each seed. */
final class Subject {
  private Subject() {}

  /**
   * The memory at one seed: that of the setting, which is the same for all, or one that learns
   * after the lens' lesson at the rate that suits it best.
   */
  static Candidate memory(LabSetting setting, long seed) throws IOException {
    if (setting.memory().isPresent()) {
      Memory memory = setting.memory().get().memory();
      EditorBase base = setting.editor().at(memory.layout().rank());
      return new Candidate("memory", base, memory, Sees.OWN);
    }
    double rate = TunedMethod.rate(setting, Method.TAUGHT);
    return new Workshop(setting)
        .train(Method.TAUGHT, rate, seed)
        .entrant()
        .candidate()
        .apply(setting.scale().tasks().get(0));
  }

  /**
   * The questions of one seed: the same at all where each has a memory of its own, and others at
   * each where the memory is the same.
   */
  static EvaluationSet questions(LabSetting setting, int rounds, long seed) {
    long first = setting.scale().seeds().get(0);
    long drawn = setting.memory().isPresent() ? seed - first : 0;
    return setting.heldOut(setting.scale().editTasks(), rounds, QuestionDraw.SEED + drawn);
  }
}
