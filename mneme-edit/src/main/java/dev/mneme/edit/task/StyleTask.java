package dev.mneme.edit.task;

import dev.mneme.edit.picture.Picture;
import java.util.random.RandomGenerator;

/**
 * A task whose source is the clean picture and whose target is a restyled one, fully determined by
 * it.
 */
record StyleTask(String name, Family family, Learner learner, Strength strength, Style style)
    implements EditTask {

  /** Draws the wanted picture; values outside [0, 1] are clamped afterwards. */
  @FunctionalInterface
  interface Style {
    Picture draw(Picture source, double strength);
  }

  @Override
  public EditPair apply(Picture clean, double amount, RandomGenerator random) {
    strength.require(amount);
    return new EditPair(clean, style.draw(clean, amount).clamped());
  }
}
