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
  /**
   * Of the training sentences the plainest of each language, one in three Chinese: what an edit
   * reads once it has heard. Pictures are as files have them then, as an edit gets them.
   */
  PLAIN,
  ENGLISH_SEEN,
  ENGLISH_HELD_OUT,
  CHINESE_SEEN,
  CHINESE_HELD_OUT;

  /** Share of training sentences that say it plainly, see {@link Phrasings#plain}. */
  private static final double PLAINLY = 0.4;

  /** Whether this is for training. */
  public boolean trains() {
    return this == TRAIN || this == PLAIN;
  }

  /** A language to train on. */
  static Wording seen(RandomGenerator random) {
    return random.nextInt(3) == 0 ? CHINESE_SEEN : ENGLISH_SEEN;
  }

  /** Draws a sentence for a task. */
  public String sentence(EditTask task, RandomGenerator random) {
    if (trains()) {
      Wording seen = seen(random);
      boolean plain = this == PLAIN || random.nextDouble() < PLAINLY;
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
   * @throws IllegalArgumentException if this is for training, which takes those of two languages
   */
  public List<String> sentences(EditTask task) {
    return of(PhrasingsReader.of(task));
  }

  /** As {@link #sentences}, of phrasings at hand. */
  List<String> of(Phrasings all) {
    return switch (this) {
      case TRAIN, PLAIN ->
          throw new IllegalArgumentException("Expected one language and split, found " + this);
      case ENGLISH_SEEN -> all.english();
      case ENGLISH_HELD_OUT -> all.englishHeldOut();
      case CHINESE_SEEN -> all.chinese();
      case CHINESE_HELD_OUT -> all.chineseHeldOut();
    };
  }
}
