package dev.mneme.edit.pipeline;

import dev.mneme.edit.text.TextStates;

/**
 * One sentence of those an operator answers.
 *
 * @param sentence what was asked for
 * @param said in the words that are read: its own, or plainer ones
 * @param states what the frozen text encoder says about those
 * @param weight its share among the operator's wishes, relative to theirs; above 0
 */
record Wish(String sentence, String said, TextStates states, double weight) {
  Wish times(double factor) {
    return new Wish(sentence, said, states, weight * factor);
  }
}
