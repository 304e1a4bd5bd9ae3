package dev.mneme.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.PictureWriter;
import dev.mneme.edit.picture.Provenance;
import dev.mneme.edit.picture.RasterImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskOptionTest {
  @TempDir static Path shared;
  private static Path models;

  @TempDir Path folder;

  @BeforeAll
  static void writeModels() throws IOException {
    models = Models.write(shared.resolve("models"));
  }

  /** White from column {@code left} on, in the colours of an image type. */
  private static Path halves(Path file, int width, int height, int left, int type)
      throws IOException {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = left; x < width; x++) {
        image.setRGB(x, y, 0xffffffff);
      }
    }
    String name = file.toString();
    ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
    return file;
  }

  private static Path halves(Path file) throws IOException {
    return halves(file, PhotoFiles.WIDTH, PhotoFiles.HEIGHT, 24, BufferedImage.TYPE_INT_RGB);
  }

  private static void requireLeftAsItWas(RasterImage photo, RasterImage edited, int left) {
    int changed = 0;
    for (int y = 0; y < photo.height(); y++) {
      for (int x = 0; x < photo.width(); x++) {
        if (x < left) {
          assertEquals(photo.rgbAt(x, y), edited.rgbAt(x, y), x + ", " + y);
        } else if (photo.rgbAt(x, y) != edited.rgbAt(x, y)) {
          changed++;
        }
      }
    }
    assertTrue(changed > 0, "the rest is edited");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_BYTE_GRAY,
        BufferedImage.TYPE_USHORT_GRAY,
        BufferedImage.TYPE_BYTE_BINARY,
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_ARGB
      })
  void anyPngServes(int type) throws IOException {
    Path photo = PhotoFiles.write(folder.resolve("photo.png"));
    Path mask = halves(folder.resolve("mask.png"), PhotoFiles.WIDTH, PhotoFiles.HEIGHT, 24, type);
    edit(photo, "make it warmer", "--mask", mask).ok();
    requireLeftAsItWas(
        PhotoFiles.read(photo), PhotoFiles.read(folder.resolve("photo.edited.png")), 24);
  }

  @ParameterizedTest
  @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_INT_RGB})
  void soDoesAJpeg(int type) throws IOException {
    Path photo = PhotoFiles.write(folder.resolve("photo.png"));
    Path mask = halves(folder.resolve("mask.jpg"), PhotoFiles.WIDTH, PhotoFiles.HEIGHT, 24, type);
    edit(photo, "make it warmer", "--mask", mask).ok();
    // whole blocks of 8 x 8 are black to the bit
    requireLeftAsItWas(
        PhotoFiles.read(photo), PhotoFiles.read(folder.resolve("photo.edited.png")), 24);
  }

  /** Sixteen bits are read as eight; those that a mask keeps are the ones without any edit. */
  @Test
  void sixteenBitsAreKeptAsTheyAreRead() throws IOException {
    int width = 40;
    byte[] rows = new byte[40 * (1 + 6 * width)];
    new Random(3).nextBytes(rows);
    for (int y = 0; y < 40; y++) {
      rows[y * (1 + 6 * width)] = 0; // no row filter
    }
    Path photo = PhotoFiles.png(folder.resolve("deep.png"), width, 40, 16, 2, rows);
    Path mask = halves(folder.resolve("mask.png"), width, 40, 17, BufferedImage.TYPE_USHORT_GRAY);
    edit(photo, "make it warmer", "--mask", mask).ok();
    requireLeftAsItWas(
        PhotoFiles.read(photo), PhotoFiles.read(folder.resolve("deep.edited.png")), 17);
  }

  @Test
  void greyIsPartOfTheWay() throws IOException {
    Path photo = PhotoFiles.write(folder.resolve("photo.png"));
    float[] grey = new float[3 * PhotoFiles.WIDTH * PhotoFiles.HEIGHT];
    Arrays.fill(grey, 102 / 255f);
    Path mask = folder.resolve("grey.png");
    PictureWriter.write(mask, new Picture(PhotoFiles.WIDTH, PhotoFiles.HEIGHT, grey), "");
    Path partly = folder.resolve("partly.png");
    Path less = folder.resolve("less.png");
    edit(photo, "make it warmer", "--mask", mask, "--out", partly).ok();
    edit(photo, "make it warmer", "--strength", "0.4", "--out", less).ok();
    RasterImage a = PhotoFiles.read(partly);
    RasterImage b = PhotoFiles.read(less);
    for (int y = 0; y < a.height(); y++) {
      for (int x = 0; x < a.width(); x++) {
        for (int shift = 0; shift < 24; shift += 8) {
          assertEquals(a.rgbAt(x, y) >> shift & 255, b.rgbAt(x, y) >> shift & 255, 1);
        }
      }
    }
  }

  @Test
  void itGoesWithStrengthComparisonAndKeptWeights() throws IOException {
    Path photo = PhotoFiles.write(folder.resolve("photo.png"));
    Path mask = halves(folder.resolve("mask.png"));
    Path adapter = folder.resolve("warm");
    edit(photo, "make it warmer", "--mask", mask, "--save-adapter", adapter).ok();
    byte[] direct = Files.readAllBytes(folder.resolve("photo.edited.png"));
    assertTrue(
        Provenance.read(folder.resolve("photo.edited.png"))
            .orElseThrow()
            .matches(".* strength=1 mask=[0-9a-f]{12} seed=0 .*"));

    edit(photo, "--adapter", adapter, "--mask", mask).ok();
    assertArrayEquals(direct, Files.readAllBytes(folder.resolve("photo.edited.png")));

    edit(photo, "--adapter", adapter, "--mask", mask, "--strength", "2", "--compare").ok();
    RasterImage source = PhotoFiles.read(photo);
    RasterImage strong = PhotoFiles.read(folder.resolve("photo.edited.png"));
    requireLeftAsItWas(source, strong, 24);
    RasterImage both = PhotoFiles.read(folder.resolve("photo.edited.compare.png"));
    int right = both.width() - PhotoFiles.WIDTH;
    assertEquals(source.rgbAt(5, 6), both.rgbAt(right + 5, 6));
    assertEquals(strong.rgbAt(40, 6), both.rgbAt(right + 40, 6));
  }

  /** The mask is of the photo as it is shown, not as it is stored. */
  @Test
  void itIsAsLargeAsTheTurnedPhoto() throws IOException {
    Path photo = PhotoFiles.orient(PhotoFiles.write(folder.resolve("photo.jpg")), 6);
    Path stored = halves(folder.resolve("stored.png"));
    Path shown =
        halves(
            folder.resolve("shown.png"),
            PhotoFiles.HEIGHT,
            PhotoFiles.WIDTH,
            20,
            BufferedImage.TYPE_INT_RGB);
    Ran ran = edit(photo, "make it warmer", "--mask", stored);
    ran.failed(ExitCode.MASK_MISMATCH, "stored.png", "36 x 44", "found 44 x 36");
    assertFalse(Files.exists(folder.resolve("photo.edited.jpg")));
    Path out = folder.resolve("out.png");
    edit(photo, "make it warmer", "--mask", shown, "--out", out).ok();
    requireLeftAsItWas(PhotoFiles.read(photo), PhotoFiles.read(out), 20);
  }

  @Test
  void masksThatAreNoneAreRefusedOnce() throws IOException {
    Path a = PhotoFiles.write(folder.resolve("a.png"));
    Path b = PhotoFiles.write(folder.resolve("b.png"));
    Path text = Files.writeString(folder.resolve("text.png"), "no picture");
    edit(a, b, "warmer", "--mask", folder.resolve("none.png")).failed(ExitCode.NOT_FOUND, "none");
    edit(a, b, "warmer", "--mask", text).failed(ExitCode.NOT_A_PICTURE, "text.png");
    Path mask = halves(folder.resolve("mask.png"));
    edit(a, "warmer", "--mask", mask, "--out", mask).failed(ExitCode.USAGE, "overwrite the mask");
    edit(a, mask, "warmer", "--mask", mask, "--in-place")
        .failed(ExitCode.USAGE, "overwrite the mask");
    assertFalse(Files.exists(folder.resolve("a.edited.png")));
  }

  private static Ran edit(Object... arguments) {
    return Ran.edit(models, arguments);
  }
}
