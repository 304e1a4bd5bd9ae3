package dev.mneme.edit.measure;

import dev.mneme.edit.words.Language;
import java.util.Locale;
import java.util.Optional;

/** How people type a sentence that could also be written neatly. */
public enum Habit {
  /** ALL IN CAPITALS; there are none in Chinese. */
  CAPITALS {
    @Override
    public Optional<String> of(String sentence) {
      return isChinese(sentence)
          ? Optional.empty()
          : Optional.of(sentence.toUpperCase(Locale.ROOT));
    }
  },
  /** Two letters in the middle of the longest word change places; not in Chinese. */
  TYPO {
    @Override
    public Optional<String> of(String sentence) {
      if (isChinese(sentence)) {
        return Optional.empty();
      }
      String longest = "";
      for (String word : sentence.split("[^\\p{L}]+")) {
        longest = word.length() > longest.length() ? word : longest;
      }
      if (longest.length() < SHORTEST) {
        return Optional.empty();
      }
      int at = sentence.indexOf(longest) + longest.length() / 2;
      StringBuilder mistyped = new StringBuilder(sentence);
      mistyped.setCharAt(at, sentence.charAt(at - 1));
      mistyped.setCharAt(at - 1, sentence.charAt(at));
      return Optional.of(mistyped.toString());
    }
  },
  /** With please and thank you. */
  POLITE {
    @Override
    public Optional<String> of(String sentence) {
      return Optional.of(
          isChinese(sentence)
              ? "麻烦" + sentence + "，谢谢"
              : "could you please " + sentence + ", thank you");
    }
  };

  private static final int SHORTEST = 4; // letters of a word that is mistyped

  private static boolean isChinese(String sentence) {
    return Language.of(sentence) == Language.CHINESE;
  }

  /** The sentence typed so; empty where that cannot be done with it. */
  public abstract Optional<String> of(String sentence);
}
