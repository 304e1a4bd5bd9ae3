package dev.mneme.edit.pipeline;

import dev.mneme.edit.text.TextEncoder;
import dev.mneme.edit.text.TextStates;
import dev.mneme.edit.text.Understanding;
import dev.mneme.edit.text.UnusableSentenceException;
import dev.mneme.edit.words.WishParts;
import java.util.ArrayList;
import java.util.List;

/**
 * Hears what a sentence asks for, as a whole and in its parts. Edits and measurements both hear
 * through this.
 *
 * @param understanding judges what was heard
 * @param encoder reads it
 */
public record Hearing(Understanding understanding, TextEncoder encoder) {
  /**
   * @throws UnusableSentenceException if the sentence cannot be read
   */
  public Understanding.Verdict of(String sentence) {
    return of(sentence, encoder.encode(sentence));
  }

  /** As {@link #of(String)}, of a sentence that was read already. */
  public Understanding.Verdict of(String sentence, TextStates text) {
    List<TextStates> parts = new ArrayList<>();
    for (String part : WishParts.of(sentence)) {
      try {
        parts.add(encoder.encode(part));
      } catch (UnusableSentenceException e) {
        // what says nothing by itself ("1, 2") is no wish of its own
      }
    }
    return understanding.judge(text, parts);
  }
}
