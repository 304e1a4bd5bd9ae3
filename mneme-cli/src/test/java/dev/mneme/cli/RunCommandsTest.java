package dev.mneme.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mneme.learn.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that explain themselves, on a tiny editor. */
class RunCommandsTest {
  @TempDir static Path shared;
  private static Path editor;

  @TempDir Path folder;
  private Path photos;

  @BeforeAll
  static void writeModels() throws IOException {
    editor = Models.write(shared.resolve("models")).resolve("editor");
  }

  @BeforeEach
  void writePhotos() throws IOException {
    photos = Files.createDirectory(folder.resolve("photos"));
    PhotoFiles.write(photos.resolve("a.png"));
    PhotoFiles.write(photos.resolve("b.png"), 7);
  }

  private Ran learn(Path run, Object... more) {
    List<Object> arguments =
        new java.util.ArrayList<>(
            List.of("learn", "--run", run, "--editor", editor, "--photos", photos));
    arguments.addAll(
        List.of("--method", "shared", "--rank", 2, "--batch", 2, "--tasks", "darken,warm,warm"));
    arguments.addAll(List.of(more));
    return Ran.mneme(arguments.toArray());
  }

  @Test
  void aRunSaysWhatItWasBegunWith() throws IOException {
    Path run = folder.resolve("run");
    learn(run, "--steps", 2).ok();
    JsonNode said = new ObjectMapper().readTree(run.resolve(RunRecord.NAME).toFile());
    assertEquals("learn", said.get("command").asText());
    assertEquals("2", said.at("/options/--steps/0").asText());
    assertEquals("7", said.at("/options/--seed/0").asText(), "defaults too");
    assertEquals("shared", said.at("/options/--method/0").asText());
    assertEquals(3, said.at("/options/--tasks").size());
    assertEquals(photos.toAbsolutePath().toString(), said.at("/paths/--photos/0").asText());
    assertEquals(2, said.at("/settings/tasks/warm").asInt());
    assertEquals(2, said.at("/settings/schedule/steps").asInt());
    assertEquals(4, said.at("/settings/muon").asDouble(), "what a default came to");
    assertEquals(2, said.at("/data/photos").asInt());
    for (String digest : List.of("/data/photosSha256", "/data/editorSha256", "/by/mneme/sha256")) {
      assertTrue(said.at(digest).asText().matches("[0-9a-f]{64}"), digest);
    }
    assertEquals(Installation.version(), said.at("/by/mneme/version").asText());
    assertTrue(said.at("/by/machine/engine").asText().contains("threads"), said.toString());
    assertFalse(said.toString().contains("--verbose"), "what it says on the way is no part of it");
    assertTrue(Files.exists(run.resolve("result.json")));
  }

  @Test
  void aDirectoryOfAnotherRunIsRefusedBeforeAnyWork() throws IOException {
    Path run = folder.resolve("run");
    learn(run, "--steps", 2).ok();
    var before = PhotoFiles.snapshot(run);
    learn(run, "--steps", 3)
        .failed(ExitCode.OTHER_RUN, "settings.schedule.steps was 2, is 3", "another --run");
    learn(run, "--steps", 2, "--seed", 8).failed(ExitCode.OTHER_RUN, "settings.seed was 7, is 8");
    PhotoFiles.write(photos.resolve("b.png"), 9);
    learn(run, "--steps", 2).failed(ExitCode.OTHER_RUN, "data.photosSha256");
    assertEquals(before, PhotoFiles.snapshot(run));
    learn(run, "--tasks", "paint").failed(ExitCode.USAGE, "paint", "warm");
  }

  @Test
  void aRunDoneAgainIsEqualToTheLastBit() throws IOException {
    Path run = folder.resolve("run");
    learn(run, "--steps", 3).ok();
    Path again = folder.resolve("again");
    Ran ran = Ran.mneme("lab", "rerun", run, "--run", again).ok();
    assertTrue(ran.out().contains("1 lines of metrics, all equal"), ran.out());
    assertArrayEquals(
        Files.readAllBytes(run.resolve("checkpoint.safetensors")),
        Files.readAllBytes(again.resolve("checkpoint.safetensors")));

    Path metrics = run.resolve("metrics.jsonl");
    Files.writeString(metrics, Files.readString(metrics).replaceFirst("\"loss\":0", "\"loss\":1"));
    Ran.mneme("lab", "rerun", run, "--run", again)
        .failed(ExitCode.NOT_REPEATED, "line 1 of the metrics", "\"loss\":1");
  }

  @Test
  void otherDataIsNotRunAgain() throws IOException {
    Path run = folder.resolve("run");
    learn(run, "--steps", 2).ok();
    PhotoFiles.write(photos.resolve("c.png"), 3);
    Path again = folder.resolve("again");
    Ran.mneme("lab", "rerun", run, "--run", again)
        .failed(ExitCode.OTHER_RUN, "data.photos was 2, is 3");
    assertFalse(Files.exists(again.resolve("metrics.jsonl")));
  }

  @Test
  void aRunThatGoesOnIsNotRunAgainFromOtherWeights() throws IOException {
    Path begun = folder.resolve("begun");
    learn(begun, "--steps", 2).ok();
    Path run = folder.resolve("run");
    learn(run, "--steps", 2, "--from", begun.resolve("model")).ok();
    JsonNode said = new ObjectMapper().readTree(run.resolve(RunRecord.NAME).toFile());
    assertTrue(said.at("/data/fromSha256").asText().matches("[0-9a-f]{64}"), said.toString());

    Path other = folder.resolve("other");
    learn(other, "--steps", 3).ok();
    Path weights = Path.of("model", "adapter_model.safetensors");
    Files.copy(other.resolve(weights), begun.resolve(weights), StandardCopyOption.REPLACE_EXISTING);
    Ran.mneme("lab", "rerun", run, "--run", folder.resolve("again"))
        .failed(ExitCode.OTHER_RUN, "data.fromSha256");
  }

  @Test
  void whatCannotBeRunAgainIsSaid() throws IOException {
    Path run = folder.resolve("run");
    Ran.mneme("lab", "rerun", run, "--run", folder.resolve("again"))
        .failed(ExitCode.NOT_FOUND, "run.json");
    learn(run, "--steps", 2).ok();
    Ran.mneme("lab", "rerun", run, "--run", folder.resolve("other/../run"))
        .failed(ExitCode.USAGE, "another directory");
    Files.delete(run.resolve("result.json"));
    Ran.mneme("lab", "rerun", run, "--run", folder.resolve("again"))
        .failed(ExitCode.NOT_FOUND, "a finished run");
    Ran.mneme("lab").failed(ExitCode.USAGE, "rerun");
  }
}
