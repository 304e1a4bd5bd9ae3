package dev.mneme.edit.pipeline;

import dev.mneme.edit.picture.Flaws;
import dev.mneme.edit.text.Leaning;
import dev.mneme.edit.words.Language;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Tasks that put a flaw into a picture, and those that take it away. Their sentences say the same
 * words ("haze", "grain", "focus") and are the ones most often heard as their contrary; the picture
 * shows which is meant.
 *
 * @param flaw reads it off a picture, in [-1, 1]
 */
record Contraries(Set<String> adds, Set<String> removes, ToDoubleFunction<Flaws> flaw) {
  /**
   * What the plain sight of a flaw counts. Among training sentences of these tasks, each judged by
   * what was learned from all others, one in ten scores highest as a contrary, four of five of them
   * by less than this; one in six of those heard rightly is ahead by less.
   */
  private static final double MOST = 0.3;

  /** The same where a sentence only names the flaw: it says what, and not which way. */
  private static final double OF_A_NAME = 0.6;

  /** The most letters of a Chinese word that is a name. */
  private static final int CHINESE_WORD = 2;

  private static final List<Contraries> ALL =
      List.of(
          new Contraries(Set.of("add_haze", "mist"), Set.of("clear_haze"), Flaws::haze),
          new Contraries(
              Set.of("add_grain"),
              Set.of("remove_grain", "denoise", "denoise_unknown"),
              Flaws::noise),
          new Contraries(Set.of("blur"), Set.of("deblur", "motion_deblur"), Flaws::blur));

  /** Whether a task has a contrary. */
  static boolean has(String task) {
    return ALL.stream().anyMatch(c -> c.adds.contains(task) || c.removes.contains(task));
  }

  /**
   * What a picture speaks for.
   *
   * @param sentence that asks; one word alone ("haze") leaves more to the picture
   */
  static List<Leaning> of(Flaws seen, String sentence) {
    double most = isOneWord(sentence) ? OF_A_NAME : MOST;
    return ALL.stream().map(c -> c.leaning(most * c.flaw.applyAsDouble(seen))).toList();
  }

  private static boolean isOneWord(String sentence) {
    String word = sentence.strip();
    return Language.of(word) == Language.CHINESE
        ? word.length() <= CHINESE_WORD
        : word.indexOf(' ') < 0;
  }

  /**
   * Of the flaw that a task takes away how much a picture shows, in [0, 1]: nothing only where it
   * is surely not there, and all where there is no telling.
   *
   * @return 1 for a task that takes none away
   */
  static double amiss(String task, Flaws seen) {
    return ALL.stream()
        .filter(c -> c.removes.contains(task))
        .mapToDouble(c -> Math.min(1, 1 + c.flaw.applyAsDouble(seen)))
        .findFirst()
        .orElse(1);
  }

  private Leaning leaning(double by) {
    return by > 0 ? new Leaning(removes, adds, by) : new Leaning(adds, removes, -by);
  }
}
