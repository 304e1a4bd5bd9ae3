package dev.mneme.edit.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

class AnyTextTest {
  private static final RoutedTextEncoder ENCODER = new RoutedTextEncoder(0);

  @AfterContainer
  static void close() {
    ENCODER.close();
  }

  /**
   * Whatever is typed, lone surrogates and control characters among it, either has finite states or
   * a reason.
   */
  @Property(tries = 200)
  void anyTextIsReadOrRefused(@ForAll("texts") String text) {
    TextStates states;
    try {
      states = ENCODER.encode(text);
    } catch (UnusableSentenceException e) {
      assertTrue(e.getMessage().startsWith("Expected"), e.getMessage());
      return;
    }
    assertTrue(states.length() >= 3 && states.length() <= EncoderFiles.MAX_TOKENS);
    assertEquals(states.length() * states.encoder().width(), states.states().length);
    for (float s : states.states()) {
      assertTrue(Float.isFinite(s));
    }
  }

  /** Any characters at all, some with a word of either script among them. */
  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> noise = Arbitraries.strings().all().ofMaxLength(20);
    Arbitrary<String> words = Arbitraries.of("", "warm", "暖", "[SEP]", "\u0000a");
    return noise.flatMap(
        before -> words.flatMap(word -> noise.map(after -> before + word + after)));
  }
}
