package dev.mneme.edit.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

  private final LetterGrams letters = new LetterGrams(TEXTS);

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
    assertEquals("it's 1970s film", LetterGrams.normal("  It's 1970s—FILM!\n"));
    assertEquals("", LetterGrams.normal("让它更暖"));
    assertEquals(0, new LetterGrams(List.of()).like("warm").length);
  }
}
