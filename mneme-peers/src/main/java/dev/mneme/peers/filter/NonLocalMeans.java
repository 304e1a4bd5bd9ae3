package dev.mneme.peers.filter;

import dev.mneme.edit.picture.Picture;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.global.opencv_photo;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Every pixel becomes the mean of those whose surroundings look alike (Buades, Coll and Morel, "A
 * non-local algorithm for image denoising", CVPR 2005): OpenCV's {@code
 * fastNlMeansDenoisingColored} with patches of 7 x 7 in a window of 21 x 21. It works on 8 bits.
 *
 * @param light how strongly lightness is smoothed, in 1/255, above 0
 * @param colour how strongly colour is smoothed, in 1/255, above 0
 */
public record NonLocalMeans(double light, double colour) {
  private static final int PATCH = 7;
  private static final int WINDOW = 21;

  public NonLocalMeans {
    if (!(light > 0 && colour > 0)) {
      throw new IllegalArgumentException(
          "Expected both strengths above 0, found %s and %s".formatted(light, colour));
    }
  }

  /** A filtered copy. */
  public Picture apply(Picture in) {
    try (PointerScope scope = Mats.scope()) {
      Mat bytes = new Mat();
      Mats.rgb(in).convertTo(bytes, opencv_core.CV_8U, 255, 0);
      Mat bgr = new Mat();
      opencv_imgproc.cvtColor(bytes, bgr, opencv_imgproc.COLOR_RGB2BGR);
      Mat smooth = new Mat();
      opencv_photo.fastNlMeansDenoisingColored(
          bgr, smooth, (float) light, (float) colour, PATCH, WINDOW);
      Mat rgb = new Mat();
      opencv_imgproc.cvtColor(smooth, rgb, opencv_imgproc.COLOR_BGR2RGB);
      Mat out = new Mat();
      rgb.convertTo(out, opencv_core.CV_32F, 1 / 255.0, 0);
      return Mats.picture(out);
    }
  }
}
