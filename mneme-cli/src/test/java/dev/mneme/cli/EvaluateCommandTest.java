package dev.mneme.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluateCommandTest extends TinyInstallation {
  private JsonNode evaluated(String out, Object... more) throws IOException {
    List<Object> all = new ArrayList<>(List.of("evaluate", "--out", folder.resolve(out)));
    all.addAll(List.of("--models", models, "--photos", photos));
    all.addAll(List.of("--rounds", "2", "--tasks", "warm"));
    all.addAll(Arrays.asList(more));
    Ran.mneme(all.toArray()).ok();
    assertTrue(Files.exists(folder.resolve(out).resolve("evaluation.html")));
    return new ObjectMapper().readTree(folder.resolve(out).resolve("evaluation.json").toFile());
  }

  @Test
  void seedAndWordingDecideTheQuestions() throws IOException {
    JsonNode usual = evaluated("usual");
    assertEquals("ENGLISH_HELD_OUT", usual.path("wording").asText());
    assertEquals(usual, evaluated("again"));
    JsonNode drawnAnew = evaluated("anew", "--seed", "5");
    assertNotEquals(usual.path("candidates"), drawnAnew.path("candidates"));
    JsonNode chinese = evaluated("chinese", "--wording", "chinese-seen");
    assertEquals("CHINESE_SEEN", chinese.path("wording").asText());
    assertNotEquals(usual.path("candidates"), chinese.path("candidates"));
  }

  @Test
  void anotherWordingIsRefused() {
    Ran.mneme("evaluate", "--out", folder, "--wording", "train")
        .failed(ExitCode.USAGE, "'train'", "english-held-out", "chinese-seen");
  }
}
