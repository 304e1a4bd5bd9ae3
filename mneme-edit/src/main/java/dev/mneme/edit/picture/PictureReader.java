package dev.mneme.edit.picture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Reads picture files. */
public final class PictureReader {
  private PictureReader() {}

  public static Result read(Path file) throws IOException {
    BufferedImage in = ImageIO.read(file.toFile());
    if (in == null) {
      throw new IOException(file + ": expected a picture");
    }
    byte[] rgb = new byte[3 * in.getWidth() * in.getHeight()];
    for (int y = 0, i = 0; y < in.getHeight(); y++) {
      for (int x = 0; x < in.getWidth(); x++) {
        int v = in.getRGB(x, y);
        rgb[i++] = (byte) (v >> 16);
        rgb[i++] = (byte) (v >> 8);
        rgb[i++] = (byte) v;
      }
    }
    return new Result(new RasterImage(in.getWidth(), in.getHeight(), rgb, null));
  }

  public record Result(RasterImage image) {}
}
