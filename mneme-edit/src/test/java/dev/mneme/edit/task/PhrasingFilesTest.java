package dev.mneme.edit.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Looks at the phrasing files as they lie on the class path, without the code that serves them. */
class PhrasingFilesTest {
  private static final Map<String, Integer> LEAST =
      Map.of("english", 36, "english held out", 6, "chinese", 18, "chinese held out", 4);

  private static final int LONGEST = 120;

  /** Letters by which a held-out sentence may differ from one that is trained on: too few. */
  private static final int NEAREST = 3;

  /** The same in Chinese, where a character is as much as a word of three letters. */
  private static final int NEAREST_CHINESE = 1;

  /** Of all sentences of a task in a language. */
  private static final double HELD_OUT = 0.2;

  /** Words that ask for a strength; sentences here mean the usual one. */
  private static final Pattern INTENSITY =
      Pattern.compile(
          "\\b(slightly|very|a lot|lots|a bit|a little|extremely|strongly|heavily|subtly|really|super)\\b"
              + "|一点|稍|略微|非常|特别|很|大幅|微微|轻微|十分|极");

  private static final Map<String, Integer> LEAST_LATER =
      Map.of("english", 60, "english held out", 6, "chinese", 35, "chinese held out", 4);

  private static final List<String> LANGUAGES = List.of("english", "chinese");

  static final List<String> TASKS = EditTasks.all().stream().map(EditTask::name).toList();

  @ParameterizedTest
  @FieldSource("TASKS")
  void holdsEnoughSentences(String task) {
    Map<String, List<String>> sections = read(task);
    boolean later = EditTasks.named(task).learner() == EditTask.Learner.LATER;
    assertEquals(LEAST.keySet(), sections.keySet(), task);
    (later ? LEAST_LATER : LEAST)
        .forEach(
            (section, least) ->
                assertTrue(
                    sections.get(section).size() >= least,
                    () ->
                        "%s [%s]: %d of %d"
                            .formatted(task, section, sections.get(section).size(), least)));
  }

  @ParameterizedTest
  @FieldSource("TASKS")
  void keepsEachLanguageToItsSection(String task) {
    read(task)
        .forEach(
            (section, sentences) ->
                sentences.forEach(
                    sentence ->
                        assertEquals(
                            section.startsWith("chinese"),
                            isChinese(sentence),
                            task + ": " + sentence)));
  }

  @ParameterizedTest
  @FieldSource("TASKS")
  void keepsSentencesShortAndFreeOfIntensity(String task) {
    for (List<String> sentences : read(task).values()) {
      for (String sentence : sentences) {
        assertTrue(
            sentence.length() <= LONGEST, () -> "Longer than %d: %s".formatted(LONGEST, sentence));
        assertTrue(
            !INTENSITY.matcher(sentence.toLowerCase(Locale.ROOT)).find(),
            () -> "%s: asks for a strength: %s".formatted(task, sentence));
      }
    }
  }

  @ParameterizedTest
  @FieldSource("TASKS")
  void heldOutSentencesAreNoVariantsOfTrainingSentences(String task) {
    Map<String, List<String>> sections = read(task);
    for (String language : LANGUAGES) {
      int nearest = language.equals("english") ? NEAREST : NEAREST_CHINESE;
      for (String heldOut : sections.get(language + " held out")) {
        for (String trained : sections.get(language)) {
          assertTrue(
              distance(plain(heldOut), plain(trained)) > nearest,
              () -> "%s: \"%s\" is nearly \"%s\"".formatted(task, heldOut, trained));
        }
      }
    }
  }

  @ParameterizedTest
  @FieldSource("TASKS")
  void aFifthIsHeldOut(String task) {
    Map<String, List<String>> sections = read(task);
    for (String language : LANGUAGES) {
      double heldOut = sections.get(language + " held out").size();
      double share = heldOut / (heldOut + sections.get(language).size());
      assertTrue(share > HELD_OUT, task + " [" + language + "]: " + share);
    }
  }

  @Test
  void noSentenceStandsTwiceInAnyTaskOrSection() {
    Map<String, String> places = new HashMap<>();
    List<String> repeated = new ArrayList<>();
    for (String task : TASKS) {
      read(task)
          .forEach(
              (section, sentences) -> {
                for (String sentence : sentences) {
                  String place = task + " [" + section + "]";
                  String earlier = places.putIfAbsent(plain(sentence), place);
                  if (earlier != null) {
                    repeated.add("%s: %s and %s".formatted(sentence, earlier, place));
                  }
                }
              });
    }
    assertEquals(List.of(), repeated);
  }

  @ParameterizedTest
  @CsvSource({
    "kitten,sitting,3",
    "'',abc,3",
    "abc,'',3",
    "blur,blur,0",
    "ab,ba,2",
    "调亮,调暗,1",
    "flaw,lawn,2"
  })
  void distanceCountsEdits(String left, String right, int expected) {
    assertEquals(expected, distance(left, right));
  }

  @Test
  void plainFormForgetsCaseAndPunctuation() {
    assertEquals("its out of focus fix it", plain("  It's OUT of focus,   fix it! "));
    assertEquals("太暗了帮我调亮", plain("太暗了，帮我调亮。"));
  }

  private static Map<String, List<String>> read(String task) {
    Map<String, List<String>> sections = new HashMap<>();
    List<String> section = null;
    for (String line : text(task).lines().map(String::strip).toList()) {
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("[") && line.endsWith("]")) {
        section = new ArrayList<>();
        List<String> earlier = sections.put(line.substring(1, line.length() - 1), section);
        assertTrue(earlier == null, () -> "%s: section %s stands twice".formatted(task, line));
      } else {
        assertNotNull(section, () -> "%s: \"%s\" stands before any section".formatted(task, line));
        section.add(line);
      }
    }
    return sections;
  }

  /** Decodes strictly, so that a byte that is no UTF-8 fails. */
  private static String text(String task) {
    String path = "/dev/mneme/edit/phrasings/" + task + ".txt";
    try (InputStream in = PhrasingFilesTest.class.getResourceAsStream(path)) {
      assertNotNull(in, () -> "No resource " + path);
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(in.readAllBytes()))
          .toString();
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  private static boolean isChinese(String sentence) {
    return sentence
        .codePoints()
        .anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
  }

  /** The sentence in lower case, without punctuation, with single blanks. */
  private static String plain(String sentence) {
    return sentence
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}\\s]", "")
        .replaceAll("\\s+", " ")
        .strip();
  }

  /** Levenshtein distance. */
  private static int distance(String left, String right) {
    int[] above = new int[right.length() + 1];
    for (int j = 0; j < above.length; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int[] row = new int[above.length];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int changed = above[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(changed, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[right.length()];
  }
}
