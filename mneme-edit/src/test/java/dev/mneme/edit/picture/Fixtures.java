package dev.mneme.edit.picture;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Picture files for tests. Those among the resources show {@code panda.png}, 48 x 36, and were
 * written by libjpeg, libwebp and Pillow, so that our reader is held against the encoders of
 * others.
 */
final class Fixtures {
  private Fixtures() {}

  static Path file(String name) {
    try {
      return Path.of(Fixtures.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static byte[] bytes(String name) {
    try {
      return Files.readAllBytes(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RasterImage image(String name) {
    try {
      return new PictureReader().read(file(name)).image();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A PNG made by hand.
   *
   * @param bits bits a sample
   * @param colour PNG colour type
   * @param rows what is deflated: a filter byte and the samples of each row
   * @param chunks whole chunks to stand between header and data
   */
  static byte[] png(int width, int height, int bits, int colour, byte[] rows, byte[]... chunks)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(header);
    data.writeInt(width);
    data.writeInt(height);
    data.write(new byte[] {(byte) bits, (byte) colour, 0, 0, 0});
    out.write(chunk("IHDR", header.toByteArray()));
    for (byte[] chunk : chunks) {
      out.write(chunk);
    }
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflate = new DeflaterOutputStream(deflated, new Deflater(9))) {
      deflate.write(rows);
    }
    out.write(chunk("IDAT", deflated.toByteArray()));
    out.write(chunk("IEND", new byte[0]));
    return out.toByteArray();
  }

  static byte[] chunk(String type, byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(body);
    out.writeInt(body.length);
    out.write(name);
    out.write(body);
    out.writeInt((int) crc.getValue());
    return bytes.toByteArray();
  }

  /** A little-endian TIFF block with the one tag that says how to turn a picture. */
  static byte[] exif(int orientation) {
    return new byte[] {
      'I',
      'I',
      42,
      0,
      8,
      0,
      0,
      0,
      1,
      0,
      0x12,
      0x01,
      3,
      0,
      1,
      0,
      0,
      0,
      (byte) orientation,
      0,
      0,
      0,
      0,
      0,
      0,
      0
    };
  }

  /** A JPEG with an Exif segment right behind its first marker. */
  static byte[] withExif(byte[] jpeg, int orientation) {
    byte[] tiff = exif(orientation);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.writeBytes(
        new byte[] {
          (byte) 0xff, (byte) 0xe1, 0, (byte) (tiff.length + 8), 'E', 'x', 'i', 'f', 0, 0
        });
    out.writeBytes(tiff);
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }
}
