package dev.mneme.peers.filter;

import dev.mneme.edit.picture.Picture;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;

/**
 * Takes a known Gaussian blur back: every frequency is divided by what the blur left of it, as far
 * as noise allows, H / (H² + K) (Wiener 1949; Gonzalez and Woods, "Digital Image Processing",
 * section 5.8). The picture is mirrored beyond its border, so that nothing jumps there.
 *
 * @param sigma of the blur in pixels, above 0; the kernel ends after three sigma
 * @param noise K, the power of noise as a share of the picture's, above 0
 */
public record WienerFilter(double sigma, double noise) {
  public WienerFilter {
    if (!(sigma > 0 && noise > 0)) {
      throw new IllegalArgumentException(
          "Expected a sigma and a share of noise above 0, found %s and %s".formatted(sigma, noise));
    }
  }

  /** A sharper copy. */
  public Picture apply(Picture in) {
    int width = in.width();
    int height = in.height();
    float[] out = new float[3 * in.plane()];
    try (PointerScope scope = Mats.scope()) {
      Mat gain = gain(2 * width, 2 * height);
      for (int c = 0; c < 3; c++) {
        Mat mirrored = new Mat(); // [2 height, 2 width], periodic without a jump
        opencv_core.copyMakeBorder(
            Mats.plane(Mats.channel(in, c), width, height),
            mirrored,
            0,
            height,
            0,
            width,
            opencv_core.BORDER_REFLECT);
        Mat spectrum = new Mat();
        opencv_core.dft(mirrored, spectrum, opencv_core.DFT_COMPLEX_OUTPUT, 0);
        Mat divided = new Mat();
        opencv_core.multiply(spectrum, gain, divided);
        Mat back = new Mat();
        opencv_core.dft(
            divided,
            back,
            opencv_core.DFT_INVERSE | opencv_core.DFT_REAL_OUTPUT | opencv_core.DFT_SCALE,
            0);
        float[] sharp = Mats.floats(back);
        for (int y = 0; y < height; y++) {
          System.arraycopy(sharp, 2 * width * y, out, c * in.plane() + width * y, width);
        }
      }
    }
    return new Picture(width, height, out).clamped();
  }

  /** The same real factor for the real and the imaginary part of every frequency. */
  private Mat gain(int width, int height) {
    double[] across = response(width);
    double[] down = response(height);
    float[] gain = new float[width * height];
    for (int v = 0; v < height; v++) {
      for (int u = 0; u < width; u++) {
        double left = across[u] * down[v];
        gain[v * width + u] = (float) (left / (left * left + noise));
      }
    }
    Mat factor = Mats.plane(gain, width, height);
    Mat both = new Mat();
    opencv_core.merge(new MatVector(factor, factor), both);
    return both;
  }

  /** What the kernel, which is symmetric and sums to 1, leaves of each of {@code n} frequencies. */
  private double[] response(int n) {
    int radius = (int) Math.ceil(3 * sigma);
    double[] response = new double[n];
    double sum = 0;
    for (int i = -radius; i <= radius; i++) {
      double weight = Math.exp(-i * i / (2 * sigma * sigma));
      sum += weight;
      for (int u = 0; u < n; u++) {
        response[u] += weight * Math.cos(2 * Math.PI * u * i / n);
      }
    }
    for (int u = 0; u < n; u++) {
      response[u] /= sum;
    }
    return response;
  }
}
