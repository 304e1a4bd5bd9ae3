package dev.mneme.edit.words;

/**
 * How long a sentence rules are tried on. Patterns that look for words with anything between them
 * take longer by the square of what they search; what is longer than this is left as it is, for the
 * encoder to refuse.
 */
final class Limit {
  /** Letters, signs and blanks; a sentence has some hundred. */
  static final int LETTERS = 1000;

  private Limit() {}

  static boolean exceededBy(String sentence) {
    return sentence.length() > LETTERS;
  }
}
