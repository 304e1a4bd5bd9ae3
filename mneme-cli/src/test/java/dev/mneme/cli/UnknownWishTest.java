package dev.mneme.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tiny models with the understanding that is shipped. */
class UnknownWishTest {
  private static final Path SHIPPED = Repository.ROOT.resolve("models/understanding");

  @TempDir static Path shared;
  private static Path models;
  private static Path without;

  @TempDir Path folder;
  private Path photo;

  @BeforeAll
  static void writeModels() throws IOException {
    without = Models.write(shared.resolve("without"));
    models = Models.copy(without, shared.resolve("models"));
    Models.copy(SHIPPED, models.resolve("understanding"));
  }

  @BeforeEach
  void writePhoto() throws IOException {
    photo = PhotoFiles.write(folder.resolve("photo.png"));
  }

  private Ran edit(Path with, Object... arguments) {
    List<Object> all = new ArrayList<>(List.of(photo));
    all.addAll(List.of(arguments));
    return Ran.edit(with, all.toArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"make it taste better", "add a dog", "tell me a joke", "加一只狗", "讲个笑话"})
  void itIsSaidOnceAndNothingIsWritten(String sentence) throws IOException {
    Path other = PhotoFiles.write(folder.resolve("other.png"), 9);
    var before = PhotoFiles.snapshot(folder);
    Path look = folder.resolve("look");
    Ran ran = edit(models, other, sentence, "--out", folder.resolve("out"));
    ran.failed(ExitCode.UNKNOWN_WISH, sentence, "confidence 0.", "--force");
    assertEquals("", ran.out());
    Ran.mneme("recall", photo, sentence, "--out", look, "--models", models)
        .failed(ExitCode.UNKNOWN_WISH, "--force");
    Files.deleteIfExists(folder.resolve("out")); // made before any photo is read
    assertEquals(before, PhotoFiles.snapshot(folder));
  }

  @Test
  void itCanBeForced() throws IOException {
    edit(models, "add a dog", "--force").ok();
    assertTrue(Files.exists(folder.resolve("photo.edited.png")));
    Path look = folder.resolve("look");
    Ran.mneme("recall", photo, "add a dog", "--out", look, "--models", models, "--force").ok();
    Ran.mneme("apply", look, photo, "--models", models).ok();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"make it warmer", "turn it into night and sharpen it", "让它更暖", "调亮一点，然后去雾"})
  void whatIsKnownGoesThrough(String sentence) {
    edit(models, sentence).ok();
  }

  @Test
  void twoWishesAreDoneInTurnUnlessTheirOperatorIsKept() throws IOException {
    Path out = folder.resolve("out.png");
    edit(models, "make it warmer and add grain", "--out", out).ok();
    String made = Provenance.read(out).orElseThrow();
    assertTrue(made.matches(".* adapter=[0-9a-f]{12}\\+[0-9a-f]{12} .*"), made);
    assertTrue(made.endsWith("wishes=\"make it warmer | add grain\""), made);
    edit(models, "remove the noise and make the left half a bit warmer", "--out", out).ok();
    made = Provenance.read(out).orElseThrow();
    assertTrue(made.matches(".* mask=[0-9a-f]{12} .*"), made);
    assertTrue(
        made.contains("remove the noise | make it warmer (intensity 0.5, place 'left half')"),
        made);
    Path look = folder.resolve("look");
    edit(models, "make it warmer and add grain", "--out", out, "--save-adapter", look).ok();
    made = Provenance.read(out).orElseThrow();
    assertTrue(made.matches(".* adapter=[0-9a-f]{12} .*"), made);
  }

  @Test
  void modelsWithoutUnderstandingRefuseNothing() {
    edit(without, "add a dog").ok();
  }

  @Test
  void aDamagedUnderstandingIsACorruptModel() throws IOException {
    Path damaged = Models.copy(models, folder.resolve("models"));
    Path weights = damaged.resolve("understanding").resolve("model.safetensors");
    byte[] whole = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(whole, whole.length / 2));
    edit(damaged, "make it warmer").failed(ExitCode.MODEL_CORRUPT, "understanding");
    Path file = damaged.resolve("understanding").resolve("config.json");
    Files.writeString(file, "{}");
    edit(damaged, "make it warmer").failed(ExitCode.MODEL_CORRUPT, "config.json");
    Files.delete(file);
    edit(damaged, "make it warmer").failed(ExitCode.MODEL_MISSING, "config.json");
    assertFalse(Files.exists(folder.resolve("photo.edited.png")));
  }

  @Test
  void theCommandSaysWhatItThinks() {
    Ran ran = Ran.mneme("understand", "make it warmer", "add a dog", "--models", models).ok();
    List<String> lines = ran.out().lines().toList();
    assertTrue(
        lines.get(0).matches("(1\\.00|0\\.[5-9]\\d)  known    warm              make it warmer"),
        ran.out());
    assertTrue(
        lines.get(1).matches("0\\.[0-4]\\d  unknown                    add a dog"), ran.out());
    assertTrue(
        Ran.mneme("understand", "give it more warmth please", "--models", models)
            .ok()
            .out()
            .contains("  read as \"make it warmer\""));
    String two = "slightly warmer and add grain";
    assertTrue(
        Ran.mneme("understand", two, "--models", models)
            .ok()
            .out()
            .contains(two + "  [warmer (intensity 0.5) | add grain]"));
    Ran.mneme("understand").failed(ExitCode.USAGE, "none of them");
    Ran.mneme("understand", "warm", "--fit", "x").failed(ExitCode.USAGE, "several");
    Ran.mneme("understand", "--measure", "--each", "0").failed(ExitCode.USAGE, "1 or more");
    Ran.mneme("understand", "--measure", "--epochs", "-1").failed(ExitCode.USAGE, "0 or more");
    Ran.mneme("understand", "warm", "--models", folder).failed(ExitCode.NOT_FOUND, "understanding");
  }
}
