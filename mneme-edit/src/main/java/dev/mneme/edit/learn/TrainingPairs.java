package dev.mneme.edit.learn;

import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.task.EditPair;
import dev.mneme.edit.task.EditTask;
import java.util.random.RandomGenerator;

/** What is shown of a task. */
final class TrainingPairs {
  /** Share of pictures that have nothing to repair. */
  private static final double INTACT = 0.2;

  private TrainingPairs() {}

  /**
   * Source and target. In training, of a task that depends on the picture one in five has the clean
   * picture for both: people ask to clear a haze where there is none, and a memory that never saw
   * that puts one there.
   */
  static EditPair draw(EditTask task, Picture clean, Wording wording, RandomGenerator random) {
    boolean training = wording == Wording.TRAIN;
    return training && task.pictureDependent() && random.nextDouble() < INTACT
        ? new EditPair(clean, clean)
        : task.apply(clean, task.strength().usual(), random);
  }
}
