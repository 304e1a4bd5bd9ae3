package dev.mneme.edit.words;

import java.util.List;

/**
 * Something that leaves a sentence.
 *
 * @param from first character
 * @param to behind the last character
 * @param factor the intensity it says
 * @param instead what takes its place
 */
record Cut(int from, int to, double factor, String instead) {
  boolean meets(int start, int end) {
    return from < end && start < to;
  }

  /** The sentence without these, in their order. */
  static String out(String sentence, List<Cut> cuts) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (Cut cut : cuts) {
      out.append(sentence, at, cut.from).append(cut.instead);
      at = cut.to;
    }
    return out.append(sentence.substring(at)).toString();
  }

  /** Without doubled blanks and commas at the ends, and with "a" and "an" as the words now ask. */
  static String tidy(String sentence) {
    return sentence
        .replaceAll("\\s+", " ")
        .replaceAll("^[ ,，]+|[ ,，]+$", "")
        .replaceAll("(?i)\\b(a)n (?=[b-df-hj-np-tv-z])", "$1 ")
        .replaceAll("(?i)\\b(a) (?=[aeio])", "$1n ");
  }
}
