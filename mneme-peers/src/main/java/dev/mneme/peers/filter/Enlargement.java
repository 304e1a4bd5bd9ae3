package dev.mneme.peers.filter;

import dev.mneme.edit.picture.Picture;
import java.util.function.IntUnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Another interpolation for a picture that was enlarged to twice its size by straight lines. The
 * small picture is found back first, exactly but for rounding, so the interpolation gets what it
 * would have got of a user who never enlarged.
 *
 * @param kernel how to enlarge
 */
public record Enlargement(Kernel kernel) {
  /** OpenCV's interpolations. */
  public enum Kernel {
    /** Over 4 x 4 pixels, a = -0.75. */
    BICUBIC(opencv_imgproc.INTER_CUBIC),
    /** Over 8 x 8 pixels. */
    LANCZOS(opencv_imgproc.INTER_LANCZOS4);

    private final int flag;

    Kernel(int flag) {
      this.flag = flag;
    }
  }

  /**
   * A copy, enlarged anew.
   *
   * @throws IllegalArgumentException if a side is odd
   */
  public Picture apply(Picture in) {
    Picture small = small(in);
    try (PointerScope scope = Mats.scope()) {
      Mat out = new Mat();
      opencv_imgproc.resize(
          Mats.rgb(small), out, new Size(in.width(), in.height()), 0, 0, kernel.flag);
      return Mats.picture(out);
    }
  }

  /** The picture that straight lines enlarged to this one. */
  static Picture small(Picture large) {
    int width = large.width();
    int height = large.height();
    if (width % 2 != 0 || height % 2 != 0) {
      throw new IllegalArgumentException(
          "Expected a picture enlarged to twice its size, found %d x %d".formatted(width, height));
    }
    float[] narrow = new float[large.rgb().length / 2];
    for (int row = 0; row < 3 * height; row++) {
      int from = row * width;
      halve(large.rgb(), x -> from + x, narrow, row * width / 2, 1, width / 2);
    }
    float[] small = new float[narrow.length / 2];
    for (int c = 0; c < 3; c++) {
      for (int x = 0; x < width / 2; x++) {
        int from = c * height * width / 2 + x;
        int to = c * height / 2 * width / 2 + x;
        halve(narrow, y -> from + y * width / 2, small, to, width / 2, height / 2);
      }
    }
    return new Picture(width / 2, height / 2, small).clamped();
  }

  /**
   * Between samples s and t straight lines put 3/4 s + 1/4 t and 1/4 s + 3/4 t: three halves of the
   * first less half the second is s. Every sample has such a pair on either side.
   */
  private static void halve(
      float[] in, IntUnaryOperator at, float[] out, int first, int step, int n) {
    for (int i = 0; i < n; i++) {
      float near = in[at.applyAsInt(2 * i)];
      float far = in[at.applyAsInt(2 * i + 1)];
      float left = i == 0 ? Float.NaN : 1.5f * near - 0.5f * in[at.applyAsInt(2 * i - 1)];
      float right = i == n - 1 ? Float.NaN : 1.5f * far - 0.5f * in[at.applyAsInt(2 * i + 2)];
      float value;
      if (n == 1) {
        value = near;
      } else if (i == 0) {
        value = right;
      } else {
        value = i == n - 1 ? left : (left + right) / 2;
      }
      out[first + i * step] = value;
    }
  }
}
