package dev.mneme.edit.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WishSentencesTest {
  private static final List<Wording> SEEN = List.of(Wording.ENGLISH_SEEN, Wording.CHINESE_SEEN);
  private static final List<Wording> HELD_OUT =
      List.of(Wording.ENGLISH_HELD_OUT, Wording.CHINESE_HELD_OUT);

  private static String plain(String sentence) {
    return sentence.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }

  @Test
  void thereAreEnough() {
    assertTrue(WishSentences.unknown(Wording.ENGLISH_SEEN).size() >= 150);
    assertTrue(WishSentences.unknown(Wording.CHINESE_SEEN).size() >= 80);
    assertTrue(WishSentences.unknown(Wording.ENGLISH_HELD_OUT).size() >= 60);
    assertTrue(WishSentences.unknown(Wording.CHINESE_HELD_OUT).size() >= 40);
  }

  @Test
  void noneIsKnownAndUnknownNorLearnedAndHeldOut() {
    Set<String> learned = new HashSet<>();
    SEEN.forEach(w -> WishSentences.unknown(w).forEach(s -> learned.add(plain(s))));
    SEEN.forEach(
        w -> WishSentences.known(w).forEach(s -> assertFalse(learned.contains(plain(s)), s)));
    for (Wording wording : HELD_OUT) {
      WishSentences.known(wording).forEach(s -> assertFalse(learned.contains(plain(s)), s));
      WishSentences.unknown(wording).forEach(s -> assertFalse(learned.contains(plain(s)), s));
    }
  }

  @Test
  void whatIsMadeHasItsThingInIt() {
    for (Wording wording : SEEN) {
      List<String> unknown = WishSentences.unknown(wording);
      assertTrue(unknown.stream().noneMatch(s -> s.contains("{") || s.startsWith("[")));
      assertEquals(unknown, WishSentences.unknown(wording), "the same every time");
    }
    assertTrue(WishSentences.unknown(Wording.ENGLISH_SEEN).contains("add the dog"));
    assertTrue(WishSentences.unknown(Wording.CHINESE_SEEN).contains("加上小狗"));
  }
}
