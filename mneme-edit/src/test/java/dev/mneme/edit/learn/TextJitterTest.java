package dev.mneme.edit.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.text.TextStates;
import dev.mneme.edit.text.TextStates.Encoder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextJitterTest {
  private static final int WIDTH = Encoder.MINILM.width();

  private static TextStates sentence(int tokens) {
    Random random = new Random(tokens);
    float[] states = new float[tokens * WIDTH];
    for (int i = 0; i < states.length; i++) {
      states[i] = (float) random.nextGaussian();
    }
    return new TextStates(Encoder.MINILM, tokens, states);
  }

  @Test
  void theSameRandomNumbersGiveTheSameStatesAndTheSentenceStays() {
    TextStates sentence = sentence(9);
    float[] before = sentence.states().clone();
    TextStates a = TextJitter.of(sentence, new Random(1));
    TextStates b = TextJitter.of(sentence, new Random(1));
    TextStates c = TextJitter.of(sentence, new Random(2));
    assertArrayEquals(a.states(), b.states());
    assertFalse(Arrays.equals(a.states(), c.states()));
    assertArrayEquals(before, sentence.states());
  }

  @Test
  void shortSentencesKeepAllTheirTokensAndLongerOnesLoseSome() {
    int lost = 0;
    for (int seed = 0; seed < 200; seed++) {
      assertEquals(4, TextJitter.of(sentence(4), new Random(seed)).length());
      lost += 5 - TextJitter.of(sentence(5), new Random(seed)).length();
    }
    assertTrue(lost > 0);
  }

  @Test
  void tokensThatStayShiftTogetherByAQuarterOfTheirMean() {
    TextStates sentence = sentence(9);
    for (int seed = 0; seed < 200; seed++) {
      TextStates blurred = TextJitter.of(sentence, new Random(seed));
      assertTrue(blurred.length() >= 1 && blurred.length() <= 9);
      double[] shift = null;
      double[] mean = new double[WIDTH];
      int from = 0;
      for (int token = 0; token < blurred.length(); token++) {
        double[] here = new double[WIDTH];
        do { // the next token of the sentence from which this one differs as the first does
          for (int i = 0; i < WIDTH; i++) {
            here[i] =
                (double) blurred.states()[token * WIDTH + i] - sentence.states()[from * WIDTH + i];
          }
          from++;
        } while (shift == null
            ? distance(here, new double[WIDTH]) > 12
            : distance(here, shift) > 1);
        shift = here;
        for (int i = 0; i < WIDTH; i++) {
          mean[i] += sentence.states()[(from - 1) * WIDTH + i] / blurred.length();
        }
      }
      double expected = 0.25 * distance(mean, new double[WIDTH]);
      assertEquals(expected, distance(shift, new double[WIDTH]), 0.2 * expected);
    }
  }

  @Test
  void oneTokenIsNeverDropped() {
    for (int seed = 0; seed < 100; seed++) {
      assertEquals(1, TextJitter.of(sentence(1), new Random(seed)).length());
    }
  }

  private static double distance(double[] a, double[] b) {
    double square = 0;
    for (int i = 0; i < a.length; i++) {
      square += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(square);
  }
}
