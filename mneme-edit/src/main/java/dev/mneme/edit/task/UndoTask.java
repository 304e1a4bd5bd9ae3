package dev.mneme.edit.task;

import dev.mneme.edit.picture.Picture;
import java.util.random.RandomGenerator;

/**
 * A task whose target is the clean picture and whose source is a damaged one; strength scales the
 * damage.
 */
record UndoTask(
    String name,
    Family family,
    Learner learner,
    boolean pictureDependent,
    Strength strength,
    double ceiling,
    Damage damage)
    implements EditTask {

  /** Damages a picture; values outside [0, 1] are clamped afterwards. */
  @FunctionalInterface
  interface Damage {
    Picture inflict(Picture clean, double strength, RandomGenerator random);
  }

  @Override
  public EditPair apply(Picture clean, double amount, RandomGenerator random) {
    strength.require(amount);
    return new EditPair(damage.inflict(clean, amount, random).clamped(), clean);
  }
}
