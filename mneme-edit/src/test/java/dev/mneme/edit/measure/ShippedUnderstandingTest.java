package dev.mneme.edit.measure;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.learn.WishSentences;
import dev.mneme.edit.learn.Wording;
import dev.mneme.edit.text.RoutedTextEncoder;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.edit.text.Understanding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the command's guide promises about unknown wishes, held to the file in the repository. */
class ShippedUnderstandingTest {
  private static final Path FOLDER = Path.of("..", "models", "understanding");

  @ParameterizedTest
  @EnumSource(names = {"ENGLISH_HELD_OUT", "CHINESE_HELD_OUT"})
  void itFlagsWhatIsUnknownAndLittleElse(Wording wording) throws IOException {
    Understanding understanding = Understanding.load(FOLDER);
    try (TextEncoder encoder = new RoutedTextEncoder()) {
      UnderstandingScores scores = UnderstandingScores.of(understanding, encoder, wording);
      assertTrue(scores.unknown().share() >= 0.9, "unknown wishes: " + scores.unknown());
      assertTrue(scores.known().share() <= 0.05, "known phrasings: " + scores.known());
      assertTrue(scores.pairs().share() <= 0.05, "two in one sentence: " + scores.pairs());
    }
  }

  @Test
  void thereAreEnoughSentencesAndNoneIsOnBothSides() {
    Set<String> learned = new HashSet<>();
    List.of(Wording.ENGLISH_SEEN, Wording.CHINESE_SEEN)
        .forEach(w -> WishSentences.unknown(w).forEach(s -> learned.add(plain(s))));
    assertTrue(WishSentences.unknown(Wording.ENGLISH_SEEN).size() >= 150);
    assertTrue(WishSentences.unknown(Wording.CHINESE_SEEN).size() >= 80);
    assertTrue(WishSentences.unknown(Wording.ENGLISH_HELD_OUT).size() >= 60);
    assertTrue(WishSentences.unknown(Wording.CHINESE_HELD_OUT).size() >= 40);
    for (Wording wording : Wording.values()) {
      if (wording != Wording.TRAIN) {
        WishSentences.known(wording)
            .forEach(s -> assertTrue(!learned.contains(plain(s)), "known and unknown: " + s));
      }
      if (wording == Wording.ENGLISH_HELD_OUT || wording == Wording.CHINESE_HELD_OUT) {
        WishSentences.unknown(wording)
            .forEach(s -> assertTrue(!learned.contains(plain(s)), "learned and held out: " + s));
      }
    }
  }

  private static String plain(String sentence) {
    return sentence.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }
}
