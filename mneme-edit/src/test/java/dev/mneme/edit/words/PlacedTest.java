package dev.mneme.edit.words;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mneme.edit.region.Region;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlacedTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "blur the background | background | blur it",
        "Blur the background. | background | Blur it.",
        "slightly blur the background | background | slightly blur it",
        "blur the background a little | background | blur it a little",
        "can you make the background blurry? | background | can you make it blurry?",
        "make the subject brighter | subject | make it brighter",
        "make the sky much bluer | sky | make it much bluer",
        "make it warmer, only the sky | sky | make it warmer",
        "darken only the sky | sky | darken it",
        "the sky is too dark | sky | it is too dark",
        "remove the noise from the sky | sky | remove the noise",
        "reduce the contrast of the background | background | reduce the contrast",
        "in the top third, make it darker | top third | make it darker",
        "make it brighter in the left half | left half | make it brighter",
        "make it warmer on the left side of the picture | left half | make it warmer",
        "warm up the left half | left half | warm it up",
        "brighten the upper right corner | top right | brighten it",
        "darken the corners | corners | darken it",
        "brighten the centre | centre | brighten it",
        "brighten the middle of the photo | centre | brighten it",
        "brighter in the center | centre | brighter",
        "darken the edges of the picture | border | darken it",
        "make the red things more saturated | red | make it more saturated",
        "make all the red things blue | red | make it blue",
        "desaturate everything that is green | green | desaturate it",
        "make the reds less intense | red | make it less intense",
        "darken everything but the sky | all but the sky | darken it",
        "make everything except the subject black and white | all but the subject | make it black and white",
        "black and white except for the red things | all but the red | black and white",
        "darken it but leave the sky alone | all but the sky | darken it",
        "leave the sky alone and darken it | all but the sky | darken it",
        "make it darker outside the centre | all but the centre | make it darker",
        "把背景虚化 | background | 把它虚化",
        "虚化背景 | background | 虚化",
        "背景虚化 | background | 虚化",
        "提亮主体 | subject | 提亮",
        "把天空变蓝 | sky | 把它变蓝",
        "给天空降噪 | sky | 给它降噪",
        "去掉天空里的噪点 | sky | 去掉噪点",
        "只把左半边调亮 | left half | 把它调亮",
        "左半边稍微调亮 | left half | 稍微调亮",
        "把右上角调暗 | top right | 把它调暗",
        "四角压暗 | corners | 压暗",
        "让红色的东西更鲜艳 | red | 让它更鲜艳",
        "调亮，只要主体 | subject | 调亮",
        "除了天空，其他地方都变黑白 | all but the sky | 变黑白",
        "把除了主体以外的部分变成黑白 | all but the subject | 变成黑白",
        "天空不动，把地面提亮 | all but the sky | 把地面提亮",
      })
  void placesAreParted(String sentence, String place, String wish) {
    Placed placed = Placed.of(sentence);
    assertEquals(place, placed.place().map(Region::name).orElse("none"));
    assertEquals(wish, placed.wish());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "make it warmer",
        "only the sky",
        // two places, or a place and something else
        "blur the background and sharpen the subject",
        "make the sky bluer and the grass greener",
        "make the grass greener and the sky bluer",
        "make the left half and the right half warmer",
        "the sky is fine but the ground is too dark",
        "把背景和人物都虚化",
        // sayings, not places
        "pull the curtain of darkness over the sky",
        "steepen the curve in the middle",
        "push the slider to the right",
        "sharpen the edges",
        "rack the focus away from the subject",
        "I squint at the upper half",
        "blured background for my slides",
        "greyscale from the reds",
        "water from the sky",
        "blur the background of the sky",
        "turn the greens to orange",
        "背景太亮，白字看不清，压暗整张图",
        "蓝天变黑的黑白照",
      })
  void everythingElseIsForTheWholePicture(String sentence) {
    Placed placed = Placed.of(sentence);
    assertEquals("everywhere", placed.place().map(Region::name).orElse("everywhere"));
    assertEquals(sentence, placed.wish());
  }
}
