package dev.mneme.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.base.EditorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every refusal: its code, one line, no output, and all files as they were. */
class EditRefusalTest {
  @TempDir static Path shared;
  private static Path models;

  @TempDir Path folder;
  private TreeMap<String, String> before;

  @BeforeAll
  static void writeModels() throws IOException {
    models = Models.write(shared.resolve("models"));
  }

  @AfterEach
  void everythingIsAsItWas() throws IOException {
    assertEquals(before, PhotoFiles.snapshot(folder));
  }

  @Test
  void noPicture() throws IOException {
    refuse(text("diary.jpg", "Dear diary, today"), ExitCode.NOT_A_PICTURE, "diary.jpg", "Dear");
  }

  @Test
  void truncated() throws IOException {
    for (String name : new String[] {"photo.png", "photo.jpg"}) {
      Path photo = PhotoFiles.write(folder.resolve(name));
      byte[] whole = Files.readAllBytes(photo);
      Files.write(photo, Arrays.copyOf(whole, whole.length * 2 / 3));
      refuse(photo, ExitCode.TRUNCATED, name, "expected a whole picture");
    }
  }

  @Test
  void tooLarge() throws IOException {
    Path photo =
        PhotoFiles.png(folder.resolve("bomb.png"), 30_000, 30_000, 8, 2, new byte[] {0, 0});
    refuse(photo, ExitCode.TOO_LARGE, "bomb.png", "30000 x 30000");
  }

  @Test
  void zeroBytes() throws IOException {
    refuse(text("empty.png", ""), ExitCode.EMPTY, "empty.png", "zero bytes");
  }

  @Test
  void folderWithoutPictures() throws IOException {
    text("notes.txt", "none here");
    refuse(folder, ExitCode.EMPTY, folder.toString(), "found none");
  }

  @Test
  void missing() throws IOException {
    refuse(folder.resolve("none.png"), ExitCode.NOT_FOUND, "none.png", "found nothing");
  }

  @Test
  void belowAFile() throws IOException {
    Path file = text("file.png", "a file, no folder");
    refuse(file.resolve("photo.png"), ExitCode.NOT_FOUND, "photo.png", "found nothing");
  }

  @Test
  @EnabledOnOs(OS.LINUX) // where a file exists that fails to be read, whoever asks
  void unreadable() throws IOException {
    refuse(Path.of("/proc/self/mem"), ExitCode.NOT_READABLE, "/proc/self/mem");
  }

  @Test
  void otherKindsOfPictures() throws IOException {
    refuse(text("scan.png", "II*\0abcdefghijkl"), ExitCode.UNSUPPORTED, "TIFF");
  }

  @Test
  void targetsThatCannotBe() throws IOException {
    Path photo = PhotoFiles.write(folder.resolve("photo.png"));
    Path other = PhotoFiles.write(folder.resolve("other.png"));
    Path file = text("file.txt", "a file, no folder");
    before = PhotoFiles.snapshot(folder);
    edit(photo, "warmer", "--out", folder.resolve("none/x.png"))
        .failed(ExitCode.CANNOT_WRITE, "none");
    edit(photo, "warmer", "--out", file.resolve("x.png")).failed(ExitCode.CANNOT_WRITE, "file.txt");
    edit(photo, other, "warmer", "--out", file.resolve("x")).failed(ExitCode.CANNOT_WRITE, "x");
    edit(photo, "warmer", "--out", folder.resolve("x.webp")).failed(ExitCode.UNSUPPORTED, ".png");
    edit(photo, "warmer", "--save-adapter", file.resolve("x"))
        .failed(ExitCode.CANNOT_WRITE, "file.txt");
    edit(photo, "warmer", "--out", other, "--compare", "--in-place").failed(ExitCode.USAGE);
  }

  @Test
  @EnabledOnOs(OS.LINUX) // where nobody may write to /proc
  void unwritableTarget() throws IOException {
    Path photo = PhotoFiles.write(folder.resolve("photo.png"));
    before = PhotoFiles.snapshot(folder);
    edit(photo, "warmer", "--out", "/proc/x.png").failed(ExitCode.CANNOT_WRITE, "/proc/x.png");
  }

  @Test
  void sentences() throws IOException {
    Path photo = PhotoFiles.write(folder.resolve("photo.png"));
    before = PhotoFiles.snapshot(folder);
    edit(photo, "").failed(ExitCode.BLANK_SENTENCE, "blank");
    edit(photo, " \u3000\n").failed(ExitCode.BLANK_SENTENCE, "blank");
    edit(photo, "warm ".repeat(2000)).failed(ExitCode.LONG_SENTENCE, "at most 2000");
    for (String other : List.of("😀🎨", "сделай теплее", "اجعلها أكثر دفئا", "따뜻하게", "もっとあかるく")) {
      edit(photo, other).failed(ExitCode.OTHER_SCRIPT, "English or Chinese");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "-1", "3", "Infinity", "2.0001", "0,5", "much", ""})
  void strengths(String strength) throws IOException {
    Path photo = PhotoFiles.write(folder.resolve("photo.png"));
    before = PhotoFiles.snapshot(folder);
    edit(photo, "warmer", "--strength=" + strength)
        .failed(ExitCode.BAD_STRENGTH, "from 0", "'" + strength + "'");
  }

  @Test
  void argumentsThatCannotBeMeant() throws IOException {
    Path photo = PhotoFiles.write(folder.resolve("photo.png"));
    before = PhotoFiles.snapshot(folder);
    edit().failed(ExitCode.USAGE, "a photo and a sentence");
    edit(photo).failed(ExitCode.USAGE, "a photo and a sentence");
    edit(photo, photo).failed(ExitCode.USAGE, "Expected a sentence");
    edit("--adapter", folder).failed(ExitCode.USAGE, "Expected a photo");
    edit(photo, "--adapter", folder, "--save-adapter", folder).failed(ExitCode.USAGE, "both");
    edit(photo, "warmer", "--seed", "x").failed(ExitCode.USAGE, "--seed");
    edit(photo, "warmer", "--colour").failed(ExitCode.USAGE, "--colour");
    edit("a\0b.png", "warmer").failed(ExitCode.USAGE, "no file can have");
  }

  @Test
  void missingModels() throws IOException {
    refuseModels(ExitCode.MODEL_MISSING, "editor", folder.resolve("none"));
    refuseModels(ExitCode.MODEL_MISSING, "config.json", without("editor/config.json"));
    refuseModels(ExitCode.MODEL_MISSING, "model.safetensors", without("editor/model.safetensors"));
    refuseModels(ExitCode.MODEL_MISSING, "config.json", without("memory/config.json"));
  }

  @Test
  void corruptModels() throws IOException {
    for (String part : new String[] {"editor", "memory"}) {
      Path cut = damaged();
      Path weights = cut.resolve(part).resolve("model.safetensors");
      byte[] whole = Files.readAllBytes(weights);
      Files.write(weights, Arrays.copyOf(whole, whole.length - 5));
      refuseModels(ExitCode.MODEL_CORRUPT, "model.safetensors", cut);

      Path garbled = damaged();
      Files.writeString(garbled.resolve(part).resolve("config.json"), "{\"width\": ");
      refuseModels(ExitCode.MODEL_CORRUPT, "config.json", garbled);

      Path shuffled = damaged();
      String other = part.equals("editor") ? "memory" : "editor";
      Files.copy(
          models.resolve(other).resolve("model.safetensors"),
          shuffled.resolve(part).resolve("model.safetensors"),
          StandardCopyOption.REPLACE_EXISTING);
      refuseModels(ExitCode.MODEL_CORRUPT, part, shuffled);
    }
  }

  @Test
  void modelsOfAnotherVersion() throws IOException {
    Path editor = damaged();
    replace(
        editor.resolve("editor/config.json"),
        "\"format\" : " + EditorConfig.FORMAT,
        "\"format\" : 99");
    refuseModels(ExitCode.MODEL_VERSION, "format 99", editor);
    Path memory = damaged();
    replace(memory.resolve("memory/config.json"), "{", "{\"mneme_format\": 99,");
    refuseModels(ExitCode.MODEL_VERSION, "99", memory);
  }

  @Test
  void adapters() throws IOException {
    Path photo = PhotoFiles.write(folder.resolve("photo.png"));
    Path adapter = folder.resolve("adapter");
    edit(photo, "warmer", "--save-adapter", adapter, "--out", folder.resolve("result.png")).ok();
    before = PhotoFiles.snapshot(folder);
    edit(photo, "--adapter", folder.resolve("none")).failed(ExitCode.MODEL_MISSING, "none");

    Path config = adapter.resolve("adapter_config.json");
    replace(config, "\"use_dora\" : false", "\"use_dora\" : true");
    before = PhotoFiles.snapshot(folder);
    edit(photo, "--adapter", adapter).failed(ExitCode.ADAPTER_MISMATCH, "use_dora");

    replace(config, "\"use_dora\" : true", "\"use_dora\" : false");
    Path weights = adapter.resolve("adapter_model.safetensors");
    byte[] whole = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(whole, whole.length - 9));
    before = PhotoFiles.snapshot(folder);
    edit(photo, "--adapter", adapter).failed(ExitCode.MODEL_CORRUPT, "adapter_model");

    Files.copy(
        models.resolve("memory/model.safetensors"), weights, StandardCopyOption.REPLACE_EXISTING);
    before = PhotoFiles.snapshot(folder);
    edit(photo, "--adapter", adapter).failed(ExitCode.ADAPTER_MISMATCH, "lora_A");

    Files.delete(config);
    before = PhotoFiles.snapshot(folder);
    edit(photo, "--adapter", adapter).failed(ExitCode.MODEL_MISSING, "adapter_config.json");
  }

  @Test
  void aFailureThatAllWouldMeetIsSaidOnce() throws IOException {
    Path a = PhotoFiles.write(folder.resolve("a.png"));
    Path b = PhotoFiles.write(folder.resolve("b.png"));
    before = PhotoFiles.snapshot(folder);
    edit(a, b, "123").failed(ExitCode.OTHER_SCRIPT);
  }

  @Test
  void stackTraceOnlyWhenAskedFor() throws IOException {
    before = PhotoFiles.snapshot(folder);
    Ran ran = edit(folder.resolve("none.png"), "warmer", "--stack-trace");
    assertEquals(ExitCode.NOT_FOUND.code(), ran.code());
    assertTrue(ran.err().contains("\tat dev.mneme.edit.picture"), ran.err());
  }

  private Path text(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private void refuse(Path photo, ExitCode code, String... words) throws IOException {
    before = PhotoFiles.snapshot(folder);
    assertEquals("", edit(photo, "warmer").failed(code, words).out());
  }

  private void refuseModels(ExitCode code, String word, Path broken) throws IOException {
    Path photo = PhotoFiles.write(folder.resolve("photo.png"));
    before = PhotoFiles.snapshot(folder);
    Ran.mneme("edit", photo, "warmer", "--models", broken).failed(code, word);
  }

  private Path damaged() throws IOException {
    return Models.copy(models, folder.resolve("models" + System.nanoTime()));
  }

  private Path without(String file) throws IOException {
    Path copy = damaged();
    Files.delete(copy.resolve(file));
    return copy;
  }

  private static void replace(Path file, String what, String by) throws IOException {
    String text = Files.readString(file);
    assertTrue(text.contains(what), text);
    int at = text.indexOf(what);
    Files.writeString(file, text.substring(0, at) + by + text.substring(at + what.length()));
  }

  private static Ran edit(Object... arguments) {
    return Ran.edit(models, arguments);
  }
}
