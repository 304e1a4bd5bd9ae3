package dev.mneme.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabCommandTest {
  @TempDir Path folder;
  private Path out;

  @BeforeEach
  void write() throws IOException {
    Models.write(folder.resolve("models"));
    Path photos = Files.createDirectory(folder.resolve("photos"));
    StringBuilder split = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      PhotoFiles.write(photos.resolve("p" + i + ".png"), 3 * i);
      split.append("p%d.png\t%s\n".formatted(i, i < 2 ? "train" : "heldout"));
    }
    Files.writeString(photos.resolve("SPLIT.tsv"), split);
    out = folder.resolve("run");
  }

  private Ran lab(Object... more) {
    List<Object> all = new ArrayList<>(List.of("lab"));
    all.addAll(List.of(more));
    all.addAll(
        List.of("--editor", folder.resolve("models/editor"), "--photos", folder.resolve("photos")));
    return Ran.mneme(all.toArray());
  }

  @Test
  void printsThePageItWrites() throws IOException {
    Object[] call = {
      "ladder", "--quick", "--out", out, "--steps", "2", "--seeds", "1", "--tasks", "warm,invert"
    };
    Ran ran = lab(call).ok();
    Path page = out.resolve("ladder/report.html");
    assertEquals(page + System.lineSeparator(), ran.out());
    assertTrue(ran.err().contains("training taught-"), ran.err());
    JsonNode numbers = new ObjectMapper().readTree(out.resolve("ladder/results.json").toFile());
    String command = numbers.get("command").asText();
    assertTrue(command.startsWith("mneme lab ladder --quick --out " + out), command);
    assertEquals(2, numbers.at("/setting/scale/steps").asInt());

    lab("geometry", "--quick", "--out", out)
        .failed(ExitCode.NOT_READABLE, "setting.json", "another folder");
  }

  @Test
  void doesAnExperimentAgainToTheLastBit() throws IOException {
    lab("ladder", "--quick", "--out", out, "--steps", "2", "--seeds", "1", "--tasks", "warm,invert")
        .ok();
    Path ladder = out.resolve("ladder");
    JsonNode said = new ObjectMapper().readTree(ladder.resolve("run.json").toFile());
    assertEquals("lab ladder", said.get("command").asText());
    assertTrue(said.at("/settings/editorSha256").asText().matches("[0-9a-f]{64}"), "" + said);
    assertTrue(said.at("/by/mneme/sha256").asText().matches("[0-9a-f]{64}"), "" + said);

    Path again = folder.resolve("again");
    Ran ran = Ran.mneme("lab", "rerun", ladder, "--run", again).ok();
    assertTrue(ran.out().contains("trainings, all equal to the last bit"), ran.out());
    Ran.mneme("lab", "rerun", ladder, "--run", out).failed(ExitCode.USAGE, "another directory");

    Path cell = Files.list(ladder.resolve("cells")).sorted().findFirst().orElseThrow();
    Files.writeString(cell, Files.readString(cell).replaceFirst("\\d\\.\\d", "77.7"));
    Ran.mneme("lab", "rerun", ladder, "--run", again).failed(ExitCode.NOT_REPEATED, "77.7");

    PhotoFiles.write(folder.resolve("photos/p0.png"), 40);
    Ran.mneme("lab", "rerun", ladder, "--run", folder.resolve("third"))
        .failed(ExitCode.OTHER_RUN, "settings.photographs.sha256");
    Files.delete(ladder.resolve("results.json"));
    Ran.mneme("lab", "rerun", ladder, "--run", again).failed(ExitCode.NOT_FOUND, "results.json");
  }

  @Test
  void refusesWhatIsNoExperimentOrCannotBeMeasured() {
    lab("nothing", "--out", out).failed(ExitCode.USAGE, "nothing");
    lab("methods").failed(ExitCode.USAGE, "--out");
    lab("methods", "--out", out, "--memory", out).failed(ExitCode.USAGE, "ladder, geometry or all");
    lab("methods", "--out", out, "--tasks", "warm").failed(ExitCode.USAGE, "at least 2");
    lab("methods", "--out", out, "--tasks", "warm,warmer").failed(ExitCode.USAGE, "warmer");
    lab("methods", "--out", out, "--steps", "0").failed(ExitCode.USAGE, "steps");
    lab("methods", "--out", out, "--quick", "--small").failed(ExitCode.USAGE, "found both");
    Ran.mneme("lab").failed(ExitCode.USAGE, "methods");
    Path photos = folder.resolve("photos");
    Ran.mneme("lab", "methods", "--out", out, "--editor", folder, "--photos", photos)
        .failed(ExitCode.MODEL_MISSING, "config.json");
  }
}
