package dev.mneme.edit.learn;

import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.picture.Picture;
import java.util.random.RandomGenerator;

/**
 * A part of a photograph at a size to learn at. The same window on two photographs of one size
 * shows the same things.
 *
 * @param x left column in the photograph
 * @param y upper row
 * @param columns of the photograph
 * @param rows of the photograph
 * @param width of the result
 * @param height of the result
 * @param mirrored whether left and right change places
 */
record Window(int x, int y, int columns, int rows, int width, int height, boolean mirrored) {

  /** Draws a part of a photograph: any size that is reduced to the one asked for, if there is. */
  static Window draw(Photo photo, int width, int height, RandomGenerator random) {
    double most = Math.min((double) photo.width() / width, (double) photo.height() / height);
    double u = random.nextDouble();
    double scale = most <= 1 ? most : 1 + (most - 1) * u * u; // mostly near full resolution
    int columns = Math.max(1, (int) (width * scale));
    int rows = Math.max(1, (int) (height * scale));
    int x = random.nextInt(photo.width() - columns + 1);
    int y = random.nextInt(photo.height() - rows + 1);
    return new Window(x, y, columns, rows, width, height, random.nextBoolean());
  }

  /** What is seen through it. */
  Picture of(Photo photo) {
    Picture seen = photo.crop(x, y, columns, rows, width, height);
    if (!mirrored) {
      return seen;
    }
    float[] out = new float[seen.rgb().length];
    for (int row = 0; row < 3 * height; row++) {
      for (int column = 0; column < width; column++) {
        out[row * width + column] = seen.rgb()[row * width + width - 1 - column];
      }
    }
    return new Picture(width, height, out);
  }
}
