package dev.mneme.cli;

import dev.mneme.edit.picture.PictureReader;
import dev.mneme.edit.picture.PictureWriter;
import dev.mneme.edit.picture.RasterImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Picture files for tests; those of other encoders are the fixtures of {@code mneme-edit}. */
final class PhotoFiles {
  static final int WIDTH = 44;
  static final int HEIGHT = 36;

  private static final Path FIXTURES =
      Path.of("../mneme-edit/src/test/resources/dev/mneme/edit/picture");

  private PhotoFiles() {}

  /** A photo whose left half is darker, in the format of its name. */
  static Path write(Path file) throws IOException {
    return write(file, 0);
  }

  /** As above with another tint for each {@code shade}. */
  static Path write(Path file, int shade) throws IOException {
    float[] rgb = new float[3 * WIDTH * HEIGHT];
    for (int i = 0; i < rgb.length; i++) {
      int x = i % WIDTH;
      rgb[i] = (x < WIDTH / 2 ? 0.3f : 0.6f) + 0.005f * (x % 7) + 0.01f * shade;
    }
    PictureWriter.write(file, new dev.mneme.edit.picture.Picture(WIDTH, HEIGHT, rgb), "");
    return file;
  }

  /** A folder of one photo to learn from, {@code learned.png}, and two held out. */
  static Path corpus(Path folder) throws IOException {
    Files.createDirectory(folder);
    write(folder.resolve("learned.png"), 1);
    write(folder.resolve("one.png"), 5);
    write(folder.resolve("two.png"), 9);
    Files.writeString(
        folder.resolve("SPLIT.tsv"), "learned.png\ttrain\none.png\theldout\ntwo.png\theldout\n");
    return folder;
  }

  /** A fixture, copied. */
  static Path fixture(String name, Path to) throws IOException {
    return Files.copy(FIXTURES.resolve(name), to);
  }

  static RasterImage read(Path file) throws IOException {
    return new PictureReader().read(file).image();
  }

  /** A PNG made by hand: colour type 2 is RGB, 6 has alpha. */
  static Path png(Path file, int width, int height, int bits, int colour, byte[] rows)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(header);
    data.writeInt(width);
    data.writeInt(height);
    data.write(new byte[] {(byte) bits, (byte) colour, 0, 0, 0});
    chunk(out, "IHDR", header.toByteArray());
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflate = new DeflaterOutputStream(deflated)) {
      deflate.write(rows);
    }
    chunk(out, "IDAT", deflated.toByteArray());
    chunk(out, "IEND", new byte[0]);
    return Files.write(file, out.toByteArray());
  }

  private static void chunk(ByteArrayOutputStream to, String type, byte[] body) throws IOException {
    DataOutputStream out = new DataOutputStream(to);
    byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(body);
    out.writeInt(body.length);
    out.write(name);
    out.write(body);
    out.writeInt((int) crc.getValue());
  }

  /** Puts an Exif segment that says how to turn the picture behind a JPEG's first marker. */
  static Path orient(Path jpeg, int orientation) throws IOException {
    byte[] bytes = Files.readAllBytes(jpeg);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, 2);
    out.write(new byte[] {(byte) 0xff, (byte) 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0});
    out.write(new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0});
    out.write(new byte[] {(byte) orientation, 0, 0, 0, 0, 0, 0, 0});
    out.write(bytes, 2, bytes.length - 2);
    return Files.write(jpeg, out.toByteArray());
  }

  /** Name and content of everything in a folder. */
  static TreeMap<String, String> snapshot(Path folder) throws IOException {
    TreeMap<String, String> content = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) all::iterator) {
        content.put(
            folder.relativize(file).toString(),
            Files.isDirectory(file)
                ? "folder"
                : new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return content;
  }
}
