package dev.mneme.edit.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RivalsTest {
  @ParameterizedTest
  @CsvSource({
    "warm, clear_haze, true",
    "denoise, sharpen, true",
    "warm, cool, false",
    "brighten, darken, false",
    "blur, deblur, false",
    "warm, warm, false"
  })
  void whatUndoesTheOtherIsNotWantedBesideIt(String one, String other, boolean both) {
    assertEquals(both, Rivals.none(one, other));
    assertEquals(both, Rivals.none(other, one));
  }
}
