package dev.mneme.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectsCommandTest {
  private static final Path ALL = Repository.ROOT.resolve("objects");
  private static final Path PHOTOS = Repository.ROOT.resolve("photos");

  @TempDir Path folder;
  private Path objects;

  /** A few of the objects: reading all of them takes seconds. */
  @BeforeEach
  void choose() throws IOException {
    objects = Files.createDirectory(folder.resolve("objects"));
    List<String> lines = Files.readAllLines(ALL.resolve("OBJECTS.tsv"));
    List<String> chosen = new ArrayList<>(List.of(lines.get(0)));
    for (String split : List.of("train", "heldout")) {
      lines.stream()
          .filter(line -> line.split("\t")[1].equals(split))
          .limit(12)
          .forEach(chosen::add);
    }
    for (String line : chosen.subList(1, chosen.size())) {
      String file = line.split("\t")[0];
      Files.copy(ALL.resolve(file), objects.resolve(file));
    }
    Files.write(objects.resolve("OBJECTS.tsv"), chosen);
  }

  @Test
  void teachesAndMeasures() throws IOException {
    Path run = folder.resolve("run");
    Ran.mneme(
            "objects",
            "--learn",
            run,
            "--objects",
            objects,
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
                objects,
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
  void saysWhatIsMissing() throws IOException {
    Ran.mneme("objects", "--models", folder.resolve("none"), "--objects", objects)
        .failed(ExitCode.MODEL_MISSING, "objects", "--learn");
    Ran.mneme("objects", "--models", folder, "--objects", folder)
        .failed(ExitCode.NOT_FOUND, "OBJECTS.tsv");
    Path table = objects.resolve("OBJECTS.tsv");
    List<String> lines = Files.readAllLines(table);
    Files.write(table, lines.stream().filter(line -> !line.contains("heldout")).toList());
    Ran.mneme("objects", "--models", folder.resolve("none"), "--objects", objects)
        .failed(ExitCode.EMPTY, "12 and 0", "OBJECTS.tsv");
    Ran.mneme("objects", "--rounds", "0").failed(ExitCode.USAGE, "--rounds");
  }
}
