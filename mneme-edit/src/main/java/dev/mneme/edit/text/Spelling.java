package dev.mneme.edit.text;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Mends English words that were mistyped by one letter: one too many, one too few, a wrong one, or
 * two neighbours that changed places (Damerau, 1964, found four in five misspellings to be so). An
 * encoder cuts a mistyped word into pieces that mean something else. Immutable.
 */
public final class Spelling {
  private static final Pattern WORD = Pattern.compile("[A-Za-z]+");

  /** Fewest letters of a word that is mended: shorter ones are one letter from too many others. */
  private static final int SHORTEST = 4;

  private final Map<String, Integer> known;
  private final Predicate<String> right;

  /**
   * @param texts whose words a mistyped one may be; a word that comes up more often is preferred
   * @param right whether a word that stands in none of them is a word all the same, in small
   *     letters
   */
  public Spelling(List<String> texts, Predicate<String> right) {
    known = new HashMap<>();
    for (String text : texts) {
      Matcher words = WORD.matcher(text);
      while (words.find()) {
        known.merge(words.group().toLowerCase(Locale.ROOT), 1, Integer::sum);
      }
    }
    this.right = right;
  }

  /** The text with the words mended that are none; everything else to the letter. */
  public String mend(String text) {
    return WORD.matcher(text).replaceAll(word -> mended(word.group()));
  }

  private String mended(String word) {
    String small = word.toLowerCase(Locale.ROOT);
    if (word.length() < SHORTEST || known.containsKey(small) || right.test(small)) {
      return word;
    }
    String best = word;
    int times = 0;
    for (Map.Entry<String, Integer> other : known.entrySet()) {
      String candidate = other.getKey();
      boolean better =
          other.getValue() > times || other.getValue() == times && candidate.compareTo(best) < 0;
      if (better && candidate.length() >= SHORTEST && oneApart(small, candidate)) {
        best = candidate;
        times = other.getValue();
      }
    }
    return best;
  }

  /** Whether one letter, or two neighbours in the other order, is all that differs. */
  static boolean oneApart(String a, String b) {
    int longer = Math.max(a.length(), b.length());
    if (longer - Math.min(a.length(), b.length()) > 1 || a.equals(b)) {
      return false;
    }
    int at = 0;
    while (at < a.length() && at < b.length() && a.charAt(at) == b.charAt(at)) {
      at++;
    }
    if (a.length() != b.length()) {
      String rest = (a.length() > b.length() ? a : b).substring(at + 1);
      return rest.equals((a.length() > b.length() ? b : a).substring(at));
    }
    boolean swapped =
        at + 1 < longer
            && a.charAt(at) == b.charAt(at + 1)
            && a.charAt(at + 1) == b.charAt(at)
            && a.substring(at + 2).equals(b.substring(at + 2));
    return swapped || a.substring(at + 1).equals(b.substring(at + 1));
  }
}
