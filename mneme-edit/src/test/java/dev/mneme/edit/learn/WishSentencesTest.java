package dev.mneme.edit.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WishSentencesTest {
  private static final List<Wording> SEEN = List.of(Wording.ENGLISH_SEEN, Wording.CHINESE_SEEN);
  private static final List<Wording> HELD_OUT =
      List.of(Wording.ENGLISH_HELD_OUT, Wording.CHINESE_HELD_OUT);

  private static final List<EditTask> TASKS = EditTasks.all();

  private static List<String> unknown(Wording wording) {
    return WishSentences.unknown(wording).stream()
        .peek(wish -> assertEquals(Set.of(), wish.tasks(), wish.sentence()))
        .map(WishSentences.Wish::sentence)
        .toList();
  }

  private static List<String> known(Wording wording) {
    return WishSentences.known(TASKS, wording).stream().map(WishSentences.Wish::sentence).toList();
  }

  private static String plain(String sentence) {
    return sentence.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }

  @Test
  void thereAreEnough() {
    assertTrue(unknown(Wording.ENGLISH_SEEN).size() >= 150);
    assertTrue(unknown(Wording.CHINESE_SEEN).size() >= 80);
    assertTrue(unknown(Wording.ENGLISH_HELD_OUT).size() >= 60);
    assertTrue(unknown(Wording.CHINESE_HELD_OUT).size() >= 40);
  }

  @Test
  void noneIsKnownAndUnknownNorLearnedAndHeldOut() {
    Set<String> learned = new HashSet<>();
    SEEN.forEach(w -> unknown(w).forEach(s -> learned.add(plain(s))));
    SEEN.forEach(w -> known(w).forEach(s -> assertFalse(learned.contains(plain(s)), s)));
    for (Wording wording : HELD_OUT) {
      known(wording).forEach(s -> assertFalse(learned.contains(plain(s)), s));
      unknown(wording).forEach(s -> assertFalse(learned.contains(plain(s)), s));
    }
  }

  @Test
  void whatIsMadeHasItsThingInIt() {
    for (Wording wording : SEEN) {
      List<String> unknown = unknown(wording);
      assertTrue(unknown.stream().noneMatch(s -> s.contains("{") || s.startsWith("[")));
      assertEquals(unknown, unknown(wording), "the same every time");
    }
    assertTrue(unknown(Wording.ENGLISH_SEEN).contains("add the dog"));
    assertTrue(unknown(Wording.CHINESE_SEEN).contains("加上小狗"));
  }

  @Test
  void aPairAsksForBoth() {
    List<WishSentences.Wish> pairs = WishSentences.knownPairs(TASKS, Wording.ENGLISH_SEEN);
    assertTrue(pairs.size() >= 8 * TASKS.size());
    for (WishSentences.Wish pair : pairs) {
      assertEquals(2, pair.tasks().size(), pair.sentence());
      for (String task : pair.tasks()) {
        assertTrue(
            WishSentences.known(List.of(EditTasks.named(task)), Wording.ENGLISH_SEEN).stream()
                .anyMatch(wish -> pair.sentence().contains(wish.sentence())),
            pair.sentence());
      }
    }
  }
}
