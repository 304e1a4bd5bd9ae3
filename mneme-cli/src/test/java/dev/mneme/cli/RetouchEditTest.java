package dev.mneme.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.Provenance;
import dev.mneme.edit.picture.RasterImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wishes for which no weights are written, from the command line to the file. */
class RetouchEditTest {
  @TempDir static Path shared;
  private static Path models;

  @TempDir Path folder;
  private Path photo;
  private Path result;

  @BeforeAll
  static void writeModels() throws IOException {
    models = Models.write(shared.resolve("models"));
  }

  @BeforeEach
  void writePhoto() throws IOException {
    photo = PhotoFiles.write(folder.resolve("photo.png"));
    result = folder.resolve("photo.edited.png");
  }

  private static Ran edit(Object... arguments) {
    return Ran.edit(models, arguments);
  }

  /** Counts changed pixels of columns from {@code left} to before {@code right}. */
  private int changed(int left, int right) throws IOException {
    RasterImage before = PhotoFiles.read(photo);
    RasterImage after = PhotoFiles.read(result);
    int changed = 0;
    for (int y = 0; y < before.height(); y++) {
      for (int x = left; x < right; x++) {
        changed += before.rgbAt(x, y) != after.rgbAt(x, y) ? 1 : 0;
      }
    }
    return changed;
  }

  private Path maskFrom(int left) throws IOException {
    BufferedImage image =
        new BufferedImage(PhotoFiles.WIDTH, PhotoFiles.HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = left; x < image.getWidth(); x++) {
        image.setRGB(x, y, 0xffffffff);
      }
    }
    Path file = folder.resolve("mask.png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  @Test
  void aPlaceGetsAnotherColour() throws IOException {
    Ran ran = edit(photo, "make the left half green").ok();
    assertTrue(ran.out().contains("(place \"left half\")"), ran.out());
    assertTrue(changed(0, PhotoFiles.WIDTH / 2 - 4) > 0, "the left is another colour");
    assertEquals(0, changed(PhotoFiles.WIDTH / 2 + 4, PhotoFiles.WIDTH));
    String provenance = Provenance.read(result).orElseThrow();
    assertTrue(provenance.contains(" adapter=retouch "), provenance);
  }

  @Test
  void whatAMaskCoversGoes() throws IOException {
    edit(photo, "remove it", "--mask", maskFrom(30)).ok();
    assertTrue(changed(30, PhotoFiles.WIDTH) > 0, "what is under the mask is gone");
    assertEquals(0, changed(0, 30));
  }

  @Test
  void strengthZeroChangesNothing() throws IOException {
    edit(photo, "remove it", "--mask", maskFrom(30), "--strength", "0").ok();
    assertEquals(0, changed(0, PhotoFiles.WIDTH));
  }

  @Test
  void whatIsNotFoundIsAnError() {
    Ran ran = edit(photo, "remove the teapot");
    assertEquals(ExitCode.MASK_MISMATCH.code(), ran.code());
    assertTrue(ran.err().contains("\"teapot\""), ran.err());
    assertFalse(Files.exists(result), "nothing is written");
  }

  @Test
  void nothingIsKeptWhereNothingIsWritten() {
    Path adapter = folder.resolve("adapter");
    Ran ran = edit(photo, "make the left half green", "--save-adapter", adapter);
    assertEquals(ExitCode.USAGE.code(), ran.code());
    assertFalse(Files.exists(adapter), "no adapter");
  }
}
