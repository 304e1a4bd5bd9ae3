package dev.mneme.cli;

import dev.mneme.edit.words.Asked;

/** What of a sentence weights that are kept do not hold. */
final class NotKept {
  private NotKept() {}

  /** What to do about it, in a line. */
  static String of(Asked asked) {
    return "keeps the wish \"%s\" without %s; give --strength and --mask when it is applied"
        .formatted(asked.wish(), asked.heard());
  }
}
