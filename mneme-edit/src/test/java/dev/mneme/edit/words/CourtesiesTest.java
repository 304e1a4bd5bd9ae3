package dev.mneme.edit.words;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CourtesiesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "could you please make it warmer, thank you|make it warmer",
        "Hi there, would you kindly blur the background? Thanks a lot!|blur the background",
        "please PLEASE sharpen it, pretty please|sharpen it, pretty",
        "I'd like you to remove the noise if you don't mind|remove the noise",
        "麻烦把噪点去掉，谢谢|把噪点去掉",
        "你好，请帮我调亮一点，谢谢您啦！|调亮一点",
        "能不能帮我去雾，辛苦了|去雾",
      })
  void goAtBothEnds(String said, String wish) {
    assertEquals(wish, Courtesies.without(said));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "make it warmer",
        "it could be pleasing, thankfully",
        "add a hello sign",
        "so dark that you can hardly see",
        "让它更暖一点吧",
        "让花谢了",
        "去掉这些麻烦",
        "谢谢",
        "thank you",
        "please"
      })
  void whatIsNoneOfThemOrNothingElseStays(String sentence) {
    assertEquals(sentence, Courtesies.without(sentence));
  }
}
