package dev.mneme.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.Provenance;
import dev.mneme.edit.picture.RasterImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditCommandTest {
  @TempDir static Path shared;
  private static Path models;

  @TempDir Path folder;

  @BeforeAll
  static void writeModels() throws IOException {
    models = Models.write(shared.resolve("models"));
  }

  @Test
  void writesBesideThePhotoAndLeavesItAsItIs() throws IOException {
    Path photo = PhotoFiles.write(folder.resolve("photo.png"));
    byte[] before = Files.readAllBytes(photo);

    Ran ran = edit(photo, "make it warmer").ok();

    Path result = folder.resolve("photo.edited.png");
    assertTrue(ran.out().startsWith(result + "  44 x 36  "), ran.out());
    assertTrue(ran.out().stripTrailing().endsWith(" s"), ran.out());
    assertEquals("", ran.err());
    assertArrayEquals(before, Files.readAllBytes(photo));
    assertEquals(2, PhotoFiles.snapshot(folder).size() - 1, "photo and result, nothing else");
    RasterImage edited = PhotoFiles.read(result);
    assertEquals(PhotoFiles.WIDTH, edited.width());
    assertEquals(PhotoFiles.HEIGHT, edited.height());
    assertTrue(changed(PhotoFiles.read(photo), edited) > 0, "the edit changes pixels");
  }

  @Test
  void saysInTheFileHowItWasMade() throws IOException {
    Path photo = PhotoFiles.write(folder.resolve("photo.jpg"));
    edit(photo, "make it\n \"warmer\"", "--strength", "0.50", "--seed", "7").ok();

    String provenance = Provenance.read(folder.resolve("photo.edited.jpg")).orElseThrow();

    assertTrue(
        provenance.matches(
            "mneme [0-9.]+\\S* editor=[0-9a-f]{12} memory=[0-9a-f]{12} adapter=[0-9a-f]{12}"
                + " strength=0\\.5 seed=7 sentence=\"make it \"warmer\"\""),
        provenance);
  }

  @Test
  void givesTheSameBytesAgainAndOthersForAnotherSentence() throws IOException {
    Path photo = PhotoFiles.write(folder.resolve("photo.png"));
    Path first = folder.resolve("first.png");
    Path second = folder.resolve("second.png");
    Path third = folder.resolve("third.png");
    edit(photo, "make it warmer", "--out", first).ok();
    edit(photo, "make it warmer", "--out", second).ok();
    edit(photo, "变成黑白照片", "--out", third).ok();

    assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
    assertTrue(changed(PhotoFiles.read(first), PhotoFiles.read(third)) > 0);
  }

  @Test
  void strengthZeroChangesNothing() throws IOException {
    Path photo = PhotoFiles.write(folder.resolve("photo.png"));
    edit(photo, "make it warmer", "--strength", "0").ok();
    RasterImage edited = PhotoFiles.read(folder.resolve("photo.edited.png"));
    assertEquals(0, changed(PhotoFiles.read(photo), edited));
  }

  @Test
  void keepsTransparencyWhereTheFormatCanAndSaysSoWhereItCannot() throws IOException {
    byte[] rows = new byte[8 * (1 + 8 * 4)];
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 8; x++) {
        rows[y * 33 + 1 + 4 * x + 3] = (byte) (30 * x);
      }
    }
    Path photo = PhotoFiles.png(folder.resolve("glass.png"), 8, 8, 8, 6, rows);

    edit(photo, "make it warmer").ok();
    Ran flat = edit(photo, "make it warmer", "--out", folder.resolve("flat.jpg")).ok();

    RasterImage edited = PhotoFiles.read(folder.resolve("glass.edited.png"));
    for (int x = 0; x < 8; x++) {
      assertEquals(30 * x, edited.alphaAt(x, 3));
    }
    assertTrue(flat.err().contains("flat.jpg: JPEG has no transparency"), flat.err());
    assertFalse(PhotoFiles.read(folder.resolve("flat.jpg")).hasAlpha());
  }

  @Test
  void turnsThePictureAsItIsShown() throws IOException {
    Path photo = PhotoFiles.orient(PhotoFiles.write(folder.resolve("photo.jpg")), 6);
    edit(photo, "make it warmer").ok();
    RasterImage edited = PhotoFiles.read(folder.resolve("photo.edited.jpg"));
    assertEquals(PhotoFiles.HEIGHT, edited.width());
    assertEquals(PhotoFiles.WIDTH, edited.height());
  }

  @ParameterizedTest
  @CsvSource({
    "cmyk.jpg, jpg, its colours are estimated",
    "tall-lossy-reduced16.png, png, ''",
    "animated.gif, png, only the first one is used",
    "animated.webp, png, only the first one is used",
    "progressive.jpg, jpg, ''"
  })
  void readsWhateverPhotosAre(String name, String extension, String note) throws IOException {
    Path photo = PhotoFiles.fixture(name, folder.resolve(name));
    Ran ran = edit(photo, "make it warmer").ok();
    Path result = folder.resolve(Photos.stem(name) + ".edited." + extension);
    RasterImage source = PhotoFiles.read(photo);
    assertEquals(source.width(), PhotoFiles.read(result).width());
    assertEquals(source.height(), PhotoFiles.read(result).height());
    assertTrue(ran.err().contains(note), ran.err());
    assertEquals(note.isEmpty(), ran.err().isEmpty(), ran.err());
  }

  @Test
  void readsSixteenBits() throws IOException {
    byte[] rows = new byte[5 * (1 + 5 * 6)];
    Arrays.fill(rows, (byte) 0x40);
    for (int y = 0; y < 5; y++) {
      rows[31 * y] = 0; // no row filter
    }
    Path photo = PhotoFiles.png(folder.resolve("deep.png"), 5, 5, 16, 2, rows);
    edit(photo, "make it warmer", "--strength", "0").ok();
    assertEquals(0x404040, PhotoFiles.read(folder.resolve("deep.edited.png")).rgbAt(2, 2));
  }

  @Test
  void replacesThePhotoOnlyWhenAskedTo() throws IOException {
    Path photo = PhotoFiles.write(folder.resolve("photo.png"));
    RasterImage before = PhotoFiles.read(photo);
    Path link = Files.createSymbolicLink(folder.resolve("link.png"), photo);

    edit(photo, "make it warmer", "--out", link).failed(ExitCode.USAGE, "overwrite", "--in-place");
    assertEquals(0, changed(before, PhotoFiles.read(photo)));

    edit(link, "make it warmer", "--in-place").ok();
    assertTrue(Files.isSymbolicLink(link), "the link stays, its photo is replaced");
    assertTrue(changed(before, PhotoFiles.read(photo)) > 0);
    assertEquals(2, PhotoFiles.snapshot(folder).size() - 1);
  }

  @Test
  void comparesBeforeAndAfter() throws IOException {
    Path photo = PhotoFiles.write(folder.resolve("photo.png"));
    Ran ran = edit(photo, "make it warmer", "--compare").ok();
    assertEquals(2, ran.out().lines().count(), ran.out());
    RasterImage both = PhotoFiles.read(folder.resolve("photo.edited.compare.png"));
    RasterImage after = PhotoFiles.read(folder.resolve("photo.edited.png"));
    int right = both.width() - PhotoFiles.WIDTH;
    assertEquals(2 * PhotoFiles.WIDTH + 2, both.width());
    assertEquals(PhotoFiles.read(photo).rgbAt(5, 6), both.rgbAt(5, 6));
    assertEquals(after.rgbAt(5, 6), both.rgbAt(right + 5, 6));
  }

  @Test
  void keptWeightsGiveTheSamePicture() throws IOException {
    Path photo = PhotoFiles.write(folder.resolve("photo.png"));
    Path other = PhotoFiles.write(folder.resolve("other.png"), 9);
    Path adapter = folder.resolve("warm");
    edit(photo, "make it warmer", "--save-adapter", adapter).ok();
    byte[] direct = Files.readAllBytes(folder.resolve("photo.edited.png"));
    assertTrue(Files.exists(adapter.resolve("adapter_config.json")));

    edit(photo, other, "--adapter", adapter, "--out", folder.resolve("again")).ok();

    assertArrayEquals(direct, Files.readAllBytes(folder.resolve("again/photo.png")));
    assertTrue(Files.exists(folder.resolve("again/other.png")));
  }

  @Test
  void oneFailureDoesNotStopTheRest() throws IOException {
    PhotoFiles.write(folder.resolve("a.png"));
    Files.writeString(folder.resolve("b.png"), "no picture at all");
    Files.write(folder.resolve("c.png"), new byte[0]);
    PhotoFiles.write(folder.resolve("d.jpg"));
    Files.writeString(folder.resolve("notes.txt"), "not asked for");

    Ran ran = edit(folder, folder.resolve("none.png"), "make it warmer");

    assertEquals(ExitCode.NOT_A_PICTURE.code(), ran.code(), "the first failure's");
    assertEquals(3, ran.err().lines().count(), ran.err());
    assertEquals(2, ran.out().lines().count(), ran.out());
    assertTrue(Files.exists(folder.resolve("a.edited.png")));
    assertTrue(Files.exists(folder.resolve("d.edited.jpg")));
    assertFalse(Files.exists(folder.resolve("b.edited.png")));

    Ran again = edit(folder, "make it warmer");
    assertEquals(2, again.out().lines().count(), "earlier results are no photos: " + again.out());
  }

  @Test
  void aFolderOfResultsIsMade() throws IOException {
    Path photos = Files.createDirectory(folder.resolve("photos"));
    PhotoFiles.write(photos.resolve("a.png"));
    PhotoFiles.fixture("lossless.webp", photos.resolve("b.webp"));
    Path out = folder.resolve("out");

    Ran ran = edit(photos, "make it warmer", "--out", out, "--quiet").ok();

    assertEquals("", ran.out() + ran.err());
    assertEquals(java.util.Set.of("", "a.png", "b.png"), PhotoFiles.snapshot(out).keySet());
  }

  @Test
  void twoResultsOfOneNameAreRefusedBeforeAnyWork() throws IOException {
    Path one = Files.createDirectory(folder.resolve("one"));
    Path two = Files.createDirectory(folder.resolve("two"));
    PhotoFiles.write(one.resolve("a.png"));
    PhotoFiles.write(two.resolve("a.png"));
    Path out = folder.resolve("out");
    edit(one, two, "make it warmer", "--out", out)
        .failed(ExitCode.USAGE, "Two results would be written");
    edit(one, two, "make it warmer", "--out", folder.resolve("all.png"))
        .failed(ExitCode.USAGE, "expected a folder for several photos");
    edit(one, "make it warmer", "--out", one).failed(ExitCode.USAGE, "overwrite");
    edit(one, two, "make it warmer", "--save-adapter", out)
        .failed(ExitCode.USAGE, "--save-adapter");
    assertFalse(Files.exists(out));
  }

  private static Ran edit(Object... arguments) {
    return Ran.edit(models, arguments);
  }

  /** Pixels that differ. */
  private static int changed(RasterImage a, RasterImage b) {
    int changed = 0;
    for (int y = 0; y < a.height(); y++) {
      for (int x = 0; x < a.width(); x++) {
        changed += a.rgbAt(x, y) == b.rgbAt(x, y) ? 0 : 1;
      }
    }
    return changed;
  }
}
