package dev.mneme.edit.picture;

import java.util.Arrays;

/**
 * Changes the size of a picture: every axis that shrinks is averaged over the covered area, every
 * axis that grows is interpolated. Works on the sRGB-encoded values and clamps its results to [0,
 * 1].
 */
public final class Resize {
  private Resize() {}

  /** How an axis that grows is interpolated. */
  public enum Kernel {
    /** Straight lines between neighbours: soft, never overshoots. */
    BILINEAR {
      @Override
      double at(double d) {
        return d < 1 ? 1 - d : 0;
      }
    },
    /** Catmull-Rom: sharper; its overshoot is clamped to [0, 1]. */
    CUBIC {
      @Override
      double at(double d) {
        if (d < 1) {
          return (1.5 * d - 2.5) * d * d + 1;
        }
        return d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0;
      }
    };

    /** The kernel at a distance, in input pixels, of at least 0. */
    abstract double at(double distance);
  }

  /** {@link #to(Picture, int, int, Kernel)} with {@link Kernel#CUBIC}. */
  public static Picture to(Picture picture, int width, int height) {
    return to(picture, width, height, Kernel.CUBIC);
  }

  /**
   * The whole picture at another size, not keeping its proportions.
   *
   * @param width new width, at least 1
   * @param height new height, at least 1
   * @return the picture itself when it already has this size
   */
  public static Picture to(Picture picture, int width, int height, Kernel kernel) {
    if (width == picture.width() && height == picture.height()) {
      return picture;
    }
    requireSize(width, height);
    int inWidth = picture.width();
    float[] in = picture.rgb();
    Taps across = Taps.of(inWidth, width, kernel);
    Taps down = Taps.of(picture.height(), height, kernel);
    float[] out = new float[Math.multiplyExact(3, Math.multiplyExact(width, height))];
    for (int c = 0; c < 3; c++) {
      int plane = c * picture.plane();
      Rows rows =
          (y, weight, sum) -> {
            int row = plane + y * inWidth;
            for (int x = 0; x < inWidth; x++) {
              sum[x] += weight * in[row + x];
            }
          };
      resample(rows, inWidth, 1, across, down, out, c * width * height);
    }
    return new Picture(width, height, out);
  }

  /**
   * The largest size of the same proportions whose longer side is at most {@code longest}; a
   * smaller picture is returned as it is.
   */
  public static Picture within(Picture picture, int longest) {
    int side = Math.max(picture.width(), picture.height());
    if (side <= longest) {
      return picture;
    }
    double scale = (double) longest / side;
    return to(
        picture,
        (int) Math.max(1, Math.round(picture.width() * scale)),
        (int) Math.max(1, Math.round(picture.height() * scale)));
  }

  static void requireSize(int width, int height) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "Expected a size of at least 1 x 1, found %d x %d".formatted(width, height));
    }
  }

  /** Adds {@code weight} times one row of interleaved samples to {@code sum}. */
  interface Rows {
    void add(int y, float weight, float[] sum);
  }

  /**
   * Separable resampling, down first: that pass runs along rows and shrinks the work of the second.
   *
   * @param samples interleaved samples per pixel of a row; sample c goes to the plane that begins
   *     at {@code offset + c * (outputs of across) * (outputs of down)}
   */
  static void resample(
      Rows rows, int width, int samples, Taps across, Taps down, float[] out, int offset) {
    float[] sum = new float[width * samples];
    int outWidth = across.first().length;
    int outHeight = down.first().length;
    for (int y = 0; y < outHeight; y++) {
      Arrays.fill(sum, 0);
      for (int k = 0; k < down.count(); k++) {
        float weight = down.weight()[y * down.count() + k];
        if (weight != 0) {
          rows.add(down.first()[y] + k, weight, sum);
        }
      }
      for (int c = 0; c < samples; c++) {
        int row = offset + (c * outHeight + y) * outWidth;
        for (int x = 0; x < outWidth; x++) {
          out[row + x] = clamp(dot(sum, across, x, samples, c));
        }
      }
    }
  }

  private static float dot(float[] sum, Taps across, int x, int samples, int c) {
    int count = across.count();
    int at = across.first()[x] * samples + c;
    float value = 0;
    for (int k = 0; k < count; k++, at += samples) {
      value += across.weight()[x * count + k] * sum[at];
    }
    return value;
  }

  private static float clamp(float value) {
    return value > 0 ? Math.min(value, 1) : 0;
  }
}
