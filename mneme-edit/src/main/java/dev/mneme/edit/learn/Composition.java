package dev.mneme.edit.learn;

import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.task.EditPair;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.edit.task.Rivals;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Two wishes in one sentence: whatever the first task is, and then a change of light or colour.
 *
 * @param first done first
 * @param second a style, done on the first one's target
 */
record Composition(EditTask first, EditTask second) {
  private static final List<String> SECOND =
      List.of(
          "brighten",
          "darken",
          "more_contrast",
          "less_contrast",
          "saturate",
          "desaturate",
          "sharpen",
          "soft_glow",
          "warm",
          "cool",
          "sepia",
          "film");

  /** Drawings on white, and negatives, are not gone on from. */
  private static final Set<String> LAST_WORDS =
      Set.of("sketch", "emboss", "outline", "pixelate", "invert", "ink", "poster");

  /** One in this many pairs of tasks is never trained on. */
  private static final int HELD_OUT = 5;

  /**
   * Draws a second wish for a task: in training one of those that may be seen, else one that was
   * held out. None for tasks after which nothing else makes sense, or of which no pair is held out.
   */
  static Optional<Composition> draw(EditTask first, Wording wording, RandomGenerator random) {
    if (LAST_WORDS.contains(first.name())) {
      return Optional.empty();
    }
    boolean training = wording.trains();
    List<String> fitting =
        SECOND.stream()
            .filter(s -> compatible(first.name(), s) && heldOut(first.name(), s) != training)
            .toList();
    return fitting.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Composition(first, EditTasks.named(fitting.get(random.nextInt(fitting.size())))));
  }

  private static boolean heldOut(String first, String second) {
    return Math.floorMod((first + " then " + second).hashCode(), HELD_OUT) == 0;
  }

  private static boolean compatible(String first, String second) {
    return Rivals.none(first, second);
  }

  /** Both edits on one picture. */
  EditPair apply(Picture clean, Wording wording, RandomGenerator random) {
    EditPair one = TrainingPairs.draw(first, clean, wording, TrainingPairs.INTACT_BESIDE, random);
    EditPair two = second.apply(one.target(), second.strength().usual(), random);
    return new EditPair(one.source(), two.target());
  }

  /** Both wishes in one sentence, in either order; one language. */
  String sentence(Wording wording, RandomGenerator random) {
    Wording one = wording.trains() ? Wording.seen(random) : wording;
    boolean chinese = one == Wording.CHINESE_SEEN || one == Wording.CHINESE_HELD_OUT;
    String a = one.sentence(first, random);
    String b = one.sentence(second, random);
    String[] joints =
        chinese
            ? new String[] {"，", "，并且", "，然后", "，同时"}
            : new String[] {" and ", ", and ", ", then ", " and also ", ", "};
    String joint = joints[random.nextInt(joints.length)];
    return random.nextBoolean() ? a + joint + b : b + joint + a;
  }
}
