package dev.mneme.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.Measures;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.PictureWriter;
import dev.mneme.edit.picture.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Edits that pairs of photos show. */
class ExampleOptionTest {
  @TempDir static Path shared;
  private static Path models;

  @TempDir Path folder;
  private Path photo;
  private Path before;
  private Path after;

  @BeforeAll
  static void writeModels() throws IOException {
    models = Models.write(shared.resolve("models"));
  }

  @BeforeEach
  void writePhotos() throws IOException {
    photo = picture("photo.png", scene(50, 40));
    Picture noise = noise(64, 48, 1);
    before = picture("before.png", noise);
    after = picture("after.png", lighter(noise));
  }

  private Path picture(String name, Picture picture) throws IOException {
    PictureWriter.write(folder.resolve(name), picture, "");
    return folder.resolve(name);
  }

  private static Picture noise(int width, int height, long seed) {
    Random random = new Random(seed);
    float[] rgb = new float[3 * width * height];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = random.nextFloat();
    }
    return new Picture(width, height, rgb);
  }

  private static Picture scene(int width, int height) {
    float[] rgb = new float[3 * width * height];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (float) (0.5 + 0.4 * Math.sin(i % width / 9.0) * Math.cos(i / width / 7.0));
    }
    return new Picture(width, height, rgb);
  }

  private static Picture lighter(Picture picture) {
    float[] out = picture.rgb().clone();
    for (int i = 0; i < out.length; i++) {
      out[i] = 0.2f + 0.7f * out[i];
    }
    return new Picture(picture.width(), picture.height(), out);
  }

  private Ran with(Object... arguments) {
    Object[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[all.length - 2] = "--models";
    all[all.length - 1] = models;
    return Ran.mneme(all);
  }

  @Test
  void whatAPairShowsIsDoneToOtherPhotos() throws IOException {
    Path other = picture("other.png", scene(30, 60));
    Path out = folder.resolve("out");
    with("edit", photo, other, "--example", before, after, "--out", out).ok();
    Picture wanted = lighter(scene(50, 40));
    Picture unchanged = PhotoFiles.read(photo).toPicture();
    Picture found = PhotoFiles.read(out.resolve("photo.png")).toPicture();
    double gain = Measures.psnr(found, wanted) - Measures.psnr(unchanged, wanted);
    assertTrue(gain > 3, "gains %.1f dB, though the tiny base paints too".formatted(gain));
    assertTrue(Files.exists(out.resolve("other.png")));
  }

  @Test
  void anOperatorThatExamplesShowIsKeptAndApplied() throws IOException {
    Path look = folder.resolve("look");
    with("recall", "--example", before, after, "--out", look).ok();
    with("apply", look, photo, "--out", folder.resolve("applied.png")).ok();
    with("edit", photo, "--example", before, after, "--out", folder.resolve("edited.png")).ok();
    assertArrayEquals(
        PhotoFiles.read(folder.resolve("applied.png")).toPicture().rgb(),
        PhotoFiles.read(folder.resolve("edited.png")).toPicture().rgb());
  }

  @Test
  void aSentenceComesAfterTheExamples() throws IOException {
    Path out = folder.resolve("out.png");
    with("edit", photo, "make it warmer", "--example", before, after, "--out", out).ok();
    String made = Provenance.read(out).orElseThrow();
    assertTrue(made.matches(".* adapter=[0-9a-f]{12}\\+[0-9a-f]{12} .*"), made);
    assertTrue(made.endsWith("sentence=\"make it warmer\""), made);
  }

  @Test
  void theLookOfOneOtherPictureIsTaken() throws IOException {
    Path reference = picture("reference.png", lighter(noise(90, 70, 6)));
    photo = picture("photo.png", noise(64, 48, 5));
    Path out = folder.resolve("out.png");
    with("edit", photo, "--like", reference, "--out", out).ok();
    Picture wanted = lighter(noise(64, 48, 5));
    double gain =
        Measures.psnr(PhotoFiles.read(out).toPicture(), wanted)
            - Measures.psnr(PhotoFiles.read(photo).toPicture(), wanted);
    assertTrue(gain > 3, "gains %.1f dB".formatted(gain));
    String made = Provenance.read(out).orElseThrow();
    assertTrue(made.endsWith("sentence=\"like the examples\""), made);
    Path look = folder.resolve("look");
    Path both = folder.resolve("both.png");
    with("edit", photo, "--like", reference, "--save-adapter", look, "--out", both).ok();
    assertTrue(Files.exists(look.resolve("adapter_model.safetensors")));
  }

  @Test
  void aReferenceThatCannotBeMeantIsSaid() {
    Path out = folder.resolve("out.png");
    with("edit", photo, "--like", photo, "--example", before, after, "--out", out)
        .failed(ExitCode.USAGE, "found more");
    with("edit", photo, "--like", folder.resolve("none.png"), "--out", out)
        .failed(ExitCode.NOT_FOUND, "none.png");
    with("edit", photo, "warm", "--like", photo, "--save-adapter", folder.resolve("look"))
        .failed(ExitCode.USAGE, "found both");
    assertFalse(Files.exists(out));
  }

  @Test
  void whatCannotBeMeantIsSaid() throws IOException {
    Path out = folder.resolve("out.png");
    Path small = picture("small.png", noise(4, 4, 1));
    with("edit", photo, "--example", before, small, "--out", out)
        .failed(ExitCode.EXAMPLE_MISMATCH, "small.png", "64 x 48 before and 4 x 4 after");
    Object[] five = new Object[19];
    Arrays.fill(five, before);
    five[0] = "edit";
    five[1] = photo;
    for (int i = 0; i < 5; i++) {
      five[2 + 3 * i] = "--example";
    }
    five[17] = "--out";
    five[18] = out;
    with(five).failed(ExitCode.USAGE, "at most 4 pairs", "found 5");
    Path look = folder.resolve("look");
    with("edit", photo, "warm", "--example", before, after, "--save-adapter", look)
        .failed(ExitCode.USAGE, "found both");
    with("edit", photo, "--example", before, after, "--adapter", look)
        .failed(ExitCode.USAGE, "found more");
    with("recall", photo, "warm", "--example", before, after, "--out", look)
        .failed(ExitCode.USAGE, "beside --example");
    Ran missing = with("edit", photo, "--example", before, folder.resolve("none.png"));
    missing.failed(ExitCode.NOT_FOUND, "none.png");
    assertFalse(Files.exists(out));
    assertFalse(Files.exists(look));
  }

  @Test
  void looksAreMeasuredTheSameEveryTime() throws IOException {
    Path photos = PhotoFiles.corpus(folder.resolve("photos"));
    Object[] looks = {"looks", "--looks", "2", "--rounds", "1", "--pairs", "1", "--photos", photos};
    Ran ran = with(looks).ok();
    assertTrue(ran.out().contains("| 3-D table |"), ran.out());
    assertTrue(ran.out().matches("(?s).*\\| Mneme \\| \\d+\\.\\d \\| .*"), ran.out());
    assertEquals(ran.out(), with(looks).ok().out());
    with("looks", "--pairs", "5").failed(ExitCode.USAGE, "1 to 4");
  }
}
