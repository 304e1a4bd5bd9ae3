package dev.mneme.edit.task;

import dev.mneme.edit.picture.Picture;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A wish that a base must leave to others: the picture stays as it is. Taught beside the base's own
 * tasks, so that a sentence it does not know does no damage, and a memory begins from the source.
 *
 * @param phrasings resource with sentences that are not the base's business
 * @param sources tasks whose sources are shown with them
 */
record UntouchedTask(String phrasings, List<EditTask> sources) implements EditTask {
  static final String NAME = "untouched";

  /** Sentences that ask for nothing an editor does. */
  static final String UNKNOWN = "/dev/mneme/edit/unknown/wishes.txt";

  UntouchedTask {
    sources = List.copyOf(sources);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Family family() {
    return Family.LOOK;
  }

  @Override
  public Learner learner() {
    return Learner.BASE;
  }

  @Override
  public Strength strength() {
    return sources.get(0).strength();
  }

  @Override
  public EditPair apply(Picture clean, double strength, RandomGenerator random) {
    EditTask task = sources.get(random.nextInt(sources.size()));
    Picture source = task.apply(clean, strength, random).source();
    return new EditPair(source, source);
  }
}
