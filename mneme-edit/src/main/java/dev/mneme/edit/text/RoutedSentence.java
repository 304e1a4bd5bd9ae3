package dev.mneme.edit.text;

import dev.mneme.edit.text.TextStates.Encoder;
import dev.mneme.edit.text.UnusableSentenceException.Kind;
import java.lang.Character.UnicodeScript;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A sentence made ready for one encoder: runs of white space are one blank, and the script has
 * chosen the encoder. Equal values have equal token states.
 *
 * @param encoder who reads it
 * @param text what is read
 */
record RoutedSentence(Encoder encoder, String text) {
  /**
   * Longest sentence taken, in code points; a guard against whole documents, far above the token
   * limit.
   */
  static final int MAX_CHARACTERS = 2000;

  private static final Pattern WHITE_SPACE = Pattern.compile("(?U)\\s+");
  private static final int QUOTED = 40;

  /**
   * Chooses the encoder: any Chinese character sends the whole sentence to the Chinese one, else
   * any Latin letter to the English one.
   *
   * @throws UnusableSentenceException if the sentence is blank, too long, or has no letter of
   *     either script
   */
  static RoutedSentence of(String sentence) {
    String text = WHITE_SPACE.matcher(sentence).replaceAll(" ").strip();
    if (text.isEmpty()) {
      throw new UnusableSentenceException(
          Kind.BLANK,
          "Expected a sentence in English or Chinese, found a blank one; say what to do, such as \"make it warmer\"");
    }
    int characters = text.codePointCount(0, text.length());
    if (characters > MAX_CHARACTERS) {
      throw new UnusableSentenceException(
          Kind.TOO_LONG,
          "Expected a sentence of at most %d characters, found %d; shorten it to what should be done"
              .formatted(MAX_CHARACTERS, characters));
    }
    if (text.codePoints().anyMatch(RoutedSentence::isChinese)) {
      // The tokenizer of this encoder keeps case, but its vocabulary has lower-case Latin words
      // only.
      return new RoutedSentence(Encoder.BGE_ZH, text.toLowerCase(Locale.ROOT));
    }
    if (text.codePoints().anyMatch(RoutedSentence::isLatin)) {
      return new RoutedSentence(Encoder.MINILM, text);
    }
    throw new UnusableSentenceException(
        Kind.OTHER_SCRIPT,
        "Expected a sentence with Latin letters or Chinese characters, found %s; write it in English or Chinese"
            .formatted(quoted(text)));
  }

  /** The beginning of a text in quotes, for messages. */
  static String quoted(String text) {
    int characters = text.codePointCount(0, text.length());
    return characters <= QUOTED
        ? '"' + text + '"'
        : '"' + text.substring(0, text.offsetByCodePoints(0, QUOTED)) + "…\"";
  }

  private static boolean isChinese(int c) {
    return Character.isIdeographic(c) && UnicodeScript.of(c) == UnicodeScript.HAN;
  }

  private static boolean isLatin(int c) {
    return Character.isLetter(c) && UnicodeScript.of(c) == UnicodeScript.LATIN;
  }
}
