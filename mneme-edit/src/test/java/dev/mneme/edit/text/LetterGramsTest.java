package dev.mneme.edit.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.text.LetterGrams.Script;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LetterGramsTest {
  private static final List<String> TEXTS =
      List.of(
          "make it warm",
          "warm it up",
          "black and white with a blue filter",
          "black and white with a red filter",
          "blue",
          "a red one",
          "",
          "it's 1970s film film film",
          "film, but not as we know it".replace(",", ""));

  private final LetterGrams letters = new LetterGrams(Script.ENGLISH, TEXTS);

  /** Beside the same written out in maps. */
  @Test
  void theCosineIsThatOfWeightedRuns() {
    for (String asked :
        List.of("blue filter film", "warm", "film it's film", "", "zz", TEXTS.get(3))) {
      float[] like = letters.like(asked);
      for (int i = 0; i < TEXTS.size(); i++) {
        assertEquals(cosine(asked, TEXTS.get(i)), like[i], 1e-5, asked + ", " + TEXTS.get(i));
      }
    }
  }

  private static double cosine(String one, String other) {
    Map<String, Double> a = weights(one);
    Map<String, Double> b = weights(other);
    double product = 0;
    for (Map.Entry<String, Double> e : a.entrySet()) {
      product += e.getValue() * b.getOrDefault(e.getKey(), 0.0);
    }
    double squares = square(a) * square(b);
    return squares == 0 ? 0 : product / Math.sqrt(squares);
  }

  private static double square(Map<String, Double> weights) {
    return weights.values().stream().mapToDouble(w -> w * w).sum();
  }

  private static Map<String, Double> weights(String text) {
    Map<String, Double> weights = new TreeMap<>();
    count(text)
        .forEach(
            (run, times) -> {
              long texts = TEXTS.stream().filter(t -> count(t).containsKey(run)).count();
              if (texts > 1) {
                double rarity = Math.log((1.0 + TEXTS.size()) / (1 + texts));
                weights.put(run, (1 + Math.log(times)) * rarity);
              }
            });
    return weights;
  }

  private static Map<String, Integer> count(String text) {
    Map<String, Integer> counts = new HashMap<>();
    String padded = " " + text + " ";
    for (int n = 3; n <= 5 && !text.isEmpty(); n++) {
      for (int i = 0; i + n <= padded.length(); i++) {
        counts.merge(padded.substring(i, i + n), 1, Integer::sum);
      }
    }
    return counts;
  }

  @Test
  void aTextIsMostLikeItself() {
    assertEquals(1, letters.like(TEXTS.get(3))[3], 1e-6);
    assertTrue(letters.like(TEXTS.get(3))[2] < 0.95);
    assertTrue(letters.like("blue filter")[2] > letters.like("blue filter")[3]);
  }

  @Test
  void onlyLettersAndDigitsCount() {
    assertEquals("it's 1970s film", Script.ENGLISH.normal("  It's 1970s—FILM!\n"));
    assertEquals("", Script.ENGLISH.normal("让它更暖"));
    assertEquals(0, new LetterGrams(Script.ENGLISH, List.of()).like("warm").length);
  }

  /**
   * Runs of one and two characters: three of five are shared, and the shared ones are two texts'.
   */
  @Test
  void inChineseSingleCharactersAndPairsCount() {
    assertEquals("让hdr更暖2度", Script.CHINESE.normal(" 让 HDR 更暖，2度！"));
    LetterGrams chinese = new LetterGrams(Script.CHINESE, List.of("红色滤镜", "蓝色滤镜", "打成马赛克", "红"));
    float[] like = chinese.like("红色的滤镜");
    assertTrue(like[0] > like[1] && like[1] > like[3] && like[3] > 0, Arrays.toString(like));
    assertEquals(0, like[2]);
    assertEquals(1, chinese.like("蓝色滤镜")[1], 1e-6);
    assertEquals(0, chinese.like("")[0]);
  }
}
