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
import java.util.stream.Collectors;
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
  void aPairThatIsMadeAsksForBoth() {
    List<WishSentences.Wish> pairs = WishSentences.joined(TASKS, Wording.ENGLISH_SEEN);
    assertEquals(8 * TASKS.size(), pairs.size());
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

  @Test
  void everyTaskStandsInPairsThatWereWritten() {
    for (Wording wording : List.of(Wording.ENGLISH_SEEN, Wording.CHINESE_SEEN)) {
      List<WishSentences.Wish> pairs = WishSentences.written(TASKS, wording);
      assertTrue(pairs.stream().allMatch(pair -> pair.tasks().size() == 2));
      for (EditTask task : TASKS) {
        assertTrue(
            pairs.stream().filter(pair -> pair.tasks().contains(task.name())).count() >= 10,
            task.name());
      }
      assertTrue(WishSentences.knownPairs(TASKS, wording).containsAll(pairs));
    }
  }

  @Test
  void writtenPairsThatAreHeldOutAreNotLearnedFrom() {
    for (boolean chinese : new boolean[] {false, true}) {
      List<String> seen =
          WishSentences.written(TASKS, chinese ? Wording.CHINESE_SEEN : Wording.ENGLISH_SEEN)
              .stream()
              .map(pair -> letters(pair.sentence()))
              .toList();
      List<WishSentences.Wish> heldOut =
          WishSentences.written(
              TASKS, chinese ? Wording.CHINESE_HELD_OUT : Wording.ENGLISH_HELD_OUT);
      assertTrue(heldOut.size() > seen.size() / 4, heldOut.size() + " of " + seen.size());
      heldOut.forEach(pair -> assertFalse(seen.contains(letters(pair.sentence())), "" + pair));
    }
  }

  /** A pair of which one task is not there is no question. */
  @Test
  void pairsAreOfTasksThatAreThere() {
    List<EditTask> two = List.of(EditTasks.named("denoise"), EditTasks.named("brighten"));
    Set<Set<String>> asked =
        WishSentences.written(two, Wording.ENGLISH_SEEN).stream()
            .map(WishSentences.Wish::tasks)
            .collect(Collectors.toSet());
    assertEquals(Set.of(Set.of("denoise", "brighten")), asked);
  }

  private static String letters(String sentence) {
    return sentence.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}]+", "");
  }
}
