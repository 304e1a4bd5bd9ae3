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

  @ParameterizedTest
  @CsvSource({
    "warm, clear_haze, false",
    "autumn, rain, false",
    "soften, sharpen, false",
    "remove_cast, warm, false",
    "warm, cool, true",
    "darken, night, true",
    "deblur, sharpen, true",
    "mist, add_haze, true",
    "bw_red, bw_blue, true",
    "rain, rain, true"
  })
  void oppositesAndKindsOfOneThingAreNeverMeantTogether(String one, String other, boolean opposed) {
    assertEquals(opposed, Rivals.opposed(one, other));
    assertEquals(opposed, Rivals.opposed(other, one));
  }
}
