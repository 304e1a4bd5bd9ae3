package dev.mneme.edit.learn;

import dev.mneme.edit.text.TextStates;
import java.util.random.RandomGenerator;

/**
 * Blurs what an encoder says about a training sentence, so that a model learns the region around it
 * and not the point: some tokens of longer sentences go, and all states shift together.
 */
final class TextJitter {
  private static final double DROPPED = 0.15;

  /** In a sentence of no more tokens each says too much: without one 去雾 asks for haze. */
  private static final int SHORT = 4;

  /** Standard deviation of the shift, as a share of the mean token's own root mean square. */
  private static final double SHIFT = 0.25;

  private TextJitter() {}

  /** A new draw; at least one token stays. */
  static TextStates of(TextStates sentence, RandomGenerator random) {
    int width = sentence.encoder().width();
    double dropped = sentence.length() <= SHORT ? 0 : DROPPED;
    float[] states = sentence.states();
    float[] kept = new float[states.length];
    int length = 0;
    for (int token = 0; token < sentence.length(); token++) {
      boolean last = token == sentence.length() - 1;
      if (random.nextDouble() >= dropped || last && length == 0) {
        System.arraycopy(states, token * width, kept, length * width, width);
        length++;
      }
    }
    double scale = SHIFT * meanRms(kept, length, width);
    for (int i = 0; i < width; i++) {
      float shift = (float) (scale * random.nextGaussian());
      for (int token = 0; token < length; token++) {
        kept[token * width + i] += shift;
      }
    }
    return new TextStates(
        sentence.encoder(), length, sentence.text(), java.util.Arrays.copyOf(kept, length * width));
  }

  private static double meanRms(float[] states, int length, int width) {
    double square = 0;
    for (int i = 0; i < width; i++) {
      double sum = 0;
      for (int token = 0; token < length; token++) {
        sum += states[token * width + i];
      }
      square += sum * sum / length / length;
    }
    return Math.sqrt(square / width);
  }
}
