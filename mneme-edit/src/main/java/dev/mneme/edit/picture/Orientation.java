package dev.mneme.edit.picture;

import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.util.OptionalInt;

/** The eight ways in which a camera may have stored a picture (Exif 2.3, tag 0x0112). */
final class Orientation {
  private Orientation() {}

  /** The orientation an Exif block asks for, 1 to 8, if it has a valid one. */
  static OptionalInt read(byte[] tiff) {
    Metadata metadata = new Metadata();
    new ExifReader().extract(new ByteArrayReader(tiff), metadata);
    for (ExifIFD0Directory directory : metadata.getDirectoriesOfType(ExifIFD0Directory.class)) {
      Integer value = directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
      if (value != null && value >= 1 && value <= 8) {
        return OptionalInt.of(value);
      }
    }
    return OptionalInt.empty();
  }

  /** Whether rows become columns. */
  static boolean swapsSides(int orientation) {
    return orientation >= 5;
  }

  /** The picture as it should be shown. */
  static RasterImage apply(RasterImage in, int orientation) {
    if (orientation == 1) {
      return in;
    }
    byte[] alpha = in.alphaBytes() == null ? null : turn(in, in.alphaBytes(), 1, orientation);
    byte[] rgb = turn(in, in.rgbBytes(), 3, orientation);
    return swapsSides(orientation)
        ? new RasterImage(in.height(), in.width(), rgb, alpha)
        : new RasterImage(in.width(), in.height(), rgb, alpha);
  }

  private static byte[] turn(RasterImage in, byte[] from, int samples, int orientation) {
    int lastX = in.width() - 1;
    int lastY = in.height() - 1;
    int outWidth = swapsSides(orientation) ? in.height() : in.width();
    byte[] out = new byte[from.length];
    for (int y = 0; y <= lastY; y++) {
      for (int x = 0; x <= lastX; x++) {
        int toX =
            switch (orientation) {
              case 2, 3 -> lastX - x;
              case 5, 8 -> y;
              case 6, 7 -> lastY - y;
              default -> x;
            };
        int toY =
            switch (orientation) {
              case 3, 4 -> lastY - y;
              case 5, 6 -> x;
              case 7, 8 -> lastX - x;
              default -> y;
            };
        int source = samples * (y * in.width() + x);
        int target = samples * (toY * outWidth + toX);
        for (int c = 0; c < samples; c++) {
          out[target + c] = from[source + c];
        }
      }
    }
    return out;
  }
}
