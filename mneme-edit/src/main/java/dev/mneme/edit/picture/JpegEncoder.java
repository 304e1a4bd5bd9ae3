package dev.mneme.edit.picture;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.w3c.dom.NodeList;

/** Writes baseline JPEG at quality 95 with colour at full resolution (4:4:4) and a comment. */
final class JpegEncoder {
  private static final float QUALITY = 0.95f;
  private static final String METADATA = "javax_imageio_jpeg_image_1.0";

  /** A segment's length counts itself and has 16 bits. */
  static final int LONGEST_COMMENT = 65_533;

  private JpegEncoder() {}

  static void encode(RasterImage image, String provenance, OutputStream target) throws IOException {
    byte[] comment = (JpegWalk.COMMENT + provenance).getBytes(StandardCharsets.UTF_8);
    if (comment.length > LONGEST_COMMENT) {
      throw new IllegalArgumentException(
          "Expected a provenance of at most %d bytes for JPEG, found %d"
              .formatted(
                  LONGEST_COMMENT - JpegWalk.COMMENT.length(),
                  comment.length - JpegWalk.COMMENT.length()));
    }
    byte[] jpeg = compress(image);
    // The JFIF segment must follow SOI at once; the comment goes behind it.
    int behindJfif = 4 + ((jpeg[4] & 0xff) << 8 | (jpeg[5] & 0xff));
    DataOutputStream out = new DataOutputStream(target);
    out.write(jpeg, 0, behindJfif);
    if (!provenance.isEmpty()) {
      out.writeShort(0xfffe); // COM
      out.writeShort(comment.length + 2);
      out.write(comment);
    }
    out.write(jpeg, behindJfif, jpeg.length - behindJfif);
    out.flush();
  }

  private static byte[] compress(RasterImage image) throws IOException {
    ImageWriter writer = writer();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(QUALITY);
      BufferedImage wrapped = wrap(image);
      IIOMetadata metadata = fullColourResolution(writer, wrapped, param);
      writer.setOutput(out);
      writer.write(null, new IIOImage(wrapped, null, metadata), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /**
   * The platform's own writer: every Java installation has the same one, so that bytes do not
   * depend on plug-ins.
   */
  private static ImageWriter writer() throws IOException {
    ImageWriter chosen = null;
    for (Iterator<ImageWriter> all = ImageIO.getImageWritersByFormatName("jpeg"); all.hasNext(); ) {
      ImageWriter next = all.next();
      if (chosen == null || next.getClass().getName().startsWith("com.sun.")) {
        chosen = next;
      }
    }
    if (chosen == null) {
      throw new IOException("This Java installation has no JPEG writer (module java.desktop)");
    }
    return chosen;
  }

  /** Our bytes seen as a Java image, without a copy. */
  private static BufferedImage wrap(RasterImage image) {
    byte[] rgb = image.rgbBytes();
    int width = image.width();
    ComponentColorModel colours =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            BufferedImage.OPAQUE,
            DataBuffer.TYPE_BYTE);
    return new BufferedImage(
        colours,
        Raster.createInterleavedRaster(
            new DataBufferByte(rgb, rgb.length),
            width,
            image.height(),
            3 * width,
            3,
            new int[] {0, 1, 2},
            null),
        false,
        null);
  }

  private static IIOMetadata fullColourResolution(
      ImageWriter writer, BufferedImage image, ImageWriteParam param) throws IOException {
    IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), param);
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(METADATA);
    NodeList components = root.getElementsByTagName("componentSpec");
    for (int i = 0; i < components.getLength(); i++) {
      ((IIOMetadataNode) components.item(i)).setAttribute("HsamplingFactor", "1");
      ((IIOMetadataNode) components.item(i)).setAttribute("VsamplingFactor", "1");
    }
    metadata.setFromTree(METADATA, root);
    return metadata;
  }
}
