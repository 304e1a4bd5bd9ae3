package dev.mneme.edit.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
  private static final Spelling SPELLING =
      new Spelling(
          List.of("sharpen the background", "make it warmer", "make it warm", "make it brighter"),
          Set.of("cat", "made", "wormer")::contains);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shrapen the backgruond|sharpen the background", // neighbours changed places
        "sharpn it|sharpen it", // one too few
        "make it briighter!|make it brighter!", // one too many
        "Meke it WARMAR|make it warmer", // a wrong one
      })
  void mendsWhatIsOneLetterAway(String typed, String meant) {
    assertEquals(meant, SPELLING.mend(typed));
  }

  @ParameterizedTest
  @CsvSource({
    "I made it wormer", // words, though no text has them
    "shrapne it", // two apart
    "mak it 2x", // too short to tell
    "把它调亮"
  })
  void leavesWordsAndWhatIsFar(String typed) {
    assertEquals(typed, SPELLING.mend(typed));
  }

  @Test
  void whatComesUpMoreOftenIsPreferred() {
    Spelling often = new Spelling(List.of("tints", "tilts tilts"), word -> false);
    assertEquals("tilts", often.mend("tixts"));
  }

  /** Against every edit of the shorter word, made one by one. */
  @Property
  void oneApartIsWhatOneEditMakes(
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 5) String a,
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 5) String b) {
    boolean expected = !a.equals(b) && (edits(a).contains(b) || edits(b).contains(a));
    assertEquals(expected, Spelling.oneApart(a, b));
  }

  /** What taking a letter away, changing it, or swapping it with the next makes. */
  private static Set<String> edits(String word) {
    Set<String> all = new HashSet<>();
    for (int i = 0; i < word.length(); i++) {
      String rest = word.substring(i + 1);
      all.add(word.substring(0, i) + rest);
      for (char c = 'a'; c <= 'c'; c++) {
        all.add(word.substring(0, i) + c + rest);
      }
      if (i + 1 < word.length()) {
        all.add(word.substring(0, i) + word.charAt(i + 1) + word.charAt(i) + word.substring(i + 2));
      }
    }
    return all;
  }
}
