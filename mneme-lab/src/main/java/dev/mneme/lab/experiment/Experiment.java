package dev.mneme.lab.experiment;

import dev.mneme.lab.report.Report;
import dev.mneme.lab.run.LabSetting;
import java.io.IOException;

/** One question asked of memories. Experiments hold no state. */
public interface Experiment {
  /** One lower-case word: its command, and the folder of its results. */
  String name();

  /**
   * Runs it, or what is left of it: finished parts are read back.
   *
   * @throws IOException if the disk refuses
   */
  Report run(LabSetting setting) throws IOException;
}
