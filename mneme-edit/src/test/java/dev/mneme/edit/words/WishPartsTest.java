package dev.mneme.edit.words;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WishPartsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "make it warmer and clear the haze;make it warmer|clear the haze",
        "make it warmer, then add grain;make it warmer|add grain",
        "Brighten it AND also sharpen it;Brighten it|sharpen it",
        "sharpen it and make it black and white;sharpen it|make it black and white",
        "warm it, sharpen it, and then add grain;warm it|sharpen it|add grain",
        "去掉噪点，然后调暖一点;去掉噪点|调暖一点",
        "调暖并且加颗粒。;调暖|加颗粒",
        "make it brighter, warmer and sharper;make it brighter|warmer|sharper",
        "auto exposure plus film look;auto exposure|film look",
        "darken it. Also fix the focus;darken it|fix the focus",
        "\"clean the dust off; also enlarge it\";clean the dust off|enlarge it",
        "调暗以后画成线稿;调暗|画成线稿",
        "调亮之后，加颗粒;调亮|加颗粒",
        "make it brighter, warmer please;make it brighter|warmer please"
      })
  void whatStandsBesideIsParted(String sentence, String parts) {
    assertEquals(List.of(parts.split("\\|")), WishParts.of(sentence));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "make it warmer",
        "surplus light",
        "at f 2.8",
        "the sand looks dull",
        "调暖一点",
        "''",
        "brighter, bolder colours"
      })
  void oneWishHasNoParts(String sentence) {
    assertEquals(List.of(), WishParts.of(sentence));
  }

  @Test
  void everyJointPartsASentenceInTwo() {
    assertEquals(
        List.of(
            new WishParts.Halves("warm it", "sharpen it and add grain"),
            new WishParts.Halves("warm it, sharpen it", "add grain")),
        WishParts.halves("warm it, sharpen it and add grain"));
    assertEquals(List.of(), WishParts.halves("warm it, "));
    assertEquals(List.of(), WishParts.halves("black and white"));
  }

  @Test
  void howStronglyAllIsMeantIsNoHalf() {
    assertEquals(List.of(), WishParts.halves("把亮度滑块往高处推，两倍强度"));
    assertEquals(List.of(), WishParts.halves("too hazy, but only slightly"));
    assertEquals(
        List.of(new WishParts.Halves("调亮", "加点颗粒，一半强度")), WishParts.halves("调亮，加点颗粒，一半强度"));
    assertEquals(
        List.of(new WishParts.Halves("slightly warmer", "sharpen it")),
        WishParts.halves("slightly warmer and sharpen it"));
  }
}
