package dev.mneme.edit.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.PictureException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureWriterTest {
  private static final String PROVENANCE = "made by 记忆; strength 0.7\nseed 5";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"1,1", "7,5", "64,1", "1,33", "131,67"})
  void pngGivesBackEveryPixel(int width, int height) throws IOException {
    RasterImage image = RasterImage.of(Pictures.noise(width, height, 1));
    Path file = folder.resolve("out.png");
    assertEquals(List.of(), PictureWriter.write(file, image, PROVENANCE));
    PictureFile read = new PictureReader().read(file);
    assertTrue(image.sameAs(read.image()));
    assertEquals(Optional.of(PROVENANCE), read.provenance());
    assertEquals(Optional.of(PROVENANCE), Provenance.read(file));
    // Another decoder sees the same.
    assertEquals(
        image.rgbAt(width - 1, height - 1),
        ImageIO.read(file.toFile()).getRGB(width - 1, height - 1) & 0xffffff);
  }

  @Test
  void pngKeepsTransparencyThroughAnEdit() throws IOException {
    RasterImage in = Fixtures.image("alpha-lossless.webp");
    RasterImage edited = in.blank();
    edited.put(in.toPicture(0, 0, 48, 20), 0, 0);
    edited.put(in.toPicture(0, 20, 48, 16), 0, 20);
    Path file = folder.resolve("out.png");
    assertEquals(List.of(), PictureWriter.write(file, edited, ""));
    assertTrue(in.sameAs(new PictureReader().read(file).image()));
    assertEquals(Optional.empty(), Provenance.read(file));
  }

  @Test
  void jpegLaysTransparencyOnWhiteAndSaysSo() throws IOException {
    RasterImage in = Fixtures.image("alpha-lossless.webp");
    Path file = folder.resolve("out.jpeg");
    List<String> notes = PictureWriter.write(file, in, PROVENANCE);
    assertEquals(1, notes.size());
    assertTrue(notes.get(0).contains("laid on white"), notes.get(0));
    RasterImage read = new PictureReader().read(file).image();
    assertFalse(read.hasAlpha());
    assertEquals(255, read.rgbAt(20, 0) & 0xff, 4);
    int expected =
        ((in.rgbAt(20, 18) >> 16) * in.alphaAt(20, 18) + 255 * (255 - in.alphaAt(20, 18))) / 255;
    assertEquals(expected, in.onWhite().rgbAt(20, 18) >> 16, 1);
    assertEquals(List.of(), PictureWriter.write(file, in.opaque(), PROVENANCE));
  }

  @Test
  void jpegIsNearAndKeepsColourAtFullResolution() throws IOException {
    // Red and blue columns: halved chroma would turn them into one purple.
    RasterImage stripes = new RasterImage(32, 16);
    for (int x = 0; x < 32; x++) {
      float[] rgb = new float[3 * 16];
      Arrays.fill(rgb, x % 2 == 0 ? 0 : 32, x % 2 == 0 ? 16 : 48, 1);
      stripes.put(new Picture(1, 16, rgb), x, 0);
    }
    Path file = folder.resolve("out.jpg");
    PictureWriter.write(file, stripes, PROVENANCE);
    RasterImage read = new PictureReader().read(file).image();
    assertEquals(0, Pictures.largestDifference(stripes.toPicture(), read.toPicture()), 0.15);
    assertEquals(Optional.of(PROVENANCE), Provenance.read(file));

    Picture scene = Pictures.scene(97, 61);
    PictureWriter.write(file, scene, "");
    assertTrue(Measures.psnr(scene, new PictureReader().read(file).image().toPicture()) > 42);
    assertEquals(Optional.empty(), Provenance.read(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.png", "a.jpg"})
  void theSameInGivesTheSameBytes(String name) throws IOException {
    RasterImage image = RasterImage.of(Pictures.scene(50, 40));
    Path file = folder.resolve(name);
    PictureWriter.write(file, image, PROVENANCE);
    byte[] first = Files.readAllBytes(file);
    PictureWriter.write(file, image, PROVENANCE);
    assertArrayEquals(first, Files.readAllBytes(file));
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    PictureWriter.encode(image, PictureFormat.ofName(name).orElseThrow(), PROVENANCE, stream);
    assertArrayEquals(first, stream.toByteArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"out.webp", "out.gif", "out.tiff", "out", "png", ".", "out.png.bak"})
  void otherEndingsAreRefusedBeforeAnyWork(String name) {
    assertKind(
        Kind.UNSUPPORTED, "expected a name that ends in .png, .jpg or .jpeg", folder.resolve(name));
  }

  @Test
  void placesThatCannotBeWrittenAreNamed() throws IOException {
    assertKind(Kind.CANNOT_WRITE, "found no folder", folder.resolve("missing").resolve("a.png"));
    assertKind(
        Kind.CANNOT_WRITE,
        "found a folder of this name",
        Files.createDirectory(folder.resolve("a.png")));
    assertKind(
        Kind.CANNOT_WRITE,
        "expected a place",
        Files.writeString(folder.resolve("file"), "x").resolve("a.jpg"));
  }

  @ParameterizedTest
  @CsvSource({
    "a.png,No space left on device,DISK_FULL",
    "a.jpg,No space left on device,DISK_FULL",
    "a.png,There is not enough space on the disk,DISK_FULL",
    "a.jpg,Disk quota exceeded,DISK_FULL",
    "a.png,Input/output error,CANNOT_WRITE"
  })
  void aFailingDiskLeavesNothingBehindAndTheOldFileAsItWas(String name, String failure, Kind kind)
      throws IOException {
    Path file = folder.resolve(name);
    RasterImage image = RasterImage.of(Pictures.noise(200, 150, 3));
    PictureException fresh =
        assertThrows(
            PictureException.class,
            () -> PictureWriter.write(file, image, "", out -> new FullDisk(out, failure)));
    assertEquals(kind, fresh.kind());
    assertEquals(List.of(), names());

    Files.writeString(file, "the old one");
    assertThrows(
        PictureException.class,
        () -> PictureWriter.write(file, image, "", out -> new FullDisk(out, failure)));
    assertEquals("the old one", Files.readString(file));
    assertEquals(List.of(name), names());
  }

  @Test
  void aProvenanceTooLongForJpegIsRefused() throws IOException {
    RasterImage image = new RasterImage(3, 3);
    String longest = "x".repeat(JpegEncoder.LONGEST_COMMENT - JpegWalk.COMMENT.length());
    Path file = folder.resolve("a.jpg");
    PictureWriter.write(file, image, longest);
    assertEquals(Optional.of(longest), Provenance.read(file));
    assertThrows(
        IllegalArgumentException.class, () -> PictureWriter.write(file, image, longest + "x"));
    Path png = folder.resolve("a.png");
    PictureWriter.write(png, image, longest + longest);
    assertEquals(Optional.of(longest + longest), Provenance.read(png));
  }

  @Test
  void commentsOfOthersAreNotOurProvenance() throws IOException {
    assertEquals(Optional.empty(), Provenance.read(Fixtures.file("progressive.jpg")));
    byte[] latin = Fixtures.chunk("tEXt", "mneme\0hello".getBytes(StandardCharsets.ISO_8859_1));
    byte[] other = Fixtures.chunk("tEXt", "mnemesis\0no".getBytes(StandardCharsets.ISO_8859_1));
    byte[] png = Fixtures.png(1, 1, 8, 0, new byte[] {0, 9}, latin, other);
    assertEquals(Optional.of("hello"), new PictureReader().read(png, "p.png").provenance());
  }

  private void assertKind(Kind kind, String part, Path file) {
    PictureException failure =
        assertThrows(
            PictureException.class, () -> PictureWriter.write(file, new RasterImage(2, 2), ""));
    assertEquals(kind, failure.kind());
    assertTrue(failure.getMessage().contains(part), failure.getMessage());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }

  /** Takes one thousand bytes, then no more. */
  private static final class FullDisk extends OutputStream {
    private final OutputStream out;
    private final String failure;
    private int room = 1000;

    FullDisk(OutputStream out, String failure) {
      this.out = out;
      this.failure = failure;
    }

    @Override
    public void write(int one) throws IOException {
      if (room-- <= 0) {
        throw new IOException(failure);
      }
      out.write(one);
    }
  }
}
