package dev.mneme.edit.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.WordEncoder;
import dev.mneme.edit.text.Understanding.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On words whose states say nothing but which word it is. */
class UnderstandingTest {
  private static final String[] LIGHT = {"warm", "cool", "bright", "dark", "grey", "soft"};
  private static final String[] THINGS = {"dog", "hat", "tree", "boat", "bird", "fence"};
  private static final String[] FILLERS = {"make", "it", "please", "the", "a", "now"};
  private static final String[] ZH_LIGHT = {"暖", "冷", "亮", "暗", "灰", "柔"};
  private static final String[] ZH_THINGS = {"狗", "帽", "树", "船", "鸟", "墙"};
  private static final String[] ZH_FILLERS = {"请", "把", "了", "的", "吧", "呢"};

  @TempDir Path folder;

  private final TextEncoder encoder = new WordEncoder();

  private static List<String> sentences(String[] words, String[] fillers, String gap, int seed) {
    Random random = new Random(seed);
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      List<String> sentence = new ArrayList<>();
      for (int k = 0; k < 3; k++) {
        sentence.add(fillers[random.nextInt(fillers.length)]);
      }
      sentence.add(random.nextInt(4), words[i % words.length]);
      all.add(String.join(gap, sentence));
    }
    return all;
  }

  private Understanding fitted() {
    List<Example> examples = new ArrayList<>();
    sentences(LIGHT, FILLERS, " ", 1).forEach(s -> examples.add(example(s, true)));
    sentences(THINGS, FILLERS, " ", 2).forEach(s -> examples.add(example(s, false)));
    sentences(ZH_LIGHT, ZH_FILLERS, "", 3).forEach(s -> examples.add(example(s, true)));
    sentences(ZH_THINGS, ZH_FILLERS, "", 4).forEach(s -> examples.add(example(s, false)));
    return Understanding.fit(examples);
  }

  private Example example(String sentence, boolean known) {
    return new Example(encoder.encode(sentence), known);
  }

  private long known(Understanding understanding, List<String> sentences) {
    return sentences.stream().filter(s -> understanding.judge(encoder.encode(s)).known()).count();
  }

  @Test
  void newSentencesAreToldApartInBothLanguages() {
    Understanding understanding = fitted();
    // The border is drawn where a tenth of the known ones would be missed.
    assertTrue(known(understanding, sentences(LIGHT, FILLERS, " ", 5)) >= 48);
    assertTrue(known(understanding, sentences(THINGS, FILLERS, " ", 6)) <= 6);
    assertTrue(known(understanding, sentences(ZH_LIGHT, ZH_FILLERS, "", 7)) >= 48);
    assertTrue(known(understanding, sentences(ZH_THINGS, ZH_FILLERS, "", 8)) <= 6);
  }

  @Test
  void confidenceIsAboutTheBorder() {
    assertTrue(new Understanding.Verdict(0.5).known());
    assertFalse(new Understanding.Verdict(0.499).known());
    Understanding understanding = fitted();
    for (String sentence : sentences(LIGHT, FILLERS, " ", 5)) {
      double confidence = understanding.judge(encoder.encode(sentence)).confidence();
      assertTrue(confidence > 0 && confidence < 1, sentence + ": " + confidence);
    }
  }

  @Test
  void theFileSaysWhatWasFittedAndTheSameFitGivesTheSameFile() throws IOException {
    Understanding understanding = fitted();
    understanding.save(folder.resolve("one"));
    fitted().save(folder.resolve("two"));
    assertEquals(-1, Files.mismatch(file("one"), file("two")));
    Understanding loaded = Understanding.load(folder.resolve("one"));
    for (String sentence : List.of("make it warm now", "a dog please", "请把狗", "暖了吧")) {
      double expected = understanding.judge(encoder.encode(sentence)).confidence();
      assertEquals(expected, loaded.judge(encoder.encode(sentence)).confidence(), 1e-4);
    }
  }

  private Path file(String name) {
    return folder.resolve(name).resolve(Understanding.FILE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"format\":1;\"format\":2;of format 2",
        "mneme_understanding;something;found 'something'",
        "\"minilm\":[;\"minilm\":[1,;expected 385 numbers under 'minilm', found 386",
        "\"bge_zh\";\"other\";under 'bge_zh', found 0",
        "\"minilm\":[;\"minilm\":[\"x\",;under 'minilm'",
        "{;[;understanding.json"
      })
  void otherFilesAreRefused(String what, String by, String said) throws IOException {
    fitted().save(folder.resolve("one"));
    String text = Files.readString(file("one"));
    int at = text.indexOf(what);
    Files.writeString(file("one"), text.substring(0, at) + by + text.substring(at + what.length()));
    IOException e =
        assertThrows(IOException.class, () -> Understanding.load(folder.resolve("one")));
    assertTrue(e.getMessage().contains(said), e.getMessage());
    assertThrows(NoSuchFileException.class, () -> Understanding.load(folder.resolve("none")));
  }

  @Test
  void tooFewSentencesAreRefused() {
    List<Example> few = List.of(example("make it warm", true), example("a dog", false));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Understanding.fit(few));
    assertTrue(e.getMessage().contains("MINILM, found 1 and 1"), e.getMessage());
  }
}
