package dev.mneme.edit.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnusableSentenceTest {
  private static final RoutedTextEncoder ENCODER = new RoutedTextEncoder();

  @AfterAll
  static void closeAfterTests() {
    ENCODER.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n\r", "\u00a0\u2003\u3000"})
  void blank(String sentence) {
    assertRefused(sentence, "found a blank one", "say what to do");
  }

  @Test
  void tooLong() {
    assertRefused("a".repeat(2001), "at most 2000 characters", "found 2001", "shorten it");
    assertRefused("暖".repeat(5000), "at most 2000 characters", "found 5000", "shorten it");
  }

  @Test
  void theLongestSentenceIsReadAndCharactersOutsideThePlaneCountOnce() {
    assertEquals(EncoderFiles.MAX_TOKENS, ENCODER.encode("a ".repeat(999) + "bc").length());
    assertEquals(
        EncoderFiles.MAX_TOKENS, ENCODER.encode("warm" + "😀" + " it".repeat(665)).length());
    assertRefused("😀".repeat(1999), "Latin letters or Chinese characters");
  }

  static Stream<String> otherScripts() {
    return Stream.of(
        "😀🎨",
        "12345",
        "?!…",
        "اجعلها أدفأ",
        "сделай теплее",
        "あたたかく",
        "따뜻하게",
        "θερμό",
        "，。",
        "½");
  }

  @ParameterizedTest
  @MethodSource("otherScripts")
  void noKnownScript(String sentence) {
    assertRefused(
        sentence,
        "Latin letters or Chinese characters",
        "found \"" + sentence + "\"",
        "write it in English or Chinese");
  }

  @ParameterizedTest
  @ValueSource(strings = {"𠀀𠀁", "〇"})
  void noKnownWord(String sentence) {
    assertRefused(
        sentence,
        "BGE_ZH knows",
        "first 32 tokens",
        "found none in \"" + sentence + "\"",
        "plainer words");
  }

  @Test
  void aLongSentenceIsNotQuotedWhole() {
    String message = assertRefused("😀".repeat(100), "😀…\"");
    assertTrue(message.length() < 250, message);
  }

  private static String assertRefused(String sentence, String... parts) {
    String message =
        assertThrows(UnusableSentenceException.class, () -> ENCODER.encode(sentence)).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
    return message;
  }
}
