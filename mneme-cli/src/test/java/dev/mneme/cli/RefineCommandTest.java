package dev.mneme.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefineCommandTest {
  @TempDir Path folder;

  private Ran refine(Path models, Path photos, String tasks) {
    return Ran.mneme("refine", "--models", models, "--photos", photos, "--tasks", tasks);
  }

  @Test
  void bettersATaskOnceAndKeepsIt() throws IOException {
    Path models = Models.write(folder.resolve("models"));
    Path photos = PhotoFiles.corpus(folder.resolve("photos"));
    String first = refine(models, photos, "darken").ok().out();
    assertTrue(first.matches("darken: \\d+\\.\\d+ -> \\d+\\.\\d+ dB .*, kept\\R"), first);
    Path kept = models.resolve("tasks/darken");
    byte[] weights = Files.readAllBytes(kept.resolve("adapter_model.safetensors"));
    assertTrue(weights.length < 4096, weights.length + " bytes");

    assertEquals("darken: is there already", refine(models, photos, "darken").ok().out().strip());
    String inspected = Ran.mneme("inspect", models).ok().out();
    assertTrue(inspected.contains("darken: a PEFT adapter"), inspected);
  }

  @Test
  void needsTasksThatThereAreAndPhotographs() throws IOException {
    Path models = Models.write(folder.resolve("models"));
    Path photos = PhotoFiles.corpus(folder.resolve("photos"));
    refine(models, photos, "dracken").failed(ExitCode.USAGE, "dracken");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Ran ran = refine(models, empty, "darken");
    assertTrue(ran.code() != 0 && ran.err().contains("expected"), ran.err());
    assertFalse(Files.exists(models.resolve("tasks")));
  }
}
