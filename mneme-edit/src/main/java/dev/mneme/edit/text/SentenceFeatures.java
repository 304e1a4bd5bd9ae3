package dev.mneme.edit.text;

import dev.mneme.edit.text.TextStates.Encoder;

/**
 * What a sentence is as a whole, in numbers a linear judge can use: its mean token state at unit
 * length, and a constant.
 */
final class SentenceFeatures {
  private SentenceFeatures() {}

  /** How many there are, the constant at the end included. */
  static int count(Encoder encoder) {
    return encoder.width() + 1;
  }

  static double[] of(TextStates sentence) {
    int width = sentence.encoder().width();
    double[] features = new double[width + 1];
    for (int i = 0; i < sentence.states().length; i++) {
      features[i % width] += sentence.states()[i];
    }
    double length = Math.sqrt(LeastSquares.dot(features, features));
    for (int i = 0; i < width; i++) {
      features[i] /= length;
    }
    features[width] = 1;
    return features;
  }
}
