package dev.mneme.edit.words;

import java.util.Locale;

/** The two languages sentences are read in. */
public enum Language {
  ENGLISH,
  CHINESE;

  /** Chinese where there is any Chinese character, as the encoders are chosen. */
  public static Language of(String sentence) {
    boolean han =
        sentence
            .codePoints()
            .anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
    return han ? CHINESE : ENGLISH;
  }

  /** A heading of the rules, such as {@code english words}. */
  String heading(String what) {
    return name().toLowerCase(Locale.ROOT) + " " + what;
  }
}
