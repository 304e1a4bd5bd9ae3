package dev.mneme.edit.measure;

import dev.mneme.edit.learn.WishSentences;
import dev.mneme.edit.learn.WishSentences.Wish;
import dev.mneme.edit.learn.Wording;
import dev.mneme.edit.pipeline.Hearing;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTask.Learner;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.edit.task.Rivals;
import dev.mneme.edit.text.Verdict;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

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
   * @param most sentences of each task that are asked, and half as many pairs a task
   */
  public static UnderstandingScores of(
      Hearing hearing, List<EditTask> tasks, Wording wording, int most) {
    Asker asker = new Asker(hearing, new HashMap<>());
    Function<List<EditTask>, List<Wish>> known = some -> known(some, wording, most);
    List<Wish> pairs = some(WishSentences.knownPairs(tasks, wording), most * tasks.size() / 2);
    Predicate<Verdict> taken = verdict -> !verdict.known();
    Predicate<Verdict> late = verdict -> isLate(EditTasks.named(verdict.likest()));
    Predicate<Verdict> keptOut = verdict -> verdict.need() < HALF;
    return new UnderstandingScores(
        asker.flagged(known.apply(tasks), taken),
        asker.flagged(pairs, taken),
        asker.flagged(WishSentences.unknown(wording), taken),
        asker.flagged(known.apply(EditTasks.of(Learner.BASE)), keptOut),
        asker.flagged(known.apply(written(tasks)), keptOut),
        asker.heardAs(1, together(pairs)),
        asker.heardAs(2, known.apply(tasks)),
        asker.misheard(known.apply(tasks)),
        typed(asker, known.apply(tasks)),
        asker.flagged(known.apply(late(tasks)), late.negate()),
        asker.flagged(known.apply(tasks.stream().filter(t -> !isLate(t)).toList()), late));
  }

  /** Sentences of each task, as far apart in its list as may be where not all are asked. */
  private static List<Wish> known(List<EditTask> tasks, Wording wording, int most) {
    return tasks.stream()
        .map(task -> WishSentences.known(List.of(task), wording))
        .flatMap(all -> some(all, most).stream())
        .toList();
  }

  /** As far apart as may be, where there are more. */
  private static List<Wish> some(List<Wish> all, int most) {
    int asked = Math.min(most, all.size());
    return IntStream.range(0, asked).mapToObj(i -> all.get(i * all.size() / asked)).toList();
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

  /**
   * @param verdicts given already
   */
  private record Asker(Hearing hearing, Map<String, Verdict> verdicts) {
    private Verdict verdict(Wish wish) {
      return verdicts.computeIfAbsent(wish.sentence(), hearing::of);
    }

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
      return flaggedWishes(wishes, wish -> !wish.tasks().contains(verdict(wish).likest()));
    }

    Flagged flagged(List<Wish> wishes, Predicate<Verdict> flag) {
      return flaggedWishes(wishes, wish -> flag.test(verdict(wish)));
    }

    private static Flagged flaggedWishes(List<Wish> wishes, Predicate<Wish> flag) {
      return new Flagged(wishes.stream().filter(flag).map(Wish::sentence).toList(), wishes.size());
    }
  }
}
