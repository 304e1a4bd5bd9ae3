package dev.mneme.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators as files: recalled for one photo, applied to it and to others, and blended. */
class ApplyCommandTest {
  @TempDir static Path shared;
  private static Path models;

  @TempDir Path folder;
  private Path photo;
  private Path warm;
  private Path old;

  @BeforeAll
  static void writeModels() throws IOException {
    models = Models.write(shared.resolve("models"));
  }

  @BeforeEach
  void writePhoto() throws IOException {
    photo = PhotoFiles.write(folder.resolve("photo.png"));
    warm = folder.resolve("warm");
    old = folder.resolve("old");
  }

  private void recall() {
    with("recall", photo, "make it warmer", "--out", warm).ok();
    with("recall", photo, "像老照片", "--out", old).ok();
  }

  private byte[] applied(Object... arguments) throws IOException {
    Path out = folder.resolve("out.png");
    Object[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[all.length - 2] = "--out";
    all[all.length - 1] = out;
    with("apply", all).ok();
    return Files.readAllBytes(out);
  }

  @Test
  void whatIsRecalledAndAppliedIsWhatEditDoes() throws IOException {
    Path other = PhotoFiles.write(folder.resolve("other.png"), 9);
    Ran ran = with("recall", photo, "make it warmer", "--out", warm).ok();
    assertTrue(ran.out().matches("\\Q" + warm + "\\E  operator [0-9a-f]{12}, .* rank 2\\R"));
    assertTrue(Files.exists(warm.resolve("adapter_model.safetensors")));

    Ran both = with("apply", warm, photo, other, "--out", folder.resolve("both")).ok();

    assertEquals(2, both.out().lines().count());
    assertTrue(Files.exists(folder.resolve("both/other.png")));
    with("edit", photo, "make it warmer").ok();
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("photo.edited.png")),
        Files.readAllBytes(folder.resolve("both/photo.png")));
  }

  @Test
  void itTakesTheOptionsOfEdit() throws IOException {
    recall();
    Path mask = PhotoFiles.write(folder.resolve("mask.png"));
    Object[] options = {"--strength", "0.5", "--mask", mask, "--compare"};
    with("apply", warm, photo, options[0], options[1], options[2], options[3], options[4]).ok();
    byte[] result = Files.readAllBytes(folder.resolve("photo.edited.png"));
    byte[] compared = Files.readAllBytes(folder.resolve("photo.edited.compare.png"));
    with("edit", photo, "make it warmer", "--strength", "0.5", "--mask", mask, "--compare").ok();
    assertArrayEquals(Files.readAllBytes(folder.resolve("photo.edited.png")), result);
    assertArrayEquals(Files.readAllBytes(folder.resolve("photo.edited.compare.png")), compared);
  }

  @Test
  void aBlendIsNeitherOfItsParts() throws IOException {
    recall();
    byte[] blended = applied("--blend", warm + "/:0.7," + old + ":0.3", photo);
    assertTrue(
        Provenance.read(folder.resolve("out.png"))
            .orElseThrow()
            .contains("sentence=\"0.7 \"make it warmer\" + 0.3 \"像老照片\"\""));
    byte[] first = applied(warm, photo);
    assertFalse(Arrays.equals(blended, first));
    assertFalse(Arrays.equals(blended, applied(old, photo)));
    assertArrayEquals(first, applied("--blend", warm + ":1", photo), "a blend of one is the one");
    assertArrayEquals(
        blended, applied("--blend", warm + ":0.7," + old + ":0.3", photo), "and repeats itself");
  }

  @Test
  void aBlendIsWrittenAsFolderAndWeight() {
    assertEquals(
        List.of(new Weighted(Path.of("a"), 0.7), new Weighted(Path.of("b:c"), 2)),
        Weighted.parse("--blend", "a/:0.7, b:c : 2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "a:", ":1", "a:x", "a:0", "a:-1", "a:NaN", "a:2.1", "a:1,", "a:1,,b:1"})
  void otherBlendsAreRefused(String text) {
    CommandException e =
        assertThrows(CommandException.class, () -> Weighted.parse("--blend", text));
    assertEquals(ExitCode.USAGE, e.code());
    assertTrue(e.getMessage().contains("FOLDER:WEIGHT"), e.getMessage());
  }

  @Test
  void argumentsThatCannotBeMeant() throws IOException {
    with("apply").failed(ExitCode.USAGE, "folder of an operator");
    with("apply", warm).failed(ExitCode.USAGE, "Expected a photo");
    with("apply", photo, warm).failed(ExitCode.USAGE, "first argument", "photo.png");
    with("apply", "--blend", "a:1").failed(ExitCode.USAGE, "Expected a photo");
    with("apply", "--blend", "a=1", photo).failed(ExitCode.USAGE, "FOLDER:WEIGHT");
    with("apply", folder.resolve("none"), photo).failed(ExitCode.MODEL_MISSING, "none");
    with("apply", "--blend", folder.resolve("none") + ":1", photo)
        .failed(ExitCode.MODEL_MISSING, "none");
    with("apply", warm, photo, "--strength", "3").failed(ExitCode.BAD_STRENGTH);
    assertFalse(Files.exists(folder.resolve("photo.edited.png")));
  }

  @Test
  void theTwoFormsOfRecallDoNotMix() throws IOException {
    Path other = PhotoFiles.write(folder.resolve("other.png"), 9);
    Object[] none = {"recall", "--out", warm};
    Ran.mneme(none).failed(ExitCode.USAGE, "--generator and --condition", "neither");
    Ran.mneme("recall", photo, "warmer", "--generator", models, "--out", warm)
        .failed(ExitCode.USAGE, "beside --generator");
    Ran.mneme("recall", photo, "warmer", "--condition", models, "--out", warm)
        .failed(ExitCode.USAGE, "beside --condition");
    Ran.mneme("recall", "--generator", models, "--out", warm)
        .failed(ExitCode.USAGE, "--generator alone");
    Ran.mneme("recall", "--condition", photo, "--out", warm)
        .failed(ExitCode.USAGE, "--condition alone");
    Ran.mneme("recall", "--generator", warm, "--condition", photo, "--force", "--out", warm)
        .failed(ExitCode.USAGE, "--force with a photo");
    with("recall", photo, "--out", warm).failed(ExitCode.USAGE, "a photo and a sentence");
    with("recall", photo, other, "warmer", "--out", warm).failed(ExitCode.USAGE, "found 2");
    with("recall", photo, "warmer").failed(ExitCode.USAGE, "--out");
    with("recall", folder.resolve("none.png"), "warmer", "--out", warm)
        .failed(ExitCode.NOT_FOUND, "none.png");
    with("recall", photo, "123", "--out", warm).failed(ExitCode.OTHER_SCRIPT);
    with("recall", photo, "warmer", "--out", other).failed(ExitCode.CANNOT_WRITE, "other.png");
    assertFalse(Files.exists(warm));
  }

  private static Ran with(String command, Object... arguments) {
    Object[] all = Arrays.copyOf(arguments, arguments.length + 3);
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[0] = command;
    all[all.length - 2] = "--models";
    all[all.length - 1] = models;
    return Ran.mneme(all);
  }
}
