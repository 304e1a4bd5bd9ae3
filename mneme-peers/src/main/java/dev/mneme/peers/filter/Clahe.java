package dev.mneme.peers.filter;

import dev.mneme.edit.picture.Picture;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Equalizes the histogram of lightness in every part of a picture, within a limit (Zuiderveld,
 * "Contrast limited adaptive histogram equalization", Graphics Gems IV, 1994): OpenCV's, on L* of
 * CIELAB in 8 bits. (In 16 bits a small picture has fewer pixels than the histogram has bins, and
 * no limit limits anything.)
 *
 * @param limit of contrast, above 0; 1 hardly changes anything
 * @param parts across and down, at least 1
 */
public record Clahe(double limit, int parts) {
  /** OpenCV's L* goes to 100. */
  private static final double EIGHT_BITS = 255 / 100.0;

  public Clahe {
    if (!(limit > 0 && parts >= 1)) {
      throw new IllegalArgumentException(
          "Expected a limit above 0 and at least 1 part, found %s and %s".formatted(limit, parts));
    }
  }

  /** A copy with more contrast. */
  public Picture apply(Picture in) {
    try (PointerScope scope = Mats.scope()) {
      Mat lab = new Mat();
      opencv_imgproc.cvtColor(Mats.rgb(in), lab, opencv_imgproc.COLOR_RGB2Lab);
      MatVector channels = new MatVector();
      opencv_core.split(lab, channels);
      Mat lightness = new Mat();
      channels.get(0).convertTo(lightness, opencv_core.CV_8U, EIGHT_BITS, 0);
      Mat equalized = new Mat();
      opencv_imgproc.createCLAHE(limit, new Size(parts, parts)).apply(lightness, equalized);
      Mat light = new Mat();
      equalized.convertTo(light, opencv_core.CV_32F, 1 / EIGHT_BITS, 0);
      opencv_core.merge(new MatVector(light, channels.get(1), channels.get(2)), lab);
      Mat out = new Mat();
      opencv_imgproc.cvtColor(lab, out, opencv_imgproc.COLOR_Lab2RGB);
      return Mats.picture(out);
    }
  }
}
