package dev.mneme.learn;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordTest {
  @TempDir Path folder;

  private static RunRecord record(long steps, String photos) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("seed", 7);
    settings.put("schedule", new Schedule(steps, 1, 0.1, 0));
    settings.put("order", List.of("warm", "cool"));
    return new RunRecord(
        "learn",
        Map.of("--steps", List.of(Long.toString(steps))),
        Map.of("--photos", List.of(photos)),
        settings,
        Map.of("photos", 3L),
        Map.of("version", "1"));
  }

  @Test
  void isReadBackAsItWasWritten() throws IOException {
    record(5, "/a").begin(folder);
    RunRecord read = RunRecord.read(folder);
    assertEquals(List.of(), record(5, "/a").differences(read));
    assertEquals(List.of("/a"), read.paths().get("--photos"));
    assertEquals(List.of("5"), read.options().get("--steps"));
    assertEquals("1", read.by().get("version"));
  }

  @Test
  void theSameRunGoesOnWhereverItsFilesLieAndWhoeverRunsIt() throws IOException {
    record(5, "/a").begin(folder);
    byte[] first = Files.readAllBytes(folder.resolve(RunRecord.NAME));
    assertDoesNotThrow(() -> record(5, "/b").by(Map.of("version", "2")).begin(folder));
    assertEquals(
        new String(first), Files.readString(folder.resolve(RunRecord.NAME)), "as it began");
  }

  @Test
  void anotherRunIsAnErrorThatNamesEveryField() throws IOException {
    record(5, "/a").begin(folder);
    RunRecord other =
        new RunRecord(
            "learn", Map.of(), Map.of(), record(6, "").settings(), Map.of("photos", 4), Map.of());
    OtherRunException e = assertThrows(OtherRunException.class, () -> other.begin(folder));
    assertEquals(
        List.of(
            "data.photos was 3, is 4",
            "options.--steps was [\"5\"], is not there",
            "settings.schedule.steps was 5, is 6"),
        e.differences());
    assertTrue(e.getMessage().contains("settings.schedule.steps was 5, is 6"), e.getMessage());
    assertTrue(e.getMessage().contains("another --run directory"), e.getMessage());
  }

  @Test
  void whatIsNoRunIsAClearError() throws IOException {
    assertThrows(NoSuchFileException.class, () -> RunRecord.read(folder));
    for (String text : List.of("{", "[]", "{\"format\": 2}", "{\"format\": 1}")) {
      Files.writeString(folder.resolve(RunRecord.NAME), text);
      IOException e = assertThrows(IOException.class, () -> RunRecord.read(folder), text);
      assertTrue(e.getMessage().contains("run.json: expected"), e.getMessage());
    }
  }
}
