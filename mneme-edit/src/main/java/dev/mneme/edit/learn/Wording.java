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
    Phrasings all = PhrasingsReader.of(task);
    if (this == TRAIN) {
      Wording seen = seen(random);
      boolean plain = random.nextDouble() < PLAIN;
      return plain ? all.plain(seen == CHINESE_SEEN) : seen.sentence(task, random);
    }
    List<String> from =
        switch (this) {
          case TRAIN -> throw new IllegalStateException("a language has been drawn");
          case ENGLISH_SEEN -> all.english();
          case ENGLISH_HELD_OUT -> all.englishHeldOut();
          case CHINESE_SEEN -> all.chinese();
          case CHINESE_HELD_OUT -> all.chineseHeldOut();
        };
    return from.get(random.nextInt(from.size()));
  }
}
