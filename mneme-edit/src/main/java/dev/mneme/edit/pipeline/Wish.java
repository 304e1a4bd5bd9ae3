package dev.mneme.edit.pipeline;

import dev.mneme.edit.text.TextStates;

/**
 * One sentence of those an operator answers.
 *
 * @param sentence what was asked for
 * @param states what the frozen text encoder says about it
 * @param weight its share among the operator's wishes, relative to theirs; above 0
 */
record Wish(String sentence, TextStates states, double weight) {
  Wish times(double factor) {
    return new Wish(sentence, states, weight * factor);
  }
}
