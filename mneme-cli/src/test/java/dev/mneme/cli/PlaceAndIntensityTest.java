package dev.mneme.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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

/** What a sentence says of how strongly and where, from the command line to the file. */
class PlaceAndIntensityTest {
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

  private String provenance() throws IOException {
    return Provenance.read(result).orElseThrow();
  }

  @Test
  void anIntensityScalesTheStrength() throws IOException {
    Ran ran = edit(photo, "make it slightly warmer").ok();
    assertTrue(ran.out().contains("(intensity 0.5)"), ran.out());
    assertTrue(provenance().contains(" strength=1 intensity=0.5 seed=0 "), provenance());
    assertTrue(
        provenance().endsWith("sentence=\"make it slightly warmer\" wish=\"make it warmer\""),
        provenance());
    RasterImage said = PhotoFiles.read(result);
    edit(photo, "make it warmer", "--strength", "0.5").ok();
    assertTrue(said.sameAs(PhotoFiles.read(result)));
    assertFalse(provenance().contains("intensity"), provenance());
  }

  @Test
  void aPlaceIsTheOnlyOneThatChanges() throws IOException {
    Ran ran = edit(photo, "make the left half warmer").ok();
    assertTrue(ran.out().contains("(place \"left half\")"), ran.out());
    assertTrue(provenance().matches(".* place=\"left half\" mask=[0-9a-f]{12} .*"), provenance());
    RasterImage before = PhotoFiles.read(photo);
    RasterImage after = PhotoFiles.read(result);
    int changed = 0;
    for (int y = 0; y < before.height(); y++) {
      assertEquals(before.rgbAt(40, y), after.rgbAt(40, y));
      changed += before.rgbAt(5, y) != after.rgbAt(5, y) ? 1 : 0;
    }
    assertTrue(changed > 0, "the left half is edited");
  }

  @Test
  void aMaskWinsOverWords() throws IOException {
    BufferedImage white =
        new BufferedImage(PhotoFiles.WIDTH, PhotoFiles.HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < PhotoFiles.WIDTH * PhotoFiles.HEIGHT; i++) {
      white.setRGB(i % PhotoFiles.WIDTH, i / PhotoFiles.WIDTH, 0xffffff);
    }
    Path mask = folder.resolve("mask.png");
    ImageIO.write(white, "png", mask.toFile());
    Ran ran = edit(photo, "make the left half warmer", "--mask", mask).ok();
    assertTrue(ran.err().contains("--mask says where"), ran.err());
    assertFalse(provenance().contains("place="), provenance());
    RasterImage masked = PhotoFiles.read(result);
    edit(photo, "make it warmer").ok();
    assertTrue(masked.sameAs(PhotoFiles.read(result)));
  }

  @Test
  void aPlaceThatIsNotThereWritesNothing() throws IOException {
    BufferedImage grey = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    Path dull = folder.resolve("dull.png");
    ImageIO.write(grey, "png", dull.toFile());
    byte[] before = Files.readAllBytes(dull);
    edit(dull, "make the red things warmer", "--in-place")
        .failed(ExitCode.MASK_MISMATCH, "dull.png", "\"red\"", "--mask");
    assertArrayEquals(before, Files.readAllBytes(dull));
    // other photos are done
    edit(dull, photo, "make the left half warmer", "--out", folder.resolve("out")).ok();
  }

  @Test
  void keptWeightsSayWhatTheyDoNotKeep() {
    Path kept = folder.resolve("warm");
    Ran ran = edit(photo, "make the left half slightly warmer", "--save-adapter", kept).ok();
    assertTrue(ran.err().contains("keeps the wish \"make it warmer\" without"), ran.err());
    Ran recalled =
        Ran.mneme(
                "recall",
                photo,
                "slightly warmer",
                "--out",
                folder.resolve("again"),
                "--models",
                models)
            .ok();
    assertTrue(recalled.err().contains("without intensity 0.5"), recalled.err());
  }
}
