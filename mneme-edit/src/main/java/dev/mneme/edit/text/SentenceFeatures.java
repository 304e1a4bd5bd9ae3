package dev.mneme.edit.text;

import dev.mneme.edit.text.TextStates.Encoder;
import java.util.Random;

/**
 * What a sentence is as a whole, in numbers a linear judge can use: its mean token state at unit
 * length, and random Fourier features of it (Rahimi and Recht, 2007), whose products approximate a
 * Gaussian kernel. The features are drawn from a fixed seed, so they need no file.
 */
final class SentenceFeatures {
  private static final int WAVES = 512;
  private static final double GAMMA = 1.5;
  private static final long SEED = 9;

  private final Encoder encoder;
  private final double[][] directions = new double[WAVES][];
  private final double[] phases = new double[WAVES];

  SentenceFeatures(Encoder encoder) {
    this.encoder = encoder;
    Random random = new Random(SEED);
    for (int j = 0; j < WAVES; j++) {
      directions[j] = new double[encoder.width()];
      for (int i = 0; i < encoder.width(); i++) {
        directions[j][i] = random.nextGaussian() * Math.sqrt(2 * GAMMA);
      }
      phases[j] = random.nextDouble() * 2 * Math.PI;
    }
  }

  /** How many there are, the constant at the end included. */
  static int count(Encoder encoder) {
    return encoder.width() + WAVES + 1;
  }

  double[] of(TextStates sentence) {
    int width = encoder.width();
    double[] features = new double[count(encoder)];
    for (int i = 0; i < sentence.states().length; i++) {
      features[i % width] += sentence.states()[i];
    }
    double square = 0;
    for (int i = 0; i < width; i++) {
      square += features[i] * features[i];
    }
    for (int i = 0; i < width; i++) {
      features[i] /= Math.sqrt(square);
    }
    for (int j = 0; j < WAVES; j++) {
      double along = phases[j];
      for (int i = 0; i < width; i++) {
        along += directions[j][i] * features[i];
      }
      features[width + j] = Math.sqrt(2.0 / WAVES) * Math.cos(along);
    }
    features[width + WAVES] = 1;
    return features;
  }
}
