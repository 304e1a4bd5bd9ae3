package dev.mneme.edit.text;

/** What a sentence is as a whole: its mean token state at unit length. */
final class SentenceFeatures {
  private SentenceFeatures() {}

  /** As many numbers as the encoder's states are wide. */
  static float[] of(TextStates sentence) {
    int width = sentence.encoder().width();
    float[] sum = new float[width];
    for (int i = 0; i < sentence.states().length; i++) {
      sum[i % width] += sentence.states()[i];
    }
    return unit(sum);
  }

  /** The same direction at length 1; zeros stay zeros. */
  static float[] unit(float[] vector) {
    double square = 0;
    for (float v : vector) {
      square += (double) v * v;
    }
    float factor = square > 0 ? (float) (1 / Math.sqrt(square)) : 0;
    float[] unit = new float[vector.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = vector[i] * factor;
    }
    return unit;
  }
}
