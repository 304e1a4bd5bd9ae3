package dev.mneme.edit.task;

import dev.mneme.edit.picture.Picture;
import java.util.random.RandomGenerator;

/**
 * One thing an editor can be asked for: what it is called, how people say it, and what it does to a
 * clean picture.
 *
 * <p>Tasks hold no state. All randomness comes from the generator that is passed in, so the same
 * generator state gives the same pair.
 */
public interface EditTask {
  /** Unique lower-case name with underscores, such as {@code denoise_unknown}. */
  String name();

  /**
   * Resource with the sentences that ask for it, sought beside the task's own class; {@link
   * PhrasingsReader} says what it holds. A task from elsewhere may name another.
   */
  default String phrasings() {
    return "/dev/mneme/edit/phrasings/" + name() + ".txt";
  }

  /** What kind of edit this is. */
  Family family();

  /** Who learns it, and when. */
  Learner learner();

  /**
   * Whether the right operator can only be known by looking at the picture (fix the exposure,
   * remove this cast).
   */
  default boolean pictureDependent() {
    return false;
  }

  /**
   * Brightest value that a pixel of its pictures has, in (0, 1]: what is brighter is edited as if
   * it had this, for whoever learned the task has seen nothing of the kind.
   */
  default double ceiling() {
    return 1;
  }

  /** The strengths this task accepts and the one it is learned at. */
  Strength strength();

  /**
   * Makes one example.
   *
   * @param clean an undamaged picture, of any size from 1 x 1
   * @param strength within {@link #strength()}; a larger value asks for more of the effect
   * @param random the only source of randomness
   * @return source and target of the same size as {@code clean}, clamped to [0, 1]
   * @throws IllegalArgumentException if {@code strength} is outside {@link #strength()}
   */
  EditPair apply(Picture clean, double strength, RandomGenerator random);

  /** Families of tasks. */
  enum Family {
    LIGHT,
    COLOUR,
    MONOCHROME,
    RESTORATION,
    TEXTURE,
    LOOK,
    DRAWING,
    WEATHER
  }

  /** Who learns a task, and when. */
  enum Learner {
    /** The base, before it is frozen. */
    BASE,
    /** Only a memory, afterwards. */
    MEMORY,
    /**
     * Arrives after a base and a first memory were taught, which have not seen it: a memory beside
     * the first learned it, and it serves to study learning new tasks without forgetting.
     */
    LATER
  }

  /**
   * Strengths of a task.
   *
   * @param least smallest accepted
   * @param usual what a sentence without any intensity word means; learned and measured at this
   *     strength
   * @param most largest accepted
   */
  record Strength(double least, double usual, double most) {
    public Strength {
      if (!(least <= usual && usual <= most)) {
        throw new IllegalArgumentException(
            "Strengths must satisfy least <= usual <= most, found %s, %s, %s"
                .formatted(least, usual, most));
      }
    }

    /**
     * Refuses a strength outside the range.
     *
     * @throws IllegalArgumentException if {@code strength} is below least, above most, or NaN
     */
    public void require(double strength) {
      if (!(least <= strength && strength <= most)) {
        throw new IllegalArgumentException(
            "Strength must lie between %s and %s, found %s; the usual strength is %s"
                .formatted(least, most, strength, usual));
      }
    }
  }
}
