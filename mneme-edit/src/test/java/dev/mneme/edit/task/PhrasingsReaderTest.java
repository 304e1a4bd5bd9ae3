package dev.mneme.edit.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.Picture;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PhrasingsReaderTest {
  private static String section(String heading, String word, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> word + " " + i + "\n")
        .collect(Collectors.joining("", heading + "\n", ""));
  }

  private static final String ENGLISH = section("[english]", "do it", 16);
  private static final String ENGLISH_HELD = section("[english held out]", "please", 4);
  private static final String CHINESE = section("[chinese]", "变亮", 8);
  private static final String CHINESE_HELD = section("[chinese held out]", "请", 2);

  @Test
  void sectionsAreReadInAnyOrderWithoutCommentsAndBlanks() {
    Phrasings read =
        PhrasingsReader.parse(
            "here",
            "# about\n\n" + CHINESE_HELD + CHINESE + "\n  # more\r\n" + ENGLISH_HELD + ENGLISH);
    assertEquals(16, read.english().size());
    assertEquals("do it 15", read.english().get(15));
    assertEquals(List.of("please 0", "please 1", "please 2", "please 3"), read.englishHeldOut());
    assertEquals("变亮 0", read.chinese().get(0));
    assertEquals(List.of("请 0", "请 1"), read.chineseHeldOut());
  }

  @Test
  void malformedTextIsRefusedWithItsPlace() {
    assertRefused(
        "here line 1: expected a section heading first, found 'do it'", "do it\n" + ENGLISH);
    assertRefused("here line 1: expected one of [[chinese held out], [chinese]", "[German]\n");
    assertRefused("found '[English]'", "[English]\n");
    assertRefused(
        "here line 18: expected each section once, found '[english]' again",
        ENGLISH + "[english]\n");
    assertRefused(
        "here line 19: expected every sentence once, found 'Do it 3' again",
        ENGLISH + "[english held out]\nDo it 3\n");
    assertRefused(
        "here: expected at least 4 sentences under [english held out], found 0; add some",
        ENGLISH + CHINESE + CHINESE_HELD);
    assertRefused(
        "here: expected at least 16 sentences under [english], found 15; add some",
        section("[english]", "do it", 15) + ENGLISH_HELD + CHINESE + CHINESE_HELD);
  }

  private static void assertRefused(String part, String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> PhrasingsReader.parse("here", text))
            .getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void everyTaskHasItsOwnPhrasings() {
    Map<String, String> owner = new HashMap<>();
    for (EditTask task : EditTasks.all()) {
      Phrasings read = PhrasingsReader.of(task);
      Stream.of(read.english(), read.englishHeldOut(), read.chinese(), read.chineseHeldOut())
          .flatMap(List::stream)
          .forEach(
              sentence -> {
                String other = owner.put(sentence, task.name());
                assertEquals(null, other, "'" + sentence + "' asks for two tasks");
              });
    }
  }

  @Test
  void phrasingsOfOwnTasksAreReadOnce() {
    EditTask task = EditTasks.named("rain");
    assertSame(PhrasingsReader.of(task), PhrasingsReader.of(task));
    assertEquals(PhrasingsReader.read(task), PhrasingsReader.of(task));
  }

  @Test
  void aTaskWithoutPhrasingsIsNamed() {
    EditTask stranger =
        new StyleTask(
            "fold",
            EditTask.Family.DRAWING,
            EditTask.Learner.MEMORY,
            new EditTask.Strength(1, 1, 1),
            (Picture source, double strength) -> source);
    String message =
        assertThrows(IllegalArgumentException.class, () -> PhrasingsReader.of(stranger))
            .getMessage();
    assertTrue(message.contains("'fold'") && message.contains("phrasings/fold.txt"), message);
  }
}
