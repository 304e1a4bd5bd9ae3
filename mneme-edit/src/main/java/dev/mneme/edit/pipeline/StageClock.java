package dev.mneme.edit.pipeline;

import java.util.function.Supplier;

/** Told how long each stage of an edit took, by the thread that edits. */
@FunctionalInterface
public interface StageClock {
  /** Does not listen. */
  StageClock NONE = (stage, nanos) -> {};

  /** Called after every stage; a stage may come more than once in an edit. */
  void took(Stage stage, long nanos);

  /** Does some work as a stage. */
  default <R> R time(Stage stage, Supplier<R> work) {
    long begin = System.nanoTime();
    R result = work.get();
    took(stage, System.nanoTime() - begin);
    return result;
  }
}
