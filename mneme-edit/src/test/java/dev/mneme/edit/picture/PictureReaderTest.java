package dev.mneme.edit.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureReaderTest {
  private static final RasterImage PANDA = Fixtures.image("panda.png");

  private final PictureReader reader = new PictureReader();

  @ParameterizedTest
  @ValueSource(strings = {"lossless.webp", "alpha-lossless.webp", "animated.webp", "animated.png"})
  void losslessFormatsGiveTheSamePixels(String name) {
    assertTrue(PANDA.sameAs(Fixtures.image(name).opaque()));
  }

  /** The largest mean difference of 8-bit levels that each encoder's loss explains. */
  @ParameterizedTest
  @CsvSource({
    "progressive.jpg,4,JPEG",
    "srgb-profile.jpg,4,JPEG",
    "cmyk.jpg,4,JPEG",
    "ycck.jpg,6,JPEG",
    "lossy.webp,8,WEBP",
    "alpha-lossy.webp,8,WEBP",
    "animated.gif,10,GIF"
  })
  void lossyFormatsComeNear(String name, double levels, PictureFormat format) throws IOException {
    PictureFile file = reader.read(Fixtures.file(name));
    assertEquals(format, file.format());
    assertEquals(48, file.image().width());
    assertEquals(36, file.image().height());
    assertEquals(0, meanDifference(PANDA.toPicture(), file.image().toPicture()) * 255, levels);
  }

  @Test
  void lossyWebpHasNoColourCast() {
    RasterImage found = Fixtures.image("tall-lossy.webp");
    Picture blocks = found.toPicture(0, 0, 80, 256, 5, 16);
    // What libwebp decodes, averaged over blocks of 16 x 16: differences in chroma interpolation
    // vanish, a cast stays.
    Picture expected = Fixtures.image("tall-lossy-reduced16.png").toPicture();
    assertEquals(0, Pictures.largestDifference(expected, blocks), 2.5 / 255);
  }

  @Test
  void greyIsNotBrightened() {
    RasterImage grey = Fixtures.image("grey.jpg");
    double sum = 0;
    for (int y = 0; y < 36; y++) {
      for (int x = 0; x < 48; x++) {
        int rgb = PANDA.rgbAt(x, y);
        double luma = 0.299 * (rgb >> 16) + 0.587 * (rgb >> 8 & 0xff) + 0.114 * (rgb & 0xff);
        assertEquals(grey.rgbAt(x, y) & 0xff, grey.rgbAt(x, y) >> 16);
        sum += (grey.rgbAt(x, y) & 0xff) - luma;
      }
    }
    assertEquals(0, sum / (48 * 36), 0.5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"alpha-lossless.webp", "alpha-lossy.webp"})
  void transparencyIsKeptApart(String name) {
    RasterImage image = Fixtures.image(name);
    assertTrue(image.hasTransparency());
    int before = -1;
    for (int y = 0; y < 36; y++) {
      assertTrue(image.alphaAt(7, y) >= before, "a gradient from transparent to opaque");
      before = image.alphaAt(7, y);
    }
    assertTrue(image.alphaAt(7, 0) < 10 && image.alphaAt(7, 35) > 245);
    assertFalse(image.opaque().hasAlpha());
  }

  @ParameterizedTest
  @ValueSource(strings = {"animated.gif", "animated.webp", "animated.png"})
  void ofAnAnimationTheFirstFrameIsReadAndSaid(String name) throws IOException {
    assertEquals(3, reader.header(Fixtures.file(name)).frames());
    assertEquals(
        List.of("An animation of 3 frames: only the first one is used"),
        reader.read(Fixtures.file(name)).notes());
  }

  @Test
  void aGifIsAsLargeAsItsFirstFrame() throws IOException {
    byte[] gif = Fixtures.bytes("animated.gif");
    gif[6] = 100; // the canvas
    gif[8] = 100;
    RasterImage image = reader.read(gif, "canvas.gif").image();
    assertTrue(image.sameAs(Fixtures.image("animated.gif")));
  }

  @Test
  void aColourMadeTransparentIsTransparent() throws IOException {
    byte[] key = Fixtures.chunk("tRNS", new byte[] {0, 1, 0, 2, 0, 3});
    RasterImage image =
        reader
            .read(Fixtures.png(2, 1, 8, 2, new byte[] {0, 1, 2, 3, 4, 5, 6}, key), "k.png")
            .image();
    assertEquals(List.of(0, 255), List.of(image.alphaAt(0, 0), image.alphaAt(1, 0)));
    assertEquals("040506", "%06x".formatted(image.rgbAt(1, 0)));
  }

  @Test
  void cmykWithoutProfileSaysThatColoursAreEstimated() throws IOException {
    List<String> notes = reader.read(Fixtures.file("cmyk.jpg")).notes();
    assertEquals(
        List.of("This CMYK picture has no colour profile: its colours are estimated"), notes);
  }

  @Test
  void sixteenBitsAreRoundedToEight() throws IOException {
    // Two pixels of 16-bit RGB: 0x0000 0x80ff 0xffff, 0x0081 0x007f 0x1234.
    byte[] rows = {0, 0, 0, (byte) 0x80, (byte) 0xff, -1, -1, 0, (byte) 0x81, 0, 0x7f, 0x12, 0x34};
    RasterImage image = reader.read(Fixtures.png(2, 1, 16, 2, rows), "sixteen.png").image();
    assertEquals("0080ff", "%06x".formatted(image.rgbAt(0, 0)));
    assertEquals("010012", "%06x".formatted(image.rgbAt(1, 0)));

    byte[] greyAlpha = {0, 0x40, 0x40, (byte) 0xc0, (byte) 0xc0};
    RasterImage grey = reader.read(Fixtures.png(1, 1, 16, 4, greyAlpha), "grey-alpha.png").image();
    assertEquals("404040", "%06x".formatted(grey.rgbAt(0, 0)));
    assertEquals(0xc0, grey.alphaAt(0, 0));
  }

  @Test
  void palettesAndFewBitsAreUnpacked() throws IOException {
    byte[] palette = Fixtures.chunk("PLTE", new byte[] {1, 2, 3, 40, 50, 60, 70, 80, 90});
    byte[] opacity = Fixtures.chunk("tRNS", new byte[] {-1, 0, 100});
    RasterImage indexed =
        reader
            .read(
                Fixtures.png(3, 1, 2, 3, new byte[] {0, 0b00_01_10_00}, palette, opacity), "p.png")
            .image();
    assertEquals("010203", "%06x".formatted(indexed.rgbAt(0, 0)));
    assertEquals("28323c", "%06x".formatted(indexed.rgbAt(1, 0)));
    assertEquals(
        List.of(255, 0, 100),
        List.of(indexed.alphaAt(0, 0), indexed.alphaAt(1, 0), indexed.alphaAt(2, 0)));

    RasterImage bilevel =
        reader.read(Fixtures.png(3, 1, 1, 0, new byte[] {0, (byte) 0b10100000}), "b.png").image();
    assertEquals("ffffff", "%06x".formatted(bilevel.rgbAt(2, 0)));
    assertEquals("000000", "%06x".formatted(bilevel.rgbAt(1, 0)));
  }

  @Test
  void allEightOrientationsAreTurned() throws IOException {
    // What is shown, and how a camera of that orientation stores it: "first row is the ... side,
    // first column the ...".
    RasterImage upright = RasterImage.of(Pictures.scene(40, 24));
    for (int orientation = 1; orientation <= 8; orientation++) {
      RasterImage stored = storedAs(upright, orientation);
      byte[] png =
          Fixtures.png(
              stored.width(),
              stored.height(),
              8,
              2,
              rows(stored),
              Fixtures.chunk("eXIf", Fixtures.exif(orientation)));
      PictureFile found = reader.read(png, "turned.png");
      assertTrue(upright.sameAs(found.image()), "orientation " + orientation);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void orientationIsReadFromJpeg(int orientation) throws IOException {
    byte[] jpeg = Fixtures.withExif(Fixtures.bytes("progressive.jpg"), orientation);
    RasterImage plain = Fixtures.image("progressive.jpg");
    assertTrue(plain.sameAs(storedAs(reader.read(jpeg, "turned.jpg").image(), orientation)));
  }

  @Test
  void orientationIsReadFromWebp() throws IOException {
    assertTrue(PANDA.sameAs(storedAs(Fixtures.image("orientation6.webp"), 6)));
    PictureHeader header = reader.header(Fixtures.file("orientation6.webp"));
    assertEquals(new PictureHeader(PictureFormat.WEBP, 36, 48, 1), header);
  }

  /**
   * The inverse of the definition in Exif 2.3: (row, column) of the stored picture for each shown
   * pixel.
   */
  private static RasterImage storedAs(RasterImage shown, int orientation) {
    int w = shown.width();
    int h = shown.height();
    boolean turned = orientation >= 5;
    int storedWidth = turned ? h : w;
    byte[] rgb = new byte[3 * w * h];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        int right = w - 1 - x;
        int bottom = h - 1 - y;
        int[] rowAndColumn =
            new int[][] {
                  {y, x},
                  {y, right},
                  {bottom, right},
                  {bottom, x},
                  {x, y},
                  {right, y},
                  {right, bottom},
                  {x, bottom}
                }
                [orientation - 1];
        int at = 3 * (rowAndColumn[0] * storedWidth + rowAndColumn[1]);
        rgb[at] = (byte) (shown.rgbAt(x, y) >> 16);
        rgb[at + 1] = (byte) (shown.rgbAt(x, y) >> 8);
        rgb[at + 2] = (byte) shown.rgbAt(x, y);
      }
    }
    return new RasterImage(storedWidth, turned ? w : h, rgb, null);
  }

  private static byte[] rows(RasterImage image) {
    byte[] out = new byte[(3 * image.width() + 1) * image.height()];
    for (int y = 0; y < image.height(); y++) {
      byte[] row = new byte[3 * image.width()];
      image.copyRow(y, row);
      System.arraycopy(row, 0, out, y * (row.length + 1) + 1, row.length);
    }
    return out;
  }

  @Test
  void aForeignProfileOfPngIsSaid() throws IOException {
    byte[] profile =
        Fixtures.chunk("iCCP", "Adobe RGB (1998)\0\0x".getBytes(StandardCharsets.UTF_8));
    List<String> notes =
        new ArrayList<>(
            reader.read(Fixtures.png(1, 1, 8, 0, new byte[] {0, 9}, profile), "a.png").notes());
    assertEquals(1, notes.size());
    assertTrue(notes.get(0).contains("'Adobe RGB (1998)'"), notes.get(0));
  }

  private static double meanDifference(Picture a, Picture b) {
    double sum = 0;
    for (int i = 0; i < a.rgb().length; i++) {
      sum += Math.abs(a.rgb()[i] - b.rgb()[i]);
    }
    return sum / a.rgb().length;
  }
}
