package dev.mneme.edit.text;

/** One vector for a sentence, as tests compare them. */
final class Pooled {
  private Pooled() {}

  /** The mean over tokens, of length 1. */
  static double[] of(TextStates states) {
    int width = states.encoder().width();
    double[] mean = new double[width];
    for (int i = 0; i < states.states().length; i++) {
      mean[i % width] += states.states()[i] / states.length();
    }
    double norm = Math.sqrt(dot(mean, mean));
    for (int i = 0; i < width; i++) {
      mean[i] /= norm;
    }
    return mean;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
