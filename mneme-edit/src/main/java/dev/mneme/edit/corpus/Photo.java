package dev.mneme.edit.corpus;

import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.RasterImage;
import java.nio.file.Path;

/**
 * One photograph of a corpus. It is decoded the first time anything but its path is asked for, and
 * stays decoded, in 8 bits, while the corpus has room. Safe for any number of threads.
 */
public final class Photo {
  private final Path path;
  private final PhotoCache cache;

  Photo(Path path, PhotoCache cache) {
    this.path = path;
    this.cache = cache;
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /** The file's name, which is also its name in a split or a report. */
  public String name() {
    return path.getFileName().toString();
  }

  public int width() {
    return image().width();
  }

  public int height() {
    return image().height();
  }

  /**
   * A rectangle of the photograph, resampled: averaged where it shrinks, interpolated where it
   * grows.
   *
   * @param x left column
   * @param y upper row
   * @param width columns of the rectangle
   * @param height rows of the rectangle
   * @param outWidth columns of the result
   * @param outHeight rows of the result
   * @throws IllegalArgumentException if the rectangle is not inside the photograph
   */
  public Picture crop(int x, int y, int width, int height, int outWidth, int outHeight) {
    return image().toPicture(x, y, width, height, outWidth, outHeight);
  }

  /** The whole photograph, its longer side reduced to at most {@code longest} pixels. */
  public Picture within(int longest) {
    RasterImage image = image();
    double scale = Math.min(1, (double) longest / Math.max(image.width(), image.height()));
    int outWidth = (int) Math.max(1, Math.round(image.width() * scale));
    int outHeight = (int) Math.max(1, Math.round(image.height() * scale));
    return image.toPicture(0, 0, image.width(), image.height(), outWidth, outHeight);
  }

  /**
   * The whole photograph in 8 bits. Shared: do not write to it.
   *
   * @throws java.io.UncheckedIOException if the file cannot be decoded; its cause, a {@link
   *     dev.mneme.edit.picture.PictureException}, says why. So does every other method that needs
   *     pixels
   */
  public RasterImage image() {
    return cache.get(path);
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
