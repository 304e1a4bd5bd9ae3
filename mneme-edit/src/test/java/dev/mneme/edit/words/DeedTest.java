package dev.mneme.edit.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.region.Region;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeedTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "make the car red | car | red",
        "Please turn the red apple green. | red apple | green",
        "paint that teapot in blue | teapot | blue",
        "change the colour of the umbrella to yellow | umbrella | yellow",
        "recolor the balloons purple | balloons | purple",
        "turn the red things blue | red | blue",
        "make the sky pink | sky | pink",
        "把天空变成红色 | sky | red",
        "could you make the subject grey? | subject | grey",
        "把汽车变成红色 | 汽车 | red",
        "请把那只猫涂成蓝色 | 猫 | blue",
        "将苹果换成绿色 | 苹果 | green",
      })
  void hearsAnotherColour(String sentence, String place, String colour) {
    Asked asked = Asked.of(sentence);
    assertEquals(place, asked.place().map(Region::name).orElse("none"));
    assertEquals(colour, ((Deed.Recolour) asked.deed()).colour().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "remove the dog | dog",
        "please erase the traffic light from the photo | traffic light",
        "get rid of that black umbrella | black umbrella",
        "remove the subject | subject",
        "去掉汽车 | 汽车",
        "把那棵树去掉 | 树",
        "请删除热气球 | none",
        "移走自行车 | 自行车",
      })
  void hearsWhatIsToGo(String sentence, String place) {
    Asked asked = Asked.of(sentence);
    assertEquals(place, asked.place().map(Region::name).orElse("none"));
    assertEquals(!place.equals("none"), asked.deed() instanceof Deed.Remove);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "brighten the dog | dog | brighten it",
        "make the big teddy bear warmer | big teddy bear | make it warmer",
        "blur everything but the cat | all but the cat | blur it",
        "remove the noise from the guitar | guitar | remove the noise",
        "把小狗调亮 | 小狗 | 把它调亮",
        "把那只狗调亮 | 狗 | 把它调亮",
      })
  void takesAThingForAPlace(String sentence, String place, String wish) {
    Asked asked = Asked.of(sentence);
    assertEquals(place, asked.place().map(Region::name).orElse("none"));
    assertEquals(wish, asked.wish());
    assertFalse(asked.deed().isRetouch());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "remove the noise",
        "remove the haze",
        "make it red",
        "make the photo blue",
        "make a car",
        "add a dog",
        "remove the sky",
        "make the car faster than the dog",
        "把花瓣调亮",
        "去掉噪点",
        "变成黑白",
      })
  void leavesOtherWishesAlone(String sentence) {
    assertFalse(Asked.of(sentence).deed().isRetouch());
  }

  @Test
  void hearsADeedWithoutAPlaceWhereAMaskSaysWhere() {
    assertTrue(Asked.of("make it red").anywhere().deed().isRetouch());
    assertTrue(Asked.of("把它去掉").anywhere().deed() instanceof Deed.Remove);
    assertFalse(Asked.of("make it warmer").anywhere().deed().isRetouch());
  }

  @Test
  void knowsEveryColourInBothLanguages() {
    for (Colour colour : Colour.values()) {
      assertEquals(new Deed.Recolour(colour), Deed.of("make it " + colour), "make it " + colour);
    }
    assertEquals(new Deed.Recolour(Colour.TURQUOISE), Deed.of("把它变成青色"));
  }
}
