package dev.mneme.lab.run;

import dev.mneme.learn.Progress;

/** Told what an experiment does. */
public interface LabProgress {
  /** Says nothing. */
  LabProgress NONE = what -> Progress.NONE;

  /**
   * Something begins.
   *
   * @param what one line
   * @return told of its steps, if it is a training
   */
  Progress begin(String what);
}
