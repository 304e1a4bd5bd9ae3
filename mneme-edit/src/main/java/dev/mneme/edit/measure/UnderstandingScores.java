package dev.mneme.edit.measure;

import dev.mneme.edit.learn.WishSentences;
import dev.mneme.edit.learn.Wording;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.edit.text.Understanding;
import java.util.List;
import java.util.Locale;

/**
 * How well an {@link Understanding} tells held-out sentences apart.
 *
 * @param known held-out phrasings of all tasks
 * @param pairs two of them in one sentence
 * @param unknown held-out sentences that ask for nothing known
 */
public record UnderstandingScores(Flagged known, Flagged pairs, Flagged unknown) {
  /**
   * Sentences taken for unknown.
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
      return String.format(
          Locale.ROOT, "%d of %d (%.1f %%)", sentences.size(), among, 100 * share());
    }
  }

  /**
   * Measures on one language.
   *
   * @param wording {@link Wording#ENGLISH_HELD_OUT} or {@link Wording#CHINESE_HELD_OUT}
   */
  public static UnderstandingScores of(
      Understanding understanding, TextEncoder encoder, Wording wording) {
    return new UnderstandingScores(
        flagged(understanding, encoder, WishSentences.known(wording)),
        flagged(understanding, encoder, WishSentences.knownPairs(wording)),
        flagged(understanding, encoder, WishSentences.unknown(wording)));
  }

  private static Flagged flagged(
      Understanding understanding, TextEncoder encoder, List<String> sentences) {
    return new Flagged(
        sentences.stream()
            .filter(sentence -> !understanding.judge(encoder.encode(sentence)).known())
            .toList(),
        sentences.size());
  }
}
