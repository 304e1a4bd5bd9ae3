package dev.mneme.edit.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that can be typed keeps the rules busy for minutes, or deep in calls. */
class LimitTest {
  private static final String[] ENDS = {"make it warmer", ", thanks", "，谢谢", "x", ""};

  static List<String> repeated() {
    return List.of(
        " ", "please ", "make it ", "a little ", ", ", "and ", "the red ", "请", "，", "一点", "a");
  }

  @ParameterizedTest
  @MethodSource("repeated")
  void longSentencesAreLeftWhole(String again) {
    for (String end : ENDS) {
      String longer = again.repeat(200_000 / again.length()) + end;
      Asked asked = Asked.of(longer);
      assertEquals(new Asked(longer, longer, 1, Optional.empty(), new Deed.Rewrite()), asked);
      assertEquals(longer, Courtesies.without(longer));
      assertEquals(List.of(), WishParts.halves(longer));
      assertEquals(List.of(), WishParts.of(longer));
      assertEquals(longer, asked.anywhere().wish());
    }
  }

  @ParameterizedTest
  @MethodSource("repeated")
  void theLongestThatAreReadAreReadToTheEnd(String again) {
    for (String end : ENDS) {
      String longest = again.repeat((Limit.LETTERS - end.length()) / again.length()) + end;
      assertTrue(Asked.of(longest).wish().length() <= Limit.LETTERS);
      assertTrue(Courtesies.without(longest).length() <= Limit.LETTERS);
      WishParts.of(longest).forEach(part -> assertTrue(longest.contains(part), part));
      for (WishParts.Halves halves : WishParts.halves(longest)) {
        assertTrue(longest.contains(halves.left()) && longest.contains(halves.right()));
      }
    }
  }
}
