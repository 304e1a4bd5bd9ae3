package dev.mneme.edit.pipeline;

import dev.mneme.edit.picture.Flaws;
import dev.mneme.edit.text.Leaning;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Tasks that put a flaw into a picture, and those that take it away. Their sentences say the same
 * words ("haze", "grain", "focus") and are the ones most often heard as their contrary; the picture
 * shows which is meant.
 *
 * @param names words that by themselves name the flaw, and do not say which way
 * @param flaw reads it off a picture, in [-1, 1]
 */
record Contraries(
    Set<String> adds, Set<String> removes, Set<String> names, ToDoubleFunction<Flaws> flaw) {
  /**
   * What the plain sight of a flaw counts. Among training sentences of these tasks, each judged by
   * what was learned from all others, one in ten scores highest as a contrary, four of five of them
   * by less than this; one in six of those heard rightly is ahead by less.
   */
  private static final double MOST = 0.3;

  /**
   * The same where a sentence only names the flaw: whichever way such a word is heard, by up to
   * 1.2, a flaw that is plain to see decides.
   */
  private static final double OF_A_NAME = 3;

  private static final List<Contraries> ALL =
      List.of(
          new Contraries(
              Set.of("add_haze", "mist"),
              Set.of("clear_haze"),
              Set.of(
                  "haze", "hazy", "fog", "foggy", "smog", "mist", "misty", "雾", "雾气", "雾霾", "霾",
                  "有雾"),
              Flaws::haze),
          new Contraries(
              Set.of("add_grain"),
              Set.of("remove_grain", "denoise", "denoise_unknown"),
              Set.of("grain", "grainy", "noise", "noisy", "颗粒", "颗粒感", "噪点", "噪声", "噪音"),
              Flaws::noise),
          new Contraries(
              Set.of("blur"),
              Set.of("deblur", "motion_deblur"),
              Set.of("blurry", "blurred", "fuzzy", "unsharp", "虚焦", "失焦"),
              Flaws::blur));

  /** Whether a task has a contrary. */
  static boolean has(String task) {
    return ALL.stream().anyMatch(c -> c.adds.contains(task) || c.removes.contains(task));
  }

  /**
   * What a picture speaks for.
   *
   * @param sentence that asks; the name of a flaw alone ("haze") leaves more to the picture
   */
  static List<Leaning> of(Flaws seen, String sentence) {
    String word = sentence.replaceAll("[^\\p{L}]+", "").toLowerCase(Locale.ROOT);
    return ALL.stream()
        .map(
            c ->
                c.leaning((c.names.contains(word) ? OF_A_NAME : MOST) * c.flaw.applyAsDouble(seen)))
        .toList();
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
