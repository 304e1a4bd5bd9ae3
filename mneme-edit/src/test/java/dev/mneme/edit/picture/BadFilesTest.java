package dev.mneme.edit.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.PictureException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadFilesTest {
  @TempDir Path folder;

  private final PictureReader reader = new PictureReader();

  @Test
  void missingFolderEmptyAndTextFilesAreToldApart() throws IOException {
    assertKind(Kind.NOT_FOUND, "found nothing", folder.resolve("none.png"));
    assertKind(Kind.IS_DIRECTORY, "found a folder", folder);
    assertKind(Kind.EMPTY, "zero bytes", Files.write(folder.resolve("empty.jpg"), new byte[0]));
    Path text = Files.writeString(folder.resolve("text.jpg"), "Dear diary, today");
    assertKind(Kind.NOT_A_PICTURE, "begins with 'Dear diary, '", text);
  }

  @Test
  @EnabledOnOs(
      OS.LINUX) // whose files in /proc fail and whose devices never end, whoever runs the test
  void whatCannotBeReadIsNamed() {
    assertKind(Kind.NOT_READABLE, "found IOException", Path.of("/proc/self/mem"));
    assertKind(Kind.NOT_READABLE, "a device or a pipe", Path.of("/dev/zero"));
  }

  @Test
  void limitsBeyondTheArraysOfJavaAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new PictureLimits(0, 1, 1));
    assertThrows(
        IllegalArgumentException.class, () -> new PictureLimits(100_000, 1_000_000_000, 1));
    assertThrows(IllegalArgumentException.class, () -> new PictureLimits(1, 1, 3_000_000_000L));
  }

  @ParameterizedTest
  @CsvSource({
    "II*\0abcdefgh,TIFF",
    "BMabcdefghijkl,BMP",
    "8BPSabcdefgh,Photoshop",
    "%PDF-1.7abcdef,PDF",
    "'\0\0\0\u0018ftypheic',HEIF",
    "'\0\0\0\u0018ftypavif',AVIF",
    "<svg xmlns=abc,SVG"
  })
  void otherKindsOfPicturesAreNamed(String beginning, String name) {
    assertKind(Kind.UNSUPPORTED, name, beginning.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "panda.png",
        "animated.png",
        "progressive.jpg",
        "cmyk.jpg",
        "grey.jpg",
        "lossy.webp",
        "lossless.webp",
        "alpha-lossy.webp",
        "animated.webp",
        "animated.gif"
      })
  void whateverIsCutOffIsAnErrorNeverHalfAPicture(String name) {
    byte[] whole = Fixtures.bytes(name);
    for (int length = 16; length < whole.length; length += Math.max(1, whole.length / 40)) {
      byte[] part = Arrays.copyOf(whole, length);
      assertKind(Kind.TRUNCATED, "expected a whole picture", part);
    }
    assertKind(Kind.TRUNCATED, "expected a whole picture", Arrays.copyOf(whole, whole.length - 1));
  }

  @Test
  void aJpegThatEndsProperlyButLacksDataIsAnError() {
    byte[] whole = Fixtures.bytes("grey.jpg");
    byte[] cut = Arrays.copyOf(whole, whole.length * 3 / 4);
    cut[cut.length - 2] = (byte) 0xff;
    cut[cut.length - 1] = (byte) 0xd9;
    assertKind(Kind.TRUNCATED, "damaged data", cut);
  }

  @Test
  void aPngWithAWrongCheckSumOrTooFewPixelsIsAnError() throws IOException {
    byte[] changed = Fixtures.bytes("panda.png");
    changed[changed.length / 2] ^= 1;
    assertKind(Kind.TRUNCATED, "wrong check sum", changed);
    byte[] rows = new byte[5 * 31];
    assertKind(Kind.TRUNCATED, "", Fixtures.png(10, 10, 8, 2, rows));
  }

  @Test
  void sizesAreCheckedBeforeDecoding() throws IOException {
    byte[] rows = {0, 0};
    assertKind(Kind.TOO_LARGE, "found 30000 x 30000", Fixtures.png(30_000, 30_000, 8, 2, rows));
    assertKind(
        Kind.TOO_LARGE, "sides of at most 30000", Fixtures.png(2_000_000_000, 1, 1, 0, rows));
    assertKind(Kind.TOO_LARGE, "found 65000 x 65000", jpegHeader(65_000, 65_000));
    assertKind(Kind.TOO_LARGE, "found 16384 x 16384", webpHeader(16_384, 16_384));
    // Within the limit, and yet out of all proportion to the file.
    assertKind(Kind.TOO_LARGE, "claimed by", Fixtures.png(9_000, 9_000, 8, 2, rows));
    assertKind(Kind.TRUNCATED, "0 x 4", Fixtures.png(0, 4, 8, 2, rows));

    PictureReader strict = new PictureReader(new PictureLimits(40, 1000, 1000));
    byte[] panda = Fixtures.bytes("panda.png");
    assertEquals(
        Kind.TOO_LARGE, assertThrows(PictureException.class, () -> strict.read(panda, "p")).kind());
    Path file = Fixtures.file("panda.png");
    assertEquals(
        Kind.TOO_LARGE, assertThrows(PictureException.class, () -> strict.read(file)).kind());
    assertEquals(
        Kind.TOO_LARGE, assertThrows(PictureException.class, () -> strict.header(file)).kind());
  }

  @Test
  void whatIsCheckedIsWhatIsDecoded() throws IOException {
    byte[] again = new byte[13];
    again[2] = 1;
    again[6] = 1;
    byte[] twice = Fixtures.png(1, 1, 8, 0, new byte[2], Fixtures.chunk("IHDR", again));
    assertKind(Kind.TRUNCATED, "second size", twice);

    // The canvas of an extended WebP stays small while the bit stream inside grows.
    byte[] webp = Fixtures.bytes("alpha-lossy.webp");
    int stream = indexOf(webp, "VP8 ");
    webp[stream + 15] = 0x3f;
    assertKind(Kind.TRUNCATED, "found 16176 x 36 pixels in a frame of 48 x 36", webp);
    byte[] animated = Fixtures.bytes("animated.webp");
    animated[indexOf(animated, "VP8L") + 10] = 0x7f;
    assertKind(Kind.TRUNCATED, "in a frame of 48 x 36", animated);
    byte[] moved = Fixtures.bytes("animated.webp");
    moved[indexOf(moved, "ANMF") + 8] = 1;
    assertKind(Kind.TRUNCATED, "outside the canvas", moved);
  }

  private static int indexOf(byte[] bytes, String characters) {
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(characters);
    assertTrue(at >= 0, characters);
    return at;
  }

  @Test
  void jpegVariantsThatNobodyDecodesAreNamed() {
    byte[] arithmetic = Fixtures.bytes("grey.jpg");
    for (int i = 0; i < arithmetic.length - 1; i++) {
      if (arithmetic[i] == (byte) 0xff && arithmetic[i + 1] == (byte) 0xc0) {
        arithmetic[i + 1] = (byte) 0xc9;
        break;
      }
    }
    assertKind(Kind.UNSUPPORTED, "frame type 9", arithmetic);
  }

  /**
   * Damage anywhere gives a picture of the right size or the one kind of exception, and nothing
   * else.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "panda.png",
        "progressive.jpg",
        "cmyk.jpg",
        "lossy.webp",
        "alpha-lossless.webp",
        "animated.gif"
      })
  void damageNeverEscapesAsAnotherException(String name) throws IOException {
    Random random = new Random(7);
    byte[] whole = Fixtures.bytes(name);
    int refused = 0;
    for (int round = 0; round < 150; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i <= round % 3; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        assertTrue(reader.read(damaged, name).image().width() > 0);
      } catch (PictureException e) {
        assertTrue(e.getMessage().startsWith(name + ": expected "), e.getMessage());
        refused++;
      }
    }
    assertTrue(refused > 0, "no damage was noticed");
  }

  private void assertKind(Kind kind, String found, Path file) {
    check(
        kind,
        found,
        file.toString(),
        assertThrows(PictureException.class, () -> reader.read(file)));
    assertEquals(kind, assertThrows(PictureException.class, () -> reader.header(file)).kind());
  }

  private void assertKind(Kind kind, String found, byte[] content) {
    check(
        kind,
        found,
        "upload",
        assertThrows(PictureException.class, () -> reader.read(content, "upload")));
  }

  private static void check(Kind kind, String found, String name, PictureException failure) {
    assertEquals(kind, failure.kind(), failure.getMessage());
    assertEquals(name, failure.file());
    assertTrue(failure.getMessage().startsWith(name + ": expected "), failure.getMessage());
    assertTrue(failure.getMessage().contains(found), failure.getMessage());
  }

  private static byte[] jpegHeader(int width, int height) {
    return new byte[] {
      (byte) 0xff,
      (byte) 0xd8,
      (byte) 0xff,
      (byte) 0xc0,
      0,
      11,
      8,
      (byte) (height >> 8),
      (byte) height,
      (byte) (width >> 8),
      (byte) width,
      1,
      1,
      0x11,
      0,
      (byte) 0xff,
      (byte) 0xd9
    };
  }

  private static byte[] webpHeader(int width, int height) {
    int bits = (width - 1) | (height - 1) << 14;
    return new byte[] {
      'R',
      'I',
      'F',
      'F',
      18,
      0,
      0,
      0,
      'W',
      'E',
      'B',
      'P',
      'V',
      'P',
      '8',
      'L',
      5,
      0,
      0,
      0,
      0x2f,
      (byte) bits,
      (byte) (bits >> 8),
      (byte) (bits >> 16),
      (byte) (bits >> 24),
      0
    };
  }
}
