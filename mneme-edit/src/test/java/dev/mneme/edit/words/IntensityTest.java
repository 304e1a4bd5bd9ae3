package dev.mneme.edit.words;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntensityTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "make it slightly warmer | 0.5 | make it warmer",
        "make it a little warmer | 0.5 | make it warmer",
        "make it a bit more colourful | 0.5 | make it more colourful",
        "a touch warmer please | 0.5 | warmer please",
        "somewhat darker | 0.7 | darker",
        "very slightly warmer | 0.3 | warmer",
        "Make it MUCH warmer | 1.6 | Make it warmer",
        "way brighter | 1.6 | brighter",
        "I want it much darker | 1.6 | I want it darker",
        "make it a lot less saturated | 1.6 | make it less saturated",
        "make it very warm | 1.6 | make it warm",
        "make it extremely warm | 2 | make it warm",
        "blur it a lot | 1.6 | blur it",
        "warm it up slightly | 0.5 | warm it up",
        "sharpen it a little, please | 0.5 | sharpen it, please",
        "could you brighten it a bit? | 0.5 | could you brighten it?",
        "reduce the contrast slightly | 0.5 | reduce the contrast",
        "slightly darken it | 0.5 | darken it",
        "strongly sharpen | 1.6 | sharpen",
        "make it warmer, but only a little | 0.5 | make it warmer",
        "blur it, but not too much | 0.7 | blur it",
        "add a touch of grain | 0.5 | add grain",
        "add a lot of grain | 1.6 | add grain",
        "add a slight blur | 0.5 | add a blur",
        "add an intense glow | 1.6 | add a glow",
        "sepia, at half strength | 0.5 | sepia",
        "make it warmer, at half strength | 0.5 | make it warmer",
        "make it warmer at twice the strength | 2 | make it warmer",
        "turn it into a pencil sketch, but only at half strength | 0.5 | turn it into a pencil sketch",
        "blur it, at double strength | 2 | blur it",
        "too hazy, fix it, but only slightly | 0.5 | too hazy, fix it",
        "it came out far too dark, at half strength | 0.5 | it came out far too dark",
        "噪点太多了，一半强度 | 0.5 | 噪点太多了",
        "it should be slightly darker | 0.5 | it should be darker",
        "the picture is flat, add a bit of contrast | 0.5 | the picture is flat, add contrast",
        "make it slightly warmer and sharper | 0.5 | make it warmer and sharper",
        "稍微调亮 | 0.5 | 调亮",
        "稍微暖一点 | 0.5 | 暖些",
        "调亮一点 | 0.5 | 调亮些",
        "让它暖一点 | 0.5 | 让它暖些",
        "锐化一点 | 0.5 | 锐化",
        "把它稍微模糊一点 | 0.5 | 把它模糊",
        "加一点颗粒 | 0.5 | 加颗粒",
        "让它有点暖 | 0.5 | 让它更暖",
        "略微锐化 | 0.5 | 锐化",
        "轻微模糊 | 0.5 | 模糊",
        "大幅提亮 | 1.6 | 提亮",
        "强烈锐化 | 1.6 | 锐化",
        "明显调暗 | 1.6 | 调暗",
        "调得很亮 | 1.6 | 调得更亮",
        "让它非常暖 | 1.6 | 让它更暖",
        "变得特别复古 | 1.6 | 变得更复古",
        "复古，一半强度 | 0.5 | 复古",
      })
  void wordsThatModifyTheChange(String sentence, double factor, String wish) {
    assertEquals(new Intensity(wish, factor), Intensity.of(sentence));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "make it warmer",
        "make it black and white",
        // the picture is meant
        "very old photo",
        "make it look like a very old photo",
        "it is much too dark",
        "much too dark, brighten it",
        "way too bright in here, make it darker",
        "there is too much noise",
        "a lot of noise",
        "extremely dark photo, brighten it",
        "the photo is slightly blurry",
        "it came out slightly darker than it was, fix it",
        "this annoys me a lot, remove the noise",
        // how much there is, or how much is removed: nobody knows
        "remove a lot of noise",
        "remove a little noise",
        // turned round
        "not much warmer",
        "so much brighter than it was",
        "make it half as bright",
        "keep some color, just not so much",
        // no intensity at all
        "8 bit style",
        "the tones are upside down, the other way round please",
        "little squares all over the sky, dissolve them",
        "add a gentle glow",
        // two wishes and one strength
        "make it slightly warmer and sharpen it",
        "make it slightly warmer and much sharper",
        "调亮一点，然后去雾",
        "照片有点暗，调亮",
        "略微偏绿，校正",
        "噪点很多",
        "太亮一点",
        "很老的照片",
        "去掉一点噪点",
        "极其暗的照片，提亮",
        "毛孔太明显，遮一下",
        "做成一张很旧的老照片",
        "亮些",
        "梦幻一些",
      })
  void everythingElseStaysAsItIs(String sentence) {
    assertEquals(new Intensity(sentence, 1), Intensity.of(sentence));
  }
}
