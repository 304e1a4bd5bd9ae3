package dev.mneme.edit.measure;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.learn.GateRun;
import dev.mneme.edit.learn.WishSentences;
import dev.mneme.edit.learn.Wording;
import dev.mneme.edit.measure.UnderstandingScores.Flagged;
import dev.mneme.edit.task.EditTask.Learner;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.memory.LinearGate;
import java.util.List;

/**
 * Which held-out sentences a gate leaves to the base alone.
 *
 * @param own wishes the base was taught: all should be
 * @param others wishes the memory was taught: none should be
 * @param pairs two wishes in one sentence: none should be
 */
public record GateScores(Flagged own, Flagged others, Flagged pairs) {
  /**
   * Measures on one language.
   *
   * @param wording {@link Wording#ENGLISH_HELD_OUT} or {@link Wording#CHINESE_HELD_OUT}
   */
  public static GateScores of(
      LinearGate gate, EditorBase base, TextEncoder encoder, Wording wording) {
    return new GateScores(
        closed(gate, base, encoder, WishSentences.of(EditTasks.of(Learner.BASE), wording)),
        closed(gate, base, encoder, WishSentences.of(EditTasks.of(Learner.MEMORY), wording)),
        closed(gate, base, encoder, WishSentences.knownPairs(wording)));
  }

  private static Flagged closed(
      LinearGate gate, EditorBase base, TextEncoder encoder, List<String> sentences) {
    return new Flagged(GateRun.closed(gate, base, encoder, sentences), sentences.size());
  }
}
