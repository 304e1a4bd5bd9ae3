package dev.mneme.edit.text;

/**
 * Turns a sentence into token states. Implementations are frozen, deterministic and safe for
 * concurrent use.
 */
public interface TextEncoder extends AutoCloseable {
  /**
   * Encodes one sentence.
   *
   * @param sentence English or Chinese; longer sentences are cut to the encoder's token limit
   * @return token states, length 1 to the limit
   * @throws UnusableSentenceException if the sentence is blank, too long, or in no known script
   */
  TextStates encode(String sentence);

  /**
   * Whether an English word, in small letters, stands whole in the vocabulary. Who has no
   * vocabulary takes every word for one.
   */
  default boolean knows(String word) {
    return true;
  }

  @Override
  void close();
}
