package dev.mneme.edit.task;

import java.util.List;

/**
 * How people ask for one task. Held-out sentences are never trained on.
 *
 * @param english trained on, at least 16; the first says it most plainly
 * @param englishHeldOut measured with, at least 4
 * @param chinese trained on, at least 8; the first says it most plainly
 * @param chineseHeldOut measured with, at least 2
 */
public record Phrasings(
    List<String> english,
    List<String> englishHeldOut,
    List<String> chinese,
    List<String> chineseHeldOut) {
  public Phrasings {
    english = List.copyOf(english);
    englishHeldOut = List.copyOf(englishHeldOut);
    chinese = List.copyOf(chinese);
    chineseHeldOut = List.copyOf(chineseHeldOut);
  }

  /** How it is said most plainly, in Chinese or in English. */
  public String plain(boolean inChinese) {
    return (inChinese ? chinese : english).get(0);
  }
}
