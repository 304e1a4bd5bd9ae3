package dev.mneme.edit.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.WordEncoder;
import dev.mneme.edit.text.TextStates.Encoder;
import dev.mneme.edit.text.Understanding.Example;
import dev.mneme.edit.text.Understanding.Tasks;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Tensors;
import dev.mneme.tensor.safetensors.Safetensors;
import dev.mneme.tensor.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On words whose states say nothing but which word it is. */
class UnderstandingTest {
  static {
    Engine.start();
  }

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

  private List<Example> examples() {
    List<Example> examples = new ArrayList<>();
    sentences(LIGHT, FILLERS, " ", 1).forEach(s -> examples.add(known(s)));
    sentences(THINGS, FILLERS, " ", 2).forEach(s -> examples.add(unknown(s)));
    sentences(ZH_LIGHT, ZH_FILLERS, "", 3).forEach(s -> examples.add(known(s)));
    sentences(ZH_THINGS, ZH_FILLERS, "", 4).forEach(s -> examples.add(unknown(s)));
    return examples;
  }

  private Understanding fitted() {
    return Understanding.fit(examples(), tasks(Set.of()));
  }

  private static Tasks tasks(Set<String> later) {
    Set<String> alone = new TreeSet<>(Set.of("bright", "dark", "soft"));
    alone.removeAll(later);
    Map<Encoder, Map<String, String>> plain =
        Map.of(Encoder.MINILM, Map.of("warm", "make it warm"), Encoder.BGE_ZH, Map.of("warm", "暖"));
    return new Tasks(List.of(LIGHT), alone, later, plain);
  }

  /** Asks for the task of the word in it. */
  private Example known(String sentence) {
    return new Example(encoder.encode(sentence), Set.of(task(sentence)));
  }

  private Example unknown(String sentence) {
    return new Example(encoder.encode(sentence), Set.of());
  }

  private static String task(String sentence) {
    for (int i = 0; i < LIGHT.length; i++) {
      if (sentence.contains(LIGHT[i]) || sentence.contains(ZH_LIGHT[i])) {
        return LIGHT[i];
      }
    }
    throw new AssertionError(sentence);
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
  void whatIsKnownBesideASentenceIsForgottenWithIt() {
    Understanding understanding = fitted();
    TextStates asked = encoder.encode("please make it bright");
    Verdict alone = understanding.judge(asked);
    Leaning leaning = new Leaning(Set.of("dark"), Set.of("bright"), 9);
    assertEquals("dark", understanding.judge(asked, List.of(), List.of(leaning)).likest());
    assertEquals(alone, understanding.judge(asked));
  }

  @Test
  void theTaskIsNamedAndWhoDoesItIsTold() {
    Understanding understanding = fitted();
    List<String> asked = new ArrayList<>(sentences(LIGHT, FILLERS, " ", 5));
    asked.addAll(sentences(ZH_LIGHT, ZH_FILLERS, "", 7));
    int right = 0;
    for (String sentence : asked) {
      Verdict verdict = understanding.judge(encoder.encode(sentence));
      boolean alone = List.of("bright", "dark", "soft").contains(task(sentence));
      right += verdict.likest().equals(task(sentence)) && verdict.need() < 0.5 == alone ? 1 : 0;
    }
    assertTrue(right >= 0.9 * asked.size(), right + " of " + asked.size());
  }

  @Test
  void whatArrivedLaterIsClaimedWhereItIsLikest() {
    Understanding late = Understanding.fit(examples(), tasks(Set.of("grey")));
    Verdict own = late.judge(encoder.encode("make it grey"));
    assertTrue(late.claims(own));
    assertEquals("grey", own.written());
    assertEquals(1, own.need());
    for (String other : List.of("make it warm", "make it bright")) {
      Verdict verdict = late.judge(encoder.encode(other));
      assertFalse(late.claims(verdict), other);
      assertFalse(verdict.written().equals("grey"), other);
    }
    assertTrue(late.knows("grey") && !late.knows("rain"));
    assertThrows(IllegalArgumentException.class, () -> tasks(Set.of("rain")));
  }

  @Test
  void whatArrivedLaterIsUnknownWhereNoMemoryIsThereForIt() {
    Understanding late = Understanding.fit(examples(), tasks(Set.of("grey", "soft")));
    Understanding without = late.having(Set.of("soft", "rain"));
    assertTrue(judge(late, "make it grey").known());
    assertFalse(judge(without, "make it grey").known());
    assertEquals(judge(late, "make it soft"), judge(without, "make it soft"));
    assertEquals(judge(late, "make it warm"), judge(without, "make it warm"));
  }

  @Test
  void theBorderIsDrawnByFreshSentencesAlone() {
    List<Example> odd = examples(); // with some that all others speak against
    sentences(THINGS, FILLERS, " ", 9).subList(0, 12).stream()
        .map(s -> new Example(encoder.encode(s), Set.of("warm"), false))
        .forEach(odd::add);
    double among = judge(Understanding.fit(odd, tasks(Set.of())), "make it warm").confidence();
    List<Example> fresh = odd.stream().map(e -> new Example(e.states(), e.tasks(), true)).toList();
    double all = judge(Understanding.fit(fresh, tasks(Set.of())), "make it warm").confidence();
    assertTrue(among < all, among + " and " + all);
  }

  @Test
  void aPartThatClearlyNeedsTheMemoryIsEnough() {
    Understanding understanding = fitted();
    TextStates whole =
        encoder.encode("bright dog hat tree boat fence"); // ahead, and not beyond doubt
    assertEquals(0, understanding.judge(whole).need());
    assertEquals(1, understanding.judge(whole, List.of(encoder.encode("make it warm"))).need());
    assertEquals(0, understanding.judge(whole, List.of(encoder.encode("make it dark"))).need());
  }

  @Test
  void whatIsBeyondDoubtTheBasesIsNotAskedInParts() {
    Understanding understanding = fitted();
    TextStates whole = encoder.encode(LIGHT[2]); // "bright", and no other word
    double ahead = understanding.judge(whole).ahead();
    assertTrue(ahead > 0.6, "ahead " + ahead);
    List<TextStates> parts = List.of(encoder.encode("make it warm"));
    assertEquals(0, understanding.judge(whole, parts).need());
  }

  @Test
  void oneWishIsPutPlainlyInItsOwnLanguage() {
    Understanding understanding = fitted();
    assertEquals("make it warm", judge(understanding, "warm now please the").plain());
    assertEquals("暖", judge(understanding, "请暖了吧").plain());
    assertEquals("warm it now", judge(understanding, "dark now").said("warm it now"));
    Verdict forced = judge(understanding, "a dog now"); // by whoever insists
    assertFalse(forced.known());
    assertEquals(forced.likest().equals("warm") ? "make it warm" : "", forced.plain());
    assertEquals("", judge(understanding, "make it cool").plain(), "no plain words for it");
  }

  @Test
  void twoWishesAreNotPutAsOne() {
    Understanding understanding = fitted();
    TextStates both = encoder.encode("warm grey");
    List<TextStates> parts = List.of(encoder.encode("warm"), encoder.encode("grey"));
    assertEquals("", understanding.judge(both, parts).plain());
    TextStates one = encoder.encode("warm now");
    assertEquals("make it warm", understanding.judge(one, parts).plain());
  }

  @Test
  void whatIsPutPlainlyIsDoneByOneAlone() {
    assertEquals(0, new Verdict(1, 0.1, "a", "a", "do a").need());
    assertEquals(1, new Verdict(1, -0.1, "a", "a", "do a").need());
  }

  private Verdict judge(Understanding understanding, String sentence) {
    return understanding.judge(encoder.encode(sentence));
  }

  @Test
  void aTaskScoresWhereItIsAskedFor() {
    Understanding understanding = fitted();
    TextStates sentence = encoder.encode("make it warm");
    assertTrue(understanding.score(sentence, "warm") > 0.5);
    assertTrue(understanding.score(sentence, "dark") < 0.3);
    assertThrows(IllegalArgumentException.class, () -> understanding.score(sentence, "dog"));
  }

  @Test
  void needFallsAsTheBaseComesAhead() {
    assertEquals(1, new Verdict(1, -0.3, "a", "a").need());
    assertEquals(0.5, new Verdict(1, 0.1, "a", "a").need(), 1e-9);
    assertEquals(0, new Verdict(1, 0.3, "a", "a").need());
  }

  @Test
  void confidenceIsAboutTheBorder() {
    assertTrue(new Verdict(0.5, 0, "a", "a").known());
    assertFalse(new Verdict(0.499, 0, "a", "a").known());
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
    for (String name : List.of(UnderstandingModel.CONFIG, UnderstandingModel.WEIGHTS)) {
      assertEquals(-1, Files.mismatch(file("one", name), file("two", name)), name);
    }
    Understanding loaded = Understanding.load(folder.resolve("one"));
    for (String sentence : List.of("make it warm now", "a dog please", "请把狗", "暖了吧")) {
      Verdict expected = understanding.judge(encoder.encode(sentence));
      Verdict found = loaded.judge(encoder.encode(sentence));
      assertEquals(expected.confidence(), found.confidence(), 1e-2); // weights are kept in half
      assertEquals(expected.ahead(), found.ahead(), 1e-2); // precision, points in 8 bits
      assertEquals(expected.likest(), found.likest());
      assertEquals(expected.plain(), found.plain());
    }
  }

  private Path file(String folderName, String name) {
    return folder.resolve(folderName).resolve(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"format\" : 10;\"format\" : 7;of format 7",
        "\"warm\" : ;\"hot\" : ;a sentence for a task under 'plain'",
        "mneme_understanding;something;found 'something'",
        "\"tasks\" : [;\"tasks\" : [ \"more\",;minilm.weights of [120, 8]",
        "\"base_alone\" : [;\"base_alone\" : [ \"other\",;'base_alone' and 'later' among 'tasks'",
        "\"base_alone\" : [;\"base_alone\" : [ 3,;names under 'base_alone'",
        "\"minilm\" :;\"other\" :;a number under 'borders', 'minilm'",
        "{;[;config.json"
      })
  void otherFilesAreRefused(String what, String by, String said) throws IOException {
    fitted().save(folder.resolve("one"));
    Path file = file("one", UnderstandingModel.CONFIG);
    String text = Files.readString(file);
    int at = text.indexOf(what);
    Files.writeString(file, text.substring(0, at) + by + text.substring(at + what.length()));
    IOException e =
        assertThrows(IOException.class, () -> Understanding.load(folder.resolve("one")));
    assertTrue(e.getMessage().contains(said), e.getMessage());
    assertThrows(NoSuchFileException.class, () -> Understanding.load(folder.resolve("none")));
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -1, 2, Float.NaN})
  void pointsOfNoUnitVectorsAreRefused(float limit) throws IOException {
    refusedWith(
        "minilm.limit",
        one -> {
          float[] limits = Tensors.toFloats(one);
          limits[1] = limit;
          return Tensors.fromFloats(limits, limits.length);
        },
        "minilm.limit above 0");
  }

  @Test
  void textsThatAreNotPackedAreRefused() throws IOException {
    refusedWith(
        "minilm.texts",
        one -> Tensors.fromBytes("warm\ncool".getBytes(StandardCharsets.UTF_8), 9),
        "minilm.texts in gzip");
    refusedWith("minilm.texts", one -> Tensors.fromBytes(new byte[1]), "with rows, found []");
    refusedWith("minilm.points", one -> Tensors.fromBytes(new byte[0], 0, 384), "with rows");
  }

  @Test
  void axesThatPointsCannotLieAlongAreRefused() throws IOException {
    int width = TextStates.Encoder.MINILM.width();
    for (int axes : new int[] {31, 33}) {
      refusedWith(
          "minilm.axes",
          one -> Tensors.fromFloats(new float[axes * width], axes, width),
          "minilm.axes of 32 axes and an even number more, found " + axes);
    }
  }

  /** An understanding of which one tensor was changed, or came to it. */
  private void refusedWith(String name, UnaryOperator<Tensor> change, String said)
      throws IOException {
    fitted().save(folder.resolve("one"));
    Path file = file("one", UnderstandingModel.WEIGHTS);
    Path other = folder.resolve("other.safetensors");
    try (SafetensorsFile weights = SafetensorsFile.open(file)) {
      Map<String, Tensor> tensors = new HashMap<>();
      for (String each : weights.names()) {
        tensors.put(each, weights.tensor(each));
      }
      tensors.put(name, change.apply(tensors.get(name)));
      Safetensors.write(other, tensors, Map.of());
    }
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    IOException e =
        assertThrows(IOException.class, () -> Understanding.load(folder.resolve("one")));
    assertTrue(e.getMessage().contains(said), e.getMessage());
  }

  @Test
  void tooFewSentencesAreRefused() {
    List<Example> few = List.of(known("make it warm"), unknown("a dog"));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Understanding.fit(few, tasks(Set.of())));
    assertTrue(e.getMessage().contains("MINILM, found 1 and 1"), e.getMessage());
  }
}
