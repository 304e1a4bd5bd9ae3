package dev.mneme.edit.text;

import java.util.List;
import java.util.Set;

/**
 * What is known beside a sentence and speaks for some tasks rather than their contraries: counted
 * only where a contrary is the likest.
 *
 * @param toward tasks it speaks for
 * @param against their contraries
 * @param by how much better the former then score, at least 0
 */
public record Leaning(Set<String> toward, Set<String> against, double by) {
  public Leaning {
    toward = Set.copyOf(toward);
    against = Set.copyOf(against);
  }

  /**
   * Adds to scores in place.
   *
   * @param names of the tasks that were scored, in the order of the scores
   * @param likest the one that scores highest
   */
  void lean(List<String> names, double[] scores, String likest) {
    if (against.contains(likest)) {
      for (int t = 0; t < names.size(); t++) {
        scores[t] += toward.contains(names.get(t)) ? by : 0;
      }
    }
  }
}
