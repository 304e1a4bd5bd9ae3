package dev.mneme.lab.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CellsTest {
  @TempDir Path folder;

  record Result(double value, Map<String, double[][]> tables) {}

  @Test
  void whatIsFinishedIsReadBack() throws IOException {
    Cells cells = new Cells(folder.resolve("cells"));
    assertFalse(cells.has("a"));
    cells.get(
        "a",
        Result.class,
        () -> new Result(Double.NaN, Map.of("t", new double[][] {{1, 2}, {3, 4}})));
    Result again =
        new Cells(folder.resolve("cells")).get("a", Result.class, () -> new Result(5, Map.of()));
    assertTrue(Double.isNaN(again.value()) && cells.has("a"));
    assertEquals(4, again.tables().get("t")[1][1]);
  }

  @Test
  void whatFailedIsNotFinished() throws IOException {
    Cells cells = new Cells(folder.resolve("cells"));
    assertThrows(
        IOException.class,
        () ->
            cells.get(
                "a",
                Result.class,
                () -> {
                  throw new IOException("disk");
                }));
    assertEquals(5, cells.get("a", Result.class, () -> new Result(5, Map.of())).value());
  }

  record Timed(double value, double seconds) {}

  @Test
  void runsDifferInTheirNumbersNotInTheirSeconds() throws IOException {
    Cells mine = new Cells(folder.resolve("mine"));
    Cells theirs = new Cells(folder.resolve("theirs"));
    mine.get("a", Timed.class, () -> new Timed(1, 2));
    theirs.get("a", Timed.class, () -> new Timed(1, 3));
    assertEquals(Optional.empty(), mine.firstDifference(theirs));
    theirs.get("b", Timed.class, () -> new Timed(1, 3));
    assertTrue(mine.firstDifference(theirs).orElseThrow().startsWith("b, expected nothing"));
    mine.get("b", Timed.class, () -> new Timed(Math.nextUp(1.0), 3));
    assertEquals(
        Optional.of("b.value, expected 1.0000000000000002, found 1.0"),
        mine.firstDifference(theirs));
    assertEquals(2, mine.count());
  }

  @Test
  void aDamagedPartIsNamed() throws IOException {
    Files.writeString(folder.resolve("a.json"), "{\"value\":");
    IOException e =
        assertThrows(
            IOException.class,
            () -> new Cells(folder).get("a", Result.class, () -> new Result(5, Map.of())));
    assertTrue(e.getMessage().contains("a.json"), e.getMessage());
  }

  @Test
  void aScaleNeedsSomethingToCompare() {
    assertThrows(
        IllegalArgumentException.class, () -> Scale.quick().withTasks(java.util.List.of("warm")));
    assertThrows(
        IllegalArgumentException.class,
        () -> Scale.quick().withTasks(java.util.List.of("warm", "nothing")));
    assertThrows(IllegalArgumentException.class, () -> Scale.full().withSteps(0));
    assertEquals(1e-3, Scale.full().rate());
    assertEquals(1e-2, Scale.quick().rate());
  }

  @Test
  void tasksArriveInTheirOrder() {
    assertEquals(10, Scale.full().groups().size());
    assertEquals(
        java.util.List.of(
            java.util.List.of("warm", "cool"), java.util.List.of("sepia", "night", "blur")),
        Scale.quick()
            .withTasks(java.util.List.of("warm", "cool", "sepia", "night", "blur"))
            .groups());
    assertEquals(1, Scale.quick().withTasks(java.util.List.of("warm", "cool")).groups().size());
  }
}
