package dev.mneme.edit.picture;

/** How alike two pictures of one size are. */
public final class Measures {
  private static final int WINDOW = 11;
  private static final double SIGMA = 1.5;
  private static final double C1 = 0.01 * 0.01;
  private static final double C2 = 0.03 * 0.03;

  private Measures() {}

  /** Mean squared difference over all three channels. */
  public static double meanSquaredError(Picture a, Picture b) {
    requireSameSize(a, b);
    double sum = 0;
    for (int i = 0; i < a.rgb().length; i++) {
      double difference = (double) a.rgb()[i] - b.rgb()[i];
      sum += difference * difference;
    }
    return sum / a.rgb().length;
  }

  /**
   * Peak signal-to-noise ratio over RGB in decibels, peak 1; positive infinity for equal pictures.
   */
  public static double psnr(Picture a, Picture b) {
    return -10 * Math.log10(meanSquaredError(a, b));
  }

  /**
   * Structural similarity (Wang et al., 2004) of luminance (ITU-R BT.601 weights of the
   * sRGB-encoded values): Gaussian window of 11 x 11 and sigma 1.5, K1 = 0.01, K2 = 0.03, range 1,
   * averaged over the windows that lie wholly inside. A side shorter than 11 takes a window as long
   * as itself.
   *
   * @return at most 1, which equal pictures have
   */
  public static double ssim(Picture a, Picture b) {
    requireSameSize(a, b);
    double[] x = luminance(a);
    double[] y = luminance(b);
    Windows windows = new Windows(a.width(), a.height());
    double[] meanX = windows.mean(x);
    double[] meanY = windows.mean(y);
    double[] meanXx = windows.mean(product(x, x));
    double[] meanYy = windows.mean(product(y, y));
    double[] meanXy = windows.mean(product(x, y));
    double sum = 0;
    for (int i = 0; i < meanX.length; i++) {
      double xx = meanX[i] * meanX[i];
      double yy = meanY[i] * meanY[i];
      double xy = meanX[i] * meanY[i];
      sum +=
          (2 * xy + C1)
              * (2 * (meanXy[i] - xy) + C2)
              / ((xx + yy + C1) * (meanXx[i] - xx + meanYy[i] - yy + C2));
    }
    return sum / meanX.length;
  }

  private static double[] luminance(Picture picture) {
    int plane = picture.plane();
    float[] rgb = picture.rgb();
    double[] out = new double[plane];
    for (int i = 0; i < plane; i++) {
      out[i] = 0.299 * rgb[i] + 0.587 * rgb[i + plane] + 0.114 * rgb[i + 2 * plane];
    }
    return out;
  }

  private static double[] product(double[] a, double[] b) {
    double[] out = new double[a.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = a[i] * b[i];
    }
    return out;
  }

  private static void requireSameSize(Picture a, Picture b) {
    if (a.width() != b.width() || a.height() != b.height()) {
      throw new IllegalArgumentException(
          "Expected two pictures of one size, found %d x %d and %d x %d"
              .formatted(a.width(), a.height(), b.width(), b.height()));
    }
  }

  /** Gaussian means over every window inside a plane, separably. */
  private record Windows(int width, int height) {
    double[] mean(double[] in) {
      double[] across = gaussian(Math.min(WINDOW, width));
      double[] down = gaussian(Math.min(WINDOW, height));
      int outWidth = width - across.length + 1;
      int outHeight = height - down.length + 1;
      double[] rows = new double[outWidth * height];
      for (int y = 0; y < height; y++) {
        for (int k = 0; k < across.length; k++) {
          for (int x = 0; x < outWidth; x++) {
            rows[y * outWidth + x] += across[k] * in[y * width + x + k];
          }
        }
      }
      double[] out = new double[outWidth * outHeight];
      for (int y = 0; y < outHeight; y++) {
        for (int k = 0; k < down.length; k++) {
          for (int x = 0; x < outWidth; x++) {
            out[y * outWidth + x] += down[k] * rows[(y + k) * outWidth + x];
          }
        }
      }
      return out;
    }

    private static double[] gaussian(int length) {
      double[] out = new double[length];
      double sum = 0;
      for (int i = 0; i < length; i++) {
        double d = i - (length - 1) / 2.0;
        out[i] = Math.exp(-d * d / (2 * SIGMA * SIGMA));
        sum += out[i];
      }
      for (int i = 0; i < length; i++) {
        out[i] /= sum;
      }
      return out;
    }
  }
}
