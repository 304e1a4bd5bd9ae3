package dev.mneme.peers.filter;

import dev.mneme.edit.picture.Picture;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Sharpens by adding what a Gaussian blur would take away.
 *
 * @param sigma of the blur in pixels, above 0
 * @param amount how much is added; 0 changes nothing
 */
public record UnsharpMask(double sigma, double amount) {
  public UnsharpMask {
    if (!(sigma > 0 && amount >= 0)) {
      throw new IllegalArgumentException(
          "Expected a sigma above 0 and an amount of at least 0, found %s and %s"
              .formatted(sigma, amount));
    }
  }

  /** A sharper copy. */
  public Picture apply(Picture in) {
    try (PointerScope scope = Mats.scope()) {
      Mat sharp = Mats.rgb(in);
      Mat blurred = new Mat();
      opencv_imgproc.GaussianBlur(sharp, blurred, new Size(0, 0), sigma);
      Mat out = new Mat();
      opencv_core.addWeighted(sharp, 1 + amount, blurred, -amount, 0, out);
      return Mats.picture(out);
    }
  }
}
