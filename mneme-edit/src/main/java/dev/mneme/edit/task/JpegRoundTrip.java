package dev.mneme.edit.task;

import dev.mneme.edit.picture.Picture;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.function.Function;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.spi.ImageReaderWriterSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Writes a picture as JPEG and reads it back, in memory; the 8 x 8 blocks start at the upper left
 * corner.
 */
public final class JpegRoundTrip {
  private JpegRoundTrip() {}

  /**
   * What is left of a picture after JPEG.
   *
   * @param quality 0 (worst) to 1 (best), as the JDK's writer understands it
   */
  public static Picture of(Picture picture, float quality) {
    try {
      return read(write(picture, quality));
    } catch (IOException e) {
      throw new UncheckedIOException("JPEG round trip in memory failed at quality " + quality, e);
    }
  }

  private static byte[] write(Picture picture, float quality) throws IOException {
    ImageWriter writer =
        fromJdk(ImageIO.getImageWritersByFormatName("jpeg"), ImageWriter::getOriginatingProvider);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(quality);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(toImage(picture), null, null), how);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static Picture read(byte[] jpeg) throws IOException {
    ImageReader reader =
        fromJdk(ImageIO.getImageReadersByFormatName("jpeg"), ImageReader::getOriginatingProvider);
    try (MemoryCacheImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
      reader.setInput(stream, true, true);
      return toPicture(reader.read(0));
    } finally {
      reader.dispose();
    }
  }

  /**
   * The JDK's own codec whatever plug-ins are installed, so that the same quality means the same
   * damage.
   */
  private static <T> T fromJdk(Iterator<T> codecs, Function<T, ImageReaderWriterSpi> provider) {
    while (codecs.hasNext()) {
      T codec = codecs.next();
      if (provider.apply(codec).getClass().getName().startsWith("com.sun.imageio.")) {
        return codec;
      }
    }
    throw new IllegalStateException(
        "Expected the JDK's JPEG codec (module java.desktop), found none; run on a JDK that has it");
  }

  private static BufferedImage toImage(Picture picture) {
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_3BYTE_BGR);
    byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    int plane = picture.plane();
    float[] rgb = picture.rgb();
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < plane; i++) {
        bgr[3 * i + 2 - c] = (byte) (255 * rgb[c * plane + i] + 0.5f);
      }
    }
    return image;
  }

  private static Picture toPicture(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    float[] rgb = new float[3 * pixels.length];
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < pixels.length; i++) {
        rgb[c * pixels.length + i] = (pixels[i] >> (16 - 8 * c) & 0xff) / 255f;
      }
    }
    return new Picture(width, height, rgb);
  }
}
