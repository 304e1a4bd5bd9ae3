package dev.mneme.peers.filter;

import dev.mneme.edit.picture.Picture;
import dev.mneme.tensor.Engine;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/** Pictures as OpenCV's matrices and back; matrices belong to the innermost open scope. */
final class Mats {
  private Mats() {}

  /**
   * The scope in which a filter works; nothing of OpenCV may be touched before the first. OpenCV
   * brings OpenBLAS, which must not come before libtorch has chosen its own; and it takes every
   * core unless told how many.
   */
  static PointerScope scope() {
    int threads = Engine.start().threads().value();
    PointerScope scope = new PointerScope();
    opencv_core.setNumThreads(threads);
    return scope;
  }

  /** Height x width of (red, green, blue) as 32-bit floats in [0, 1]. */
  static Mat rgb(Picture picture) {
    int plane = picture.plane();
    float[] interleaved = new float[3 * plane];
    for (int i = 0; i < plane; i++) {
      for (int c = 0; c < 3; c++) {
        interleaved[3 * i + c] = picture.rgb()[c * plane + i];
      }
    }
    return filled(interleaved, picture.width(), picture.height(), opencv_core.CV_32FC3);
  }

  /** One channel of 32-bit floats. */
  static Mat plane(float[] values, int width, int height) {
    return filled(values, width, height, opencv_core.CV_32FC1);
  }

  /** Channel 0, 1 or 2 of a picture. */
  static float[] channel(Picture picture, int channel) {
    int plane = picture.plane();
    return Arrays.copyOfRange(picture.rgb(), channel * plane, (channel + 1) * plane);
  }

  /** Inverse of {@link #rgb(Picture)}, clamped. */
  static Picture picture(Mat rgb) {
    float[] interleaved = floats(rgb);
    int plane = rgb.rows() * rgb.cols();
    float[] planes = new float[3 * plane];
    for (int i = 0; i < plane; i++) {
      for (int c = 0; c < 3; c++) {
        planes[c * plane + i] = interleaved[3 * i + c];
      }
    }
    return new Picture(rgb.cols(), rgb.rows(), planes).clamped();
  }

  /** All values, row by row. */
  static float[] floats(Mat mat) {
    Mat whole = mat.isContinuous() ? mat : mat.clone();
    float[] out = new float[whole.rows() * whole.cols() * whole.channels()];
    FloatBuffer buffer = whole.createBuffer();
    buffer.get(out);
    return out;
  }

  private static Mat filled(float[] values, int width, int height, int type) {
    Mat mat = new Mat(height, width, type);
    FloatBuffer buffer = mat.createBuffer();
    buffer.put(values);
    return mat;
  }
}
