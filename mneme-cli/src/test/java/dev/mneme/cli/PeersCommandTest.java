package dev.mneme.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mneme.edit.task.EditTask;
import dev.mneme.peers.ClassicPeers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeersCommandTest extends TinyInstallation {
  private Ran peers(Path out, Object... more) {
    List<Object> all =
        new ArrayList<>(List.of("peers", "--out", out, "--models", models, "--photos", photos));
    all.addAll(List.of(more));
    return Ran.mneme(all.toArray());
  }

  @Test
  void everyOneIsMeasuredOnTheSamePictures() throws IOException {
    Path out = folder.resolve("peers");
    Ran ran = peers(out, "--rounds", 2).ok();

    JsonNode json = new ObjectMapper().readTree(out.resolve("results.json").toFile());
    assertEquals("2", json.at("/setting/rounds").asText());
    assertTrue(json.get("command").asText().startsWith("mneme peers --out "), json.toString());
    String page = Files.readString(out.resolve("report.html"));
    int pictures = 0;
    for (EditTask task : ClassicPeers.tasks()) {
      JsonNode numbers = json.at("/numbers/tasks/" + task.name());
      JsonNode editor = numbers.get("editor");
      pictures += 2 * 3;
      for (var peer : ClassicPeers.of(task)) {
        JsonNode found = numbers.get("peers").get(peer.name());
        assertEquals(peer.options().size(), found.get("settingsTried").asInt());
        assertTrue(
            peer.options().stream().anyMatch(o -> o.says().equals(found.get("setTo").asText())));
        assertEquals(2, found.get("psnrOfEach").size());
        assertEquals(
            editor.get("psnr").asDouble() - found.get("psnr").asDouble(),
            found.get("editorAbove").asDouble(),
            1e-9);
        assertTrue(found.get("ssim").asDouble() <= 1);
        assertTrue(ran.out().contains("| " + peer.name() + " | "), ran.out());
        pictures += 2;
      }
      assertTrue(page.contains(task.name() + ", picture 2"), task.name());
    }
    assertTrue(json.at("/numbers/tasks/upscale/later").asBoolean());
    assertFalse(json.at("/numbers/tasks/denoise/later").asBoolean());
    assertEquals(pictures, page.split("<img src=\"data:image/png;base64,", -1).length - 1);
    assertFalse(page.contains("<script") || page.contains("http"), "needs nothing else");
    assertTrue(page.contains("tuned") && page.contains("very questions"), "the rule is said");
  }

  @Test
  void aSecondRunGivesTheSameNumbers() throws IOException {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    peers(one, "--rounds", 1, "--tasks", "upscale,low_light").ok();
    peers(two, "--rounds", 1, "--tasks", "upscale,low_light,upscale").ok();
    ObjectMapper json = new ObjectMapper();
    JsonNode first = json.readTree(one.resolve("results.json").toFile()).get("numbers");
    JsonNode second = json.readTree(two.resolve("results.json").toFile()).get("numbers");
    assertEquals(first, second);
    assertEquals(2, first.get("tasks").size());
  }

  @Test
  void refusesWhatCannotBeMeasured() throws IOException {
    Path out = folder.resolve("peers");
    peers(out, "--rounds", 0).failed(ExitCode.USAGE, "at least 1 picture");
    peers(out, "--tasks", "warm").failed(ExitCode.USAGE, "denoise", "warm");
    peers(out, "--tasks", "wram").failed(ExitCode.USAGE, "'wram'");
    Files.writeString(photos.resolve("SPLIT.tsv"), "one.png\ttrain\n");
    peers(out).failed(ExitCode.EMPTY, "held-out");
    Files.writeString(photos.resolve("SPLIT.tsv"), "one.png\theldout\n");
    Ran.mneme("peers", "--out", out, "--photos", photos, "--models", folder.resolve("none"))
        .failed(ExitCode.MODEL_MISSING, "editor");
    assertFalse(Files.exists(out));
  }
}
