package dev.mneme.edit.region;

import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.RasterImage;

/**
 * A photograph reduced to at most {@value #LONGEST} pixels a side, as places are sought in it: in
 * Oklab (Ottosson, 2020), where equal distances look equally far.
 *
 * @param width columns
 * @param height rows
 * @param light Oklab L in [0, 1], row by row
 * @param a towards red, about [-0.3, 0.3]
 * @param b towards yellow, about [-0.3, 0.3]
 * @param luma sRGB-encoded BT.601 luminance in [0, 1], which guides the mask's edges
 */
record Reduced(int width, int height, float[] light, float[] a, float[] b, float[] luma) {
  static final int LONGEST = 256;

  static Reduced of(RasterImage photo) {
    double scale = Math.min(1, (double) LONGEST / Math.max(photo.width(), photo.height()));
    int width = (int) Math.max(1, Math.round(photo.width() * scale));
    int height = (int) Math.max(1, Math.round(photo.height() * scale));
    return of(photo.toPicture(0, 0, photo.width(), photo.height(), width, height));
  }

  static Reduced of(Picture picture) {
    int n = picture.plane();
    float[] light = new float[n];
    float[] a = new float[n];
    float[] b = new float[n];
    float[] luma = new float[n];
    float[] rgb = picture.rgb();
    for (int i = 0; i < n; i++) {
      luma[i] = 0.299f * rgb[i] + 0.587f * rgb[i + n] + 0.114f * rgb[i + 2 * n];
      double red = linear(rgb[i]);
      double green = linear(rgb[i + n]);
      double blue = linear(rgb[i + 2 * n]);
      double l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
      double m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
      double s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
      light[i] = (float) (0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s);
      a[i] = (float) (1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s);
      b[i] = (float) (0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s);
    }
    return new Reduced(picture.width(), picture.height(), light, a, b, luma);
  }

  private static double linear(double value) {
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }

  int size() {
    return width * height;
  }

  /** Colourfulness: 0 grey, about 0.1 a blue sky, 0.25 a traffic light. */
  double chroma(int i) {
    return Math.hypot(a[i], b[i]);
  }

  /** Hue in degrees [0, 360): red 29, yellow 110, green 142, blue 264. */
  double hue(int i) {
    double degrees = Math.toDegrees(Math.atan2(b[i], a[i]));
    return degrees < 0 ? degrees + 360 : degrees;
  }

  /** Distance of two pixels' colours. */
  double apart(int i, int j) {
    double dl = light[i] - light[j];
    double da = a[i] - a[j];
    double db = b[i] - b[j];
    return Math.sqrt(dl * dl + da * da + db * db);
  }
}
