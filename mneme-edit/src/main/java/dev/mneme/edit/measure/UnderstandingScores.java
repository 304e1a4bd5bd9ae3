package dev.mneme.edit.measure;

import dev.mneme.edit.learn.WishSentences;
import dev.mneme.edit.learn.WishSentences.Wish;
import dev.mneme.edit.learn.Wording;
import dev.mneme.edit.pipeline.Hearing;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTask.Learner;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.edit.task.Rivals;
import dev.mneme.edit.text.Understanding.Verdict;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How well a {@link Hearing} tells held-out sentences apart.
 *
 * @param known held-out phrasings of all tasks that are taken for unknown
 * @param pairs two of them in one sentence that are taken for unknown
 * @param unknown held-out sentences that ask for nothing known and are taken for unknown
 * @param alone held-out phrasings of tasks that the base does alone, for which the memory is kept
 *     out for the most part
 * @param shut such phrasings of tasks that need the memory
 * @param joined pairs of tasks that can be wanted together and are not parted into wishes
 * @param torn held-out phrasings of single tasks that are
 * @param misheard held-out phrasings that are most like another task
 * @param typed the same of these phrasings as people may type them
 * @param overlooked held-out phrasings of tasks that arrived later, taken for one that was there
 * @param claimed held-out phrasings of tasks that were there, taken for one that arrived later
 */
public record UnderstandingScores(
    Flagged known,
    Flagged pairs,
    Flagged unknown,
    Flagged alone,
    Flagged shut,
    Flagged joined,
    Flagged torn,
    Flagged misheard,
    Map<Habit, Flagged> typed,
    Flagged overlooked,
    Flagged claimed) {
  private static final double HALF = 0.5;

  /**
   * Some sentences among those asked.
   *
   * @param sentences which
   * @param among how many were asked
   */
  public record Flagged(List<String> sentences, int among) {
    /** In [0, 1]. */
    public double share() {
      return (double) sentences.size() / among;
    }

    @Override
    public String toString() {
      return among == 0
          ? "none asked"
          : String.format(
              Locale.ROOT, "%d of %d (%.1f %%)", sentences.size(), among, 100 * share());
    }
  }

  /**
   * Measures on one language.
   *
   * @param tasks that are known
   * @param wording {@link Wording#ENGLISH_HELD_OUT} or {@link Wording#CHINESE_HELD_OUT}
   */
  public static UnderstandingScores of(Hearing hearing, List<EditTask> tasks, Wording wording) {
    Asker asker = new Asker(hearing);
    Predicate<Verdict> taken = verdict -> !verdict.known();
    Predicate<Verdict> late = verdict -> isLate(EditTasks.named(verdict.likest()));
    Predicate<Verdict> keptOut = verdict -> verdict.need() < HALF;
    return new UnderstandingScores(
        asker.flagged(WishSentences.known(tasks, wording), taken),
        asker.flagged(WishSentences.knownPairs(tasks, wording), taken),
        asker.flagged(WishSentences.unknown(wording), taken),
        asker.flagged(WishSentences.known(EditTasks.of(Learner.BASE), wording), keptOut),
        asker.flagged(WishSentences.known(written(tasks), wording), keptOut),
        asker.heardAs(1, together(WishSentences.knownPairs(tasks, wording))),
        asker.heardAs(2, WishSentences.known(tasks, wording)),
        asker.misheard(WishSentences.known(tasks, wording)),
        typed(asker, WishSentences.known(tasks, wording)),
        asker.flagged(WishSentences.known(late(tasks), wording), late.negate()),
        asker.flagged(
            WishSentences.known(tasks.stream().filter(t -> !isLate(t)).toList(), wording), late));
  }

  private static Map<Habit, Flagged> typed(Asker asker, List<Wish> wishes) {
    Map<Habit, Flagged> typed = new EnumMap<>(Habit.class);
    for (Habit habit : Habit.values()) {
      List<Wish> so =
          wishes.stream()
              .flatMap(w -> habit.of(w.sentence()).map(text -> new Wish(text, w.tasks())).stream())
              .toList();
      typed.put(habit, asker.misheard(so));
    }
    return typed;
  }

  private static boolean isLate(EditTask task) {
    return task.learner() == Learner.LATER;
  }

  private static List<EditTask> late(List<EditTask> tasks) {
    return tasks.stream().filter(UnderstandingScores::isLate).toList();
  }

  /** Those that a base cannot do alone. */
  private static List<EditTask> written(List<EditTask> tasks) {
    return tasks.stream().filter(task -> task.learner() != Learner.BASE).toList();
  }

  private static List<Wish> together(List<Wish> pairs) {
    return pairs.stream()
        .filter(
            pair -> {
              List<String> both = List.copyOf(pair.tasks());
              return Rivals.none(both.get(0), both.get(1));
            })
        .toList();
  }

  private record Asker(Hearing hearing) {
    /** Sentences that are heard as one wish, or as two and more. */
    Flagged heardAs(int wishes, List<Wish> asked) {
      return new Flagged(
          asked.stream()
              .map(Wish::sentence)
              .filter(sentence -> Math.min(2, hearing.wishes(sentence).size()) == wishes)
              .toList(),
          asked.size());
    }

    Flagged misheard(List<Wish> wishes) {
      return flaggedWishes(
          wishes, wish -> !wish.tasks().contains(hearing.of(wish.sentence()).likest()));
    }

    Flagged flagged(List<Wish> wishes, Predicate<Verdict> flag) {
      return flaggedWishes(wishes, wish -> flag.test(hearing.of(wish.sentence())));
    }

    private static Flagged flaggedWishes(List<Wish> wishes, Predicate<Wish> flag) {
      return new Flagged(wishes.stream().filter(flag).map(Wish::sentence).toList(), wishes.size());
    }
  }
}
