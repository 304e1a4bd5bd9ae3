package dev.mneme.edit.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.text.TextStates.Encoder;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutedTextEncoderTest {
  /** Remembers nothing, so that every call runs the model. */
  private static final RoutedTextEncoder ENCODER = new RoutedTextEncoder(0);

  @AfterAll
  static void close() {
    ENCODER.close();
  }

  @ParameterizedTest
  @CsvSource({
    // "make it warmer" is three words of the vocabulary, and both ends are marked.
    "make it warmer, MINILM, 5",
    "MAKE IT WARMER!, MINILM, 6",
    "Déjà vu, MINILM, 5",
    "变暖, BGE_ZH, 4",
    "让它变暖。, BGE_ZH, 7",
    "把 sky 变蓝, BGE_ZH, 6",
  })
  void theScriptChoosesTheEncoder(String sentence, Encoder encoder, int length) {
    TextStates states = ENCODER.encode(sentence);
    assertEquals(encoder, states.encoder());
    assertEquals(length, states.length());
    assertEquals(length * encoder.width(), states.states().length);
  }

  @Test
  void widthsAreThoseOfTheModels() {
    assertEquals(384, Encoder.MINILM.width());
    assertEquals(512, Encoder.BGE_ZH.width());
  }

  @ParameterizedTest
  @ValueSource(strings = {"make the sky blue", "让天空变蓝"})
  void theSameSentenceHasTheSameBytes(String sentence) {
    TextStates first = ENCODER.encode(sentence);
    TextStates second = ENCODER.encode(sentence);
    assertNotSame(first, second);
    assertBytes(first, second);
    try (RoutedTextEncoder fresh = new RoutedTextEncoder()) {
      assertBytes(first, fresh.encode(sentence));
    }
  }

  @Test
  void whiteSpaceAndCaseDoNotMatterWhereTheEncoderIgnoresThem() {
    assertBytes(
        ENCODER.encode("make it warmer"), ENCODER.encode("\t Make  it\u00a0\n WARMER \u3000"));
    assertBytes(ENCODER.encode("把sky变蓝"), ENCODER.encode(" 把SKY变蓝\r\n"));
  }

  @Test
  void differentColoursHaveDifferentStates() {
    float[] red = ENCODER.encode("make the car red").states();
    float[] blue = ENCODER.encode("make the car blue").states();
    assertFalse(Arrays.equals(red, blue));
  }

  @ParameterizedTest
  @ValueSource(strings = {"warm ", "暖"})
  void longSentencesAreCutAtTheTokenLimit(String word) {
    TextStates atLimit = ENCODER.encode(word.repeat(30));
    TextStates beyond = ENCODER.encode(word.repeat(400));
    assertEquals(EncoderFiles.MAX_TOKENS, atLimit.length());
    assertBytes(atLimit, beyond);
    assertEquals(EncoderFiles.MAX_TOKENS - 1, ENCODER.encode(word.repeat(29)).length());
  }

  @ParameterizedTest
  @CsvSource({
    "make it warmer, warm up the colors, turn it into a pencil sketch",
    "让它更暖, 把色调变暖, 变成铅笔素描",
  })
  void likeSentencesAreNearer(String sentence, String like, String unlike) {
    double[] of = Pooled.of(ENCODER.encode(sentence));
    double near = Pooled.dot(of, Pooled.of(ENCODER.encode(like)));
    double far = Pooled.dot(of, Pooled.of(ENCODER.encode(unlike)));
    assertTrue(near > far + 0.05, () -> "%s: %.3f, %s: %.3f".formatted(like, near, unlike, far));
  }

  @ParameterizedTest
  @ValueSource(strings = {"english", "chinese"})
  void agreesWithTheReferenceImplementation(String key) throws IOException {
    Properties known = new Properties();
    try (var in = getClass().getResourceAsStream("pooled-states.properties")) {
      known.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
    TextStates states = ENCODER.encode(known.getProperty(key + ".sentence"));
    assertEquals(Integer.parseInt(known.getProperty(key + ".tokens")), states.length());
    double[] vector =
        Arrays.stream(known.getProperty(key + ".vector").split(" "))
            .mapToDouble(Double::parseDouble)
            .toArray();
    assertEquals(24, vector.length);
    assertArrayEquals(vector, Arrays.copyOf(Pooled.of(states), vector.length), 1e-3);
  }

  @Test
  void sixteenThreadsReadWhatOneReads() throws Exception {
    List<String> sentences =
        List.of(
            "make it warmer", "变暖", "turn the sky into a sunset", "让天空变成日落", "blur it", "去掉背景里的人");
    List<TextStates> serial = sentences.stream().map(ENCODER::encode).toList();
    ExecutorService threads = Executors.newFixedThreadPool(16);
    // A fresh encoder, so that both models load while sixteen threads ask; it forgets as it goes.
    try (RoutedTextEncoder encoder = new RoutedTextEncoder(3)) {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<?>> done = new ArrayList<>();
      for (int t = 0; t < 16; t++) {
        Random order = new Random(t);
        done.add(
            threads.submit(
                () -> {
                  start.await();
                  for (int i = 0; i < 20; i++) {
                    int at = order.nextInt(sentences.size());
                    assertBytes(serial.get(at), encoder.encode(sentences.get(at)));
                  }
                  return null;
                }));
      }
      start.countDown();
      for (Future<?> f : done) {
        f.get();
      }
      assertEquals(3, encoder.remembered());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void theLatestSentencesAreRemembered() {
    try (RoutedTextEncoder encoder = new RoutedTextEncoder(2)) {
      TextStates warm = encoder.encode("warm");
      TextStates cold = encoder.encode("cold");
      assertSame(warm, encoder.encode("  warm "));
      encoder.encode("old");
      assertEquals(2, encoder.remembered());
      assertSame(warm, encoder.encode("warm"));
      TextStates again = encoder.encode("cold");
      assertNotSame(cold, again);
      assertBytes(cold, again);
      assertEquals(2, encoder.remembered());
    }
  }

  @Test
  void theTokenizerLibraryIsKeptOffLine() {
    ENCODER.encode("warm");
    assertEquals("true", System.getProperty("ai.djl.offline"));
  }

  @Test
  void aNegativeNumberOfSentencesIsRefused() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new RoutedTextEncoder(-1)).getMessage();
    assertTrue(message.contains("0 or more") && message.contains("-1"), message);
  }

  @Test
  void aClosedEncoderRefuses() {
    RoutedTextEncoder encoder = new RoutedTextEncoder();
    encoder.encode("warm");
    encoder.close();
    encoder.close();
    assertEquals(0, encoder.remembered());
    assertThrows(IllegalStateException.class, () -> encoder.encode("warm"));
    OnnxTokenStates states = OnnxTokenStates.load(Encoder.MINILM);
    states.close();
    assertThrows(IllegalStateException.class, () -> states.encode("warm"));
  }

  private static void assertBytes(TextStates expected, TextStates found) {
    assertEquals(expected.encoder(), found.encoder());
    assertEquals(expected.length(), found.length());
    assertTrue(Arrays.equals(expected.states(), found.states()), "states differ");
  }
}
