package dev.mneme.edit.picture;

import java.awt.Rectangle;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;

/** Turns whatever a decoder returns into packed 8-bit sRGB and a plane of alpha. */
final class PixelConverter {
  private static final int STRIP_ROWS = 64;

  private PixelConverter() {}

  /**
   * @throws IOException if the decoder found another size than the header says
   */
  static RasterImage convert(BufferedImage image, int width, int height) throws IOException {
    if (image.getWidth() != width || image.getHeight() != height) {
      throw new IOException(
          "header says %d x %d, decoder found %d x %d"
              .formatted(width, height, image.getWidth(), image.getHeight()));
    }
    ColorModel colours = image.getColorModel();
    if (colours instanceof IndexColorModel palette) {
      return fromPalette(image, palette);
    }
    boolean grey = colours.getNumColorComponents() == 1;
    if (grey || colours.getColorSpace().isCS_sRGB()) {
      byte[] ready = grey || colours.hasAlpha() ? null : takeOver(image);
      return ready != null ? new RasterImage(width, height, ready, null) : fromBands(image, grey);
    }
    return fromBands(toSrgb(image), false);
  }

  /**
   * The decoder's own array, its bands put in order, if it is laid out as ours is: saves a copy of
   * every photograph.
   */
  private static byte[] takeOver(BufferedImage image) {
    Raster raster = image.getRaster();
    if (!(raster.getSampleModel() instanceof ComponentSampleModel model)
        || !(raster.getDataBuffer() instanceof DataBufferByte buffer)
        || model.getPixelStride() != 3
        || model.getScanlineStride() != 3 * image.getWidth()
        || buffer.getNumBanks() != 1
        || buffer.getData().length != 3 * image.getWidth() * image.getHeight()) {
      return null;
    }
    byte[] data = buffer.getData();
    int[] offset = model.getBandOffsets();
    for (int i = 0; i < data.length; i += 3) {
      byte red = data[i + offset[0]];
      byte green = data[i + offset[1]];
      byte blue = data[i + offset[2]];
      data[i] = red;
      data[i + 1] = green;
      data[i + 2] = blue;
    }
    return data;
  }

  private static RasterImage fromPalette(BufferedImage image, IndexColorModel palette) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] rgb = new byte[3 * width * height];
    byte[] alpha = palette.hasAlpha() ? new byte[width * height] : null;
    int[] row = new int[width];
    for (int y = 0, i = 0; y < height; y++) {
      image.getRaster().getSamples(0, y, width, 1, 0, row);
      for (int x = 0; x < width; x++, i++) {
        rgb[3 * i] = (byte) palette.getRed(row[x]);
        rgb[3 * i + 1] = (byte) palette.getGreen(row[x]);
        rgb[3 * i + 2] = (byte) palette.getBlue(row[x]);
        if (alpha != null) {
          alpha[i] = (byte) palette.getAlpha(row[x]);
        }
      }
    }
    return new RasterImage(width, height, rgb, alpha);
  }

  /**
   * Reads the bands themselves rather than asking the image for RGB: Java takes grey samples for
   * linear light and would brighten them.
   */
  private static RasterImage fromBands(BufferedImage image, boolean grey) {
    int width = image.getWidth();
    int height = image.getHeight();
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    boolean hasAlpha = image.getColorModel().hasAlpha();
    byte[] rgb = new byte[3 * width * height];
    byte[] alpha = hasAlpha ? new byte[width * height] : null;
    int[] largest = new int[bands];
    for (int b = 0; b < bands; b++) {
      largest[b] = (1 << raster.getSampleModel().getSampleSize(b)) - 1;
    }
    int[] row = new int[bands * width];
    for (int y = 0, i = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++, i++) {
        for (int c = 0; c < 3; c++) {
          int band = grey ? 0 : c;
          rgb[3 * i + c] = eightBits(row[bands * x + band], largest[band]);
        }
        if (hasAlpha) {
          alpha[i] = eightBits(row[bands * x + bands - 1], largest[bands - 1]);
        }
      }
    }
    return new RasterImage(width, height, rgb, alpha);
  }

  private static byte eightBits(int value, int largest) {
    return (byte) (largest == 255 ? value : ((long) value * 255 + largest / 2) / largest);
  }

  /** Applies an embedded colour profile, strip by strip to need little more than the result. */
  private static BufferedImage toSrgb(BufferedImage image) {
    boolean alpha = image.getColorModel().hasAlpha();
    int type = alpha ? BufferedImage.TYPE_4BYTE_ABGR : BufferedImage.TYPE_3BYTE_BGR;
    BufferedImage out = new BufferedImage(image.getWidth(), image.getHeight(), type);
    ColorConvertOp convert =
        new ColorConvertOp(
            image.getColorModel().getColorSpace(),
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            null);
    for (int y = 0; y < image.getHeight(); y += STRIP_ROWS) {
      Rectangle strip =
          new Rectangle(0, y, image.getWidth(), Math.min(STRIP_ROWS, image.getHeight() - y));
      convert.filter(
          image.getSubimage(strip.x, strip.y, strip.width, strip.height),
          out.getSubimage(strip.x, strip.y, strip.width, strip.height));
    }
    return out;
  }
}
