package dev.mneme.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mneme.lab.experiment.Experiment;
import dev.mneme.lab.run.FrozenMemory;
import dev.mneme.lab.run.LabProgress;
import dev.mneme.lab.run.LabSetting;
import dev.mneme.learn.Progress;
import dev.mneme.memory.generator.FunctionalMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every experiment from end to end, tiny. */
class ExperimentsTest {
  @TempDir Path folder;

  static List<String> names() {
    return Lab.experiments().stream().map(Experiment::name).toList();
  }

  @ParameterizedTest
  @MethodSource("names")
  void writesItsReportAndTheSameOneAgainWithoutTraining(String name) throws IOException {
    LabSetting first = TinyLab.setting(folder, LabProgress.NONE);
    Path page = Lab.run(Lab.named(name), first, "mneme lab " + name);
    String html = Files.readString(page);
    assertTrue(html.startsWith("<!doctype html>") && html.endsWith("</html>\n"));
    assertTrue(html.contains("<pre>mneme lab " + name + "</pre>"));
    assertTrue(html.contains("<li>"), "something was found");
    assertFalse(html.contains("src=\"http"), "needs nothing else");
    JsonNode numbers = new ObjectMapper().readTree(page.resolveSibling("results.json").toFile());
    assertEquals(name, numbers.get("experiment").asText());
    assertFalse(numbers.get("numbers").isEmpty());
    try (Stream<Path> files = Files.list(page.getParent())) {
      List<Path> plots = files.filter(f -> f.toString().endsWith(".png")).toList();
      assertFalse(plots.isEmpty());
      for (Path plot : plots) {
        assertTrue(html.contains(base64(plot)), plot + " is on the page");
      }
    }

    AtomicInteger steps = new AtomicInteger();
    LabProgress counting = what -> (Progress) (done, total, loss) -> steps.incrementAndGet();
    Lab.run(Lab.named(name), TinyLab.setting(folder, counting), "mneme lab " + name);
    assertEquals(0, steps.get(), "steps taken again");
    JsonNode again = new ObjectMapper().readTree(page.resolveSibling("results.json").toFile());
    assertEquals(numbers, again);
  }

  @Test
  void groupsOfTheTasksThemselvesArriveAtAFreshMemory() throws IOException {
    LabSetting setting =
        TinyLab.setting(
            folder,
            TinyLab.SCALE
                .withTasks(List.of("darken", "invert", "warm", "cool"))
                .withSeeds(List.of(1L))
                .withSteps(2),
            LabProgress.NONE);
    Path page = Lab.run(Lab.named("continual"), setting, "mneme lab continual");
    JsonNode numbers = new ObjectMapper().readTree(page.resolveSibling("results.json").toFile());
    assertEquals(2, numbers.at("/numbers/groups").size());
    assertFalse(Files.readString(page).contains("First 4 tasks"));
  }

  /** Nothing is learned then, and seeds are draws of questions. */
  @ParameterizedTest
  @ValueSource(strings = {"ladder", "geometry"})
  void aMemoryThatIsGivenIsLookedInto(String name) throws IOException {
    AtomicInteger steps = new AtomicInteger();
    LabProgress counting = what -> (Progress) (done, total, loss) -> steps.incrementAndGet();
    LabSetting own = TinyLab.setting(folder, counting);
    FunctionalMemory given =
        FunctionalMemory.fresh(own.scale().shape().of(own.editor().config()), 5);
    try (NoGradGuard guard = new NoGradGuard()) { // a fresh one writes nothing
      given.parameters().values().forEach(p -> p.add_(torch.rand_like(p).mul_(new Scalar(0.05))));
    }
    LabSetting setting =
        new LabSetting(
            own.editor(),
            own.photos(),
            own.encoder(),
            own.precision(),
            own.scale(),
            Optional.of(new FrozenMemory(given, "given")),
            own.out(),
            own.progress());
    Path page = Lab.run(Lab.named(name), setting, "mneme lab " + name);
    assertEquals(0, steps.get(), "steps taken");
    assertEquals("given", setting.describe().get("memorySha256").asText());
    List<Path> cells;
    try (Stream<Path> files = Files.list(page.resolveSibling(LabSetting.CELLS))) {
      cells = files.sorted().toList();
    }
    assertEquals(name.equals("ladder") ? 16 : 2, cells.size());
    List<Path> two =
        name.equals("ladder") ? List.of(at(cells, "base-seed1"), at(cells, "base-seed2")) : cells;
    assertTrue(Files.mismatch(two.get(0), two.get(1)) >= 0, "other questions");
  }

  private static Path at(List<Path> cells, String name) {
    return cells.stream().filter(c -> c.toString().contains(name)).findFirst().orElseThrow();
  }

  private static String base64(Path file) throws IOException {
    return java.util.Base64.getEncoder().encodeToString(Files.readAllBytes(file));
  }

  @Test
  void aFolderHoldsOneSetting() throws IOException {
    TinyLab.setting(folder, LabProgress.NONE).claim();
    TinyLab.setting(folder, LabProgress.NONE).claim();
    LabSetting other = TinyLab.setting(folder, TinyLab.SCALE.withSteps(5), LabProgress.NONE);
    assertTrue(assertThrows(IOException.class, other::claim).getMessage().contains("setting.json"));
  }

  @Test
  void namesAreNamesOfExperiments() {
    assertThrows(IllegalArgumentException.class, () -> Lab.named("none"));
  }
}
