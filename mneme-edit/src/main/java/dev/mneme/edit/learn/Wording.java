package dev.mneme.edit.learn;

import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.Phrasings;
import dev.mneme.edit.task.PhrasingsReader;
import java.util.List;
import java.util.random.RandomGenerator;

/** Which of a task's sentences are drawn. */
public enum Wording {
  /** Training sentences, one in three Chinese. */
  TRAIN,
  ENGLISH_SEEN,
  ENGLISH_HELD_OUT,
  CHINESE_SEEN,
  CHINESE_HELD_OUT;

  /** Share of training sentences that say it plainly, see {@link Phrasings#plain}. */
  private static final double PLAIN = 0.4;

  /** A language to train on. */
  static Wording seen(RandomGenerator random) {
    return random.nextInt(3) == 0 ? CHINESE_SEEN : ENGLISH_SEEN;
  }

  /** Draws a sentence for a task. */
  public String sentence(EditTask task, RandomGenerator random) {
    if (this == TRAIN) {
      Wording seen = seen(random);
      boolean plain = random.nextDouble() < PLAIN;
      return plain
          ? PhrasingsReader.of(task).plain(seen == CHINESE_SEEN)
          : seen.sentence(task, random);
    }
    List<String> from = sentences(task);
    return from.get(random.nextInt(from.size()));
  }

  /**
   * All sentences for a task.
   *
   * @throws IllegalArgumentException of {@link #TRAIN}, which has those of two languages
   */
  public List<String> sentences(EditTask task) {
    return of(PhrasingsReader.of(task));
  }

  /** As {@link #sentences}, of phrasings at hand. */
  List<String> of(Phrasings all) {
    return switch (this) {
      case TRAIN ->
          throw new IllegalArgumentException("Expected one language and split, found " + this);
      case ENGLISH_SEEN -> all.english();
      case ENGLISH_HELD_OUT -> all.englishHeldOut();
      case CHINESE_SEEN -> all.chinese();
      case CHINESE_HELD_OUT -> all.chineseHeldOut();
    };
  }
}
