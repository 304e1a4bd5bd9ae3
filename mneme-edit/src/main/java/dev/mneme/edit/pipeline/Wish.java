package dev.mneme.edit.pipeline;

import dev.mneme.edit.text.TextStates;

/**
 * One sentence of those an operator answers.
 *
 * @param sentence what was asked for
 * @param said in the words that are read: its own, or plainer ones
 * @param states what the frozen text encoder says about those
 * @param ceiling brightest value that the base is shown of a pixel, in (0, 1]
 * @param weight its share among the operator's wishes, relative to theirs; above 0
 */
record Wish(String sentence, String said, TextStates states, double ceiling, double weight) {
  Wish times(double factor) {
    return new Wish(sentence, said, states, ceiling, weight * factor);
  }
}
