package dev.mneme.edit.region;

import dev.mneme.edit.picture.Oklab;
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
      Oklab colour = Oklab.of(rgb[i], rgb[i + n], rgb[i + 2 * n]);
      light[i] = (float) colour.light();
      a[i] = (float) colour.a();
      b[i] = (float) colour.b();
    }
    return new Reduced(picture.width(), picture.height(), light, a, b, luma);
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
