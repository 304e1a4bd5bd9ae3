package dev.mneme.peers.filter;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Smooths a plane and keeps the edges of another, the guide: in every window the result is a linear
 * function of the guide (He, Sun and Tang, "Guided image filtering", TPAMI 2013).
 *
 * @param radius of the windows in pixels, at least 1
 * @param epsilon what variance of the guide counts as flat, above 0
 */
record GuidedFilter(int radius, double epsilon) {

  /** A smoothed copy of {@code in}; both planes are of this size. */
  float[] apply(float[] guide, float[] in, int width, int height) {
    float[] guideMean = mean(guide, width, height);
    float[] inMean = mean(in, width, height);
    float[] guideSquare = mean(product(guide, guide), width, height);
    float[] both = mean(product(guide, in), width, height);
    float[] slope = new float[in.length];
    float[] offset = new float[in.length];
    for (int i = 0; i < in.length; i++) {
      double variance = guideSquare[i] - (double) guideMean[i] * guideMean[i];
      double covariance = both[i] - (double) guideMean[i] * inMean[i];
      slope[i] = (float) (covariance / (variance + epsilon));
      offset[i] = inMean[i] - slope[i] * guideMean[i];
    }
    float[] slopes = mean(slope, width, height);
    float[] out = mean(offset, width, height);
    for (int i = 0; i < out.length; i++) {
      out[i] += slopes[i] * guide[i];
    }
    return out;
  }

  private float[] mean(float[] plane, int width, int height) {
    try (PointerScope scope = Mats.scope()) {
      Mat out = new Mat();
      int side = 2 * radius + 1;
      opencv_imgproc.blur(Mats.plane(plane, width, height), out, new Size(side, side));
      return Mats.floats(out);
    }
  }

  private static float[] product(float[] a, float[] b) {
    float[] out = new float[a.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = a[i] * b[i];
    }
    return out;
  }
}
