package dev.mneme.learn;

import java.util.List;

/** Examples of one step. */
public interface Batch {
  /** What each sample is an example of (a task's name), for curves by task; one label a sample. */
  List<String> labels();
}
