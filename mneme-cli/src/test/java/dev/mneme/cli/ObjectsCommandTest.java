package dev.mneme.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectsCommandTest {
  private static final Path OBJECTS = Repository.ROOT.resolve("objects");
  private static final Path PHOTOS = Repository.ROOT.resolve("photos");

  @TempDir Path folder;

  @Test
  void teachesAndMeasures() throws IOException {
    Path run = folder.resolve("run");
    Ran.mneme(
            "objects",
            "--learn",
            run,
            "--objects",
            OBJECTS,
            "--photos",
            PHOTOS,
            "--steps",
            2,
            "--batch",
            2)
        .ok();
    Path models = Files.createDirectory(folder.resolve("models"));
    Files.move(run.resolve("model"), models.resolve("objects"));
    Path table = folder.resolve("table.md");
    Ran ran =
        Ran.mneme(
                "objects",
                "--models",
                models,
                "--objects",
                OBJECTS,
                "--photos",
                PHOTOS,
                "--rounds",
                2,
                "--out",
                table)
            .ok();
    assertTrue(ran.out().contains("| never seen, not there | 2 |"), ran.out());
    assertEquals(ran.out(), Files.readString(table));
  }

  @Test
  void saysWhatIsMissing() {
    Ran.mneme("objects", "--models", folder, "--objects", OBJECTS)
        .failed(ExitCode.MODEL_MISSING, "objects", "--learn");
    Ran.mneme("objects", "--models", folder, "--objects", folder)
        .failed(ExitCode.NOT_FOUND, "OBJECTS.tsv");
    Ran.mneme("objects", "--rounds", "0").failed(ExitCode.USAGE, "--rounds");
  }
}
