package dev.mneme.edit.bench;

import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.RasterImage;
import java.util.SplittableRandom;

/**
 * Draws pictures of any size: soft waves of light with a photograph's grain, alike on every run.
 */
final class Scene {
  private static final long SEED = 20_230;
  private static final double GRAIN = 0.04;

  private Scene() {}

  static RasterImage of(int width, int height) {
    RasterImage image = new RasterImage(width, height);
    SplittableRandom random = new SplittableRandom(SEED);
    double[] across = new double[width];
    for (int x = 0; x < width; x++) {
      across[x] = 0.5 + 0.2 * Math.sin(9.0 * x / width) + 0.1 * Math.sin(x / 11.0);
    }
    for (int y = 0; y < height; y++) { // row by row: as floats a whole picture is large
      float[] row = new float[3 * width];
      for (int c = 0; c < 3; c++) {
        double down = 0.2 * Math.sin(7.0 * y / height + c) + 0.05 * Math.sin(y / 13.0);
        for (int x = 0; x < width; x++) {
          double grain = GRAIN * (random.nextDouble() - 0.5);
          row[c * width + x] = (float) Math.min(1, Math.max(0, across[x] + down + grain));
        }
      }
      image.put(new Picture(width, 1, row), 0, y);
    }
    return image;
  }

  /** Of about so many million pixels, three columns to two rows. */
  static RasterImage ofMegapixels(double megapixels) {
    double height = Math.sqrt(megapixels * 1e6 / 1.5);
    return of(Math.max(1, (int) Math.round(1.5 * height)), Math.max(1, (int) Math.round(height)));
  }
}
