package dev.mneme.edit.task;

import dev.mneme.edit.picture.Picture;

/** Loops over the values and pixels of a picture. */
final class Pixels {
  private Pixels() {}

  /** A curve applied to one value. */
  @FunctionalInterface
  interface Curve {
    double at(double value);
  }

  /** Rewrites one pixel in place: {@code rgb} holds red, green and blue. */
  @FunctionalInterface
  interface Tint {
    void apply(float[] rgb);
  }

  /** The same curve on every value. */
  static Picture map(Picture picture, Curve curve) {
    float[] in = picture.rgb();
    float[] out = new float[in.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) curve.at(in[i]);
    }
    return new Picture(picture.width(), picture.height(), out);
  }

  /** The same rewriting of every pixel. */
  static Picture tint(Picture picture, Tint tint) {
    int plane = picture.plane();
    float[] in = picture.rgb();
    float[] out = new float[in.length];
    float[] pixel = new float[3];
    for (int i = 0; i < plane; i++) {
      pixel[0] = in[i];
      pixel[1] = in[plane + i];
      pixel[2] = in[2 * plane + i];
      tint.apply(pixel);
      out[i] = pixel[0];
      out[plane + i] = pixel[1];
      out[2 * plane + i] = pixel[2];
    }
    return new Picture(picture.width(), picture.height(), out);
  }

  /** A grey picture with this plane in all three channels. */
  static Picture grey(int width, int height, float[] plane) {
    float[] out = new float[3 * plane.length];
    for (int c = 0; c < 3; c++) {
      System.arraycopy(plane, 0, out, c * plane.length, plane.length);
    }
    return new Picture(width, height, out);
  }

  /** The logistic function 1 / (1 + e^-z), many times faster than tanh on the JVM. */
  static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  /** {@code (1 - amount) * from + amount * to}. */
  static double mix(double from, double to, double amount) {
    return from + (to - from) * amount;
  }
}
