package dev.mneme.edit.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.region.Region;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.edit.task.Phrasings;
import dev.mneme.edit.task.PhrasingsReader;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AskedTest {
  @Test
  void intensityAndPlaceTogether() {
    Asked asked = Asked.of("make the sky a little warmer");
    assertEquals("make it warmer", asked.wish());
    assertEquals(0.5, asked.intensity());
    assertEquals("sky", asked.place().map(Region::name).orElseThrow());
    assertEquals("intensity 0.5, place \"sky\"", asked.heard());
    assertEquals("", Asked.of("make it warmer").heard());
    Asked chinese = Asked.of("让天空更蓝一点");
    assertEquals("让它更蓝些", chinese.wish());
    assertEquals("intensity 0.5, place \"sky\"", chinese.heard());
  }

  /** A place that only tells why does not say where; the same words may. */
  @Test
  void aGlassFilterLiesOverAllOfThePicture() {
    assertEquals("", Asked.of("the sky is too pale in my b&w, use a red filter").heard());
    assertEquals("", Asked.of("the reds should go dark in grey, not light").heard());
    assertEquals("place \"red\"", Asked.of("the reds should be darker").heard());
    assertEquals("place \"sky\"", Asked.of("make the sky darker in my black and white").heard());
  }

  @Test
  void strengthGrowsWithTheStatedIntensityAndEndsAtTwo() {
    double last = 0;
    for (String word : List.of("very slightly ", "slightly ", "somewhat ", "", "much ")) {
      double strength = Asked.of("make it " + word + "warmer").strength(1);
      assertTrue(strength > last, word + strength);
      last = strength;
    }
    assertEquals(2, Asked.of("make it much warmer").strength(1.5));
    assertEquals(0, Asked.of("make it much warmer").strength(0));
  }

  /** Of all sentences that tasks are learned from and measured with, these alone are parted. */
  @Test
  void phrasingsKeepTheirMeaning() {
    TreeMap<String, String> parted = new TreeMap<>();
    for (EditTask task : EditTasks.all()) {
      Phrasings all = PhrasingsReader.of(task);
      Stream.of(all.english(), all.englishHeldOut(), all.chinese(), all.chineseHeldOut())
          .flatMap(List::stream)
          .map(Asked::of)
          .filter(asked -> !asked.wish().equals(asked.sentence()))
          .forEach(asked -> parted.put(asked.sentence(), asked.wish() + " / " + asked.heard()));
    }
    TreeMap<String, String> expected = new TreeMap<>();
    expected.put(
        "it should be way lighter than this", "it should be lighter than this / intensity 1.6");
    expected.put("clean the smog out of the sky", "clean the smog out / place \"sky\"");
    expected.put("put fog in the background", "put fog / place \"background\"");
    expected.put(
        "the sky is too clean, break it up with specks",
        "it is too clean, break it up with specks / place \"sky\"");
    expected.put(
        "the sky should be silky, not sprinkled with specks",
        "it should be silky, not sprinkled with specks / place \"sky\"");
    expected.put("天空不动，地面太黑，提起来", "地面太黑，提起来 / place \"all but the sky\"");
    expected.put("给天空加一片渐变灰镜", "给它加一片渐变灰镜 / place \"sky\"");
    expected.put("让背景雾茫茫", "让它雾茫茫 / place \"background\"");
    assertEquals(expected, parted);
  }
}
