package dev.mneme.edit.task;

import static dev.mneme.edit.task.Pixels.mix;

import dev.mneme.edit.picture.Filters;
import dev.mneme.edit.picture.Picture;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Damage to be undone: the same for every picture, or drawn anew for each one. Definitions hold at
 * strength 1.
 */
final class Damages {
  private Damages() {}

  /** Gaussian blur, sigma 1.5 pixels. */
  static Picture blur(Picture clean, double strength, RandomGenerator random) {
    return Filters.gaussianBlur(clean, 1.5 * strength);
  }

  /** Independent Gaussian noise of sigma 25/255 on every value. */
  static Picture noise(Picture clean, double strength, RandomGenerator random) {
    return addNoise(clean, 25 / 255.0 * strength, random);
  }

  /** Independent Gaussian noise on every value, sigma uniform in 8/255 .. 50/255. */
  static Picture unknownNoise(Picture clean, double strength, RandomGenerator random) {
    return addNoise(clean, random.nextDouble(8, 50) / 255 * strength, random);
  }

  /**
   * Luminance grain about a pixel wide (sigma 0.6), of standard deviation uniform in 12/255 ..
   * 30/255.
   */
  static Picture grain(Picture clean, double strength, RandomGenerator random) {
    double sigma = random.nextDouble(12, 30) / 255 * strength;
    int plane = clean.plane();
    float[] white = whiteNoise(plane, new SplittableRandom(random.nextLong()));
    float[] kernel = Filters.gaussianKernel(0.6);
    float[] grain = Filters.separable(white, clean.width(), clean.height(), kernel);
    float scale = (float) (sigma / remaining(kernel));
    float[] out = clean.rgb().clone();
    for (int i = 0; i < out.length; i++) {
      out[i] += scale * grain[i % plane];
    }
    return new Picture(clean.width(), clean.height(), out);
  }

  /** JPEG round trip at a quality uniform in 8 % .. 25 %. */
  static Picture jpeg(Picture clean, double strength, RandomGenerator random) {
    return JpegRoundTrip.of(clean, (float) (random.nextDouble(0.08, 0.25) / strength));
  }

  /** 0.45 x^2 with noise of sigma 4/255. */
  static Picture lowLight(Picture clean, double strength, RandomGenerator random) {
    double gain = Math.pow(0.45, strength);
    Picture dark = Pixels.map(clean, x -> gain * Math.pow(x, 1 + strength));
    return addNoise(dark, 4 / 255.0 * strength, random);
  }

  /** Wrong exposure by 0.5 .. 1.6 stops up or down, in linear light, clipped. */
  static Picture exposure(Picture clean, double strength, RandomGenerator random) {
    double stops = random.nextDouble(0.5, 1.6) * (random.nextBoolean() ? 1 : -1);
    double gain = Math.pow(2, stops * strength);
    return Pixels.map(clean, x -> encode(Math.min(1, gain * decode(x))));
  }

  /**
   * Gains 1 + k cos(angle) with the three channels 120 degrees apart: any hue, k uniform in 0.15 ..
   * 0.45.
   */
  static Picture cast(Picture clean, double strength, RandomGenerator random) {
    double hue = random.nextDouble(2 * Math.PI);
    double depth = random.nextDouble(0.15, 0.45) * strength;
    float[] gain = new float[3];
    for (int c = 0; c < 3; c++) {
      gain[c] = (float) (1 + depth * Math.cos(hue - c * 2 * Math.PI / 3));
    }
    return Pixels.tint(
        clean,
        rgb -> {
          for (int c = 0; c < 3; c++) {
            rgb[c] *= gain[c];
          }
        });
  }

  /**
   * x t + air (1 - t): transmission t uniform in 0.35 .. 0.75, air a light grey with a small tint.
   */
  static Picture haze(Picture clean, double strength, RandomGenerator random) {
    double transmission = Math.pow(random.nextDouble(0.35, 0.75), strength);
    double light = random.nextDouble(0.78, 0.94);
    double[] air = new double[3];
    for (int c = 0; c < 3; c++) {
      air[c] = light + random.nextDouble(-0.04, 0.04);
    }
    return Pixels.tint(
        clean,
        rgb -> {
          for (int c = 0; c < 3; c++) {
            rgb[c] = (float) mix(air[c], rgb[c], transmission);
          }
        });
  }

  /**
   * Contrast lost or overdone, each half of the time. Lost: (x - 0.5) k + 0.5 + offset. Overdone: a
   * sigmoid of slope about 1/k around 0.5 + offset that keeps black and white. k is uniform in 0.35
   * .. 0.7, the offset in -0.1 .. 0.1.
   */
  static Picture contrast(Picture clean, double strength, RandomGenerator random) {
    double k = Math.pow(random.nextDouble(0.35, 0.7), strength);
    double middle = 0.5 + random.nextDouble(-0.1, 0.1);
    if (random.nextBoolean()) {
      return Pixels.map(clean, x -> middle + (x - 0.5) * k);
    }
    return Pixels.map(clean, Tones.sCurve(4 / k, middle));
  }

  /** x^g, g log-uniform in 0.45 .. 2.2. */
  static Picture gamma(Picture clean, double strength, RandomGenerator random) {
    double exponent = Math.exp(random.nextDouble(Math.log(0.45), Math.log(2.2)) * strength);
    return Pixels.map(clean, x -> Math.pow(x, exponent));
  }

  /** Independent values of mean 0 and variance 1. */
  static float[] whiteNoise(int length, SplittableRandom random) {
    float[] white = new float[length];
    for (int i = 0; i < length; i++) {
      white[i] = (float) random.nextGaussian();
    }
    return white;
  }

  /**
   * The standard deviation that a separable filter leaves of unit noise: the square of its kernel's
   * norm, once for each direction.
   */
  static double remaining(float[] kernel) {
    double left = 0;
    for (float weight : kernel) {
      left += weight * weight;
    }
    return left;
  }

  private static Picture addNoise(Picture clean, double sigma, RandomGenerator random) {
    SplittableRandom fast =
        new SplittableRandom(random.nextLong()); // some generators lock for every value
    return Pixels.map(clean, x -> x + sigma * fast.nextGaussian());
  }

  /** sRGB value to linear light (IEC 61966-2-1). */
  private static double decode(double value) {
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }

  /** Linear light to sRGB value (IEC 61966-2-1). */
  private static double encode(double light) {
    return light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
  }
}
