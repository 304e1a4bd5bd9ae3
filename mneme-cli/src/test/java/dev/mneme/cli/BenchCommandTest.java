package dev.mneme.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.NativeMemory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchCommandTest {
  private static final List<String> STAGES =
      List.of("read", "reduce", "sentence", "glance", "recall", "merge", "stroke", "write");

  @TempDir Path folder;

  @Test
  void measuresAndWritesWhatItPrints() throws IOException {
    Path models = Models.write(folder.resolve("models"));
    Path file = folder.resolve("bench.json");

    Ran ran =
        bench(
                "--models",
                models,
                "--megapixels",
                "0.006,0.002",
                "--quick",
                "--runs",
                3,
                "--edits",
                17,
                "--out",
                file)
            .ok();

    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertEquals(
        List.of("machine", "models", "plan", "pictures", "smallEdit", "comparisons", "memory"),
        names(json));
    JsonNode machine = json.get("machine");
    assertEquals(Runtime.getRuntime().availableProcessors(), machine.get("cores").asInt());
    assertEquals(Engine.start().precision().value().name(), machine.get("precision").asText());
    assertEquals(Engine.start().blas().value().name(), machine.get("blas").asText());
    assertTrue(machine.get("java").asText().contains(System.getProperty("java.version")));
    assertFalse(machine.get("cpu").asText().isBlank());
    assertTrue(machine.get("memoryBytes").asLong() > 0 && machine.get("threads").asInt() > 0);
    assertEquals(3, json.at("/plan/runs").asInt());

    JsonNode pictures = json.get("pictures");
    assertEquals(2, pictures.size());
    assertEquals(0.002, pictures.get(0).get("megapixels").asDouble(), "small before large");
    assertEquals(95, pictures.get(1).get("width").asInt());
    assertEquals(63, pictures.get(1).get("height").asInt());
    pictures.forEach(BenchCommandTest::checkPicture);

    checkTiming(json.get("smallEdit"));
    List<String> questions = new ArrayList<>();
    for (JsonNode comparison : json.get("comparisons")) {
      questions.add(comparison.get("name").asText());
      double baseline = checkTiming(comparison.get("baseline"));
      double mneme = checkTiming(comparison.get("mneme"));
      assertEquals(baseline / mneme, comparison.get("speedup").asDouble(), 1e-9);
      assertTrue(ran.out().contains(comparison.at("/mneme/what").asText()), ran.out());
    }
    assertEquals(List.of("merge", "merge-shared", "batch", "keep-start"), questions);
    checkMemory(json.get("memory"));

    assertTrue(ran.out().contains(machine.get("cpu").asText()), ran.out());
    STAGES.forEach(stage -> assertTrue(ran.out().contains("| " + stage), stage));
    assertTrue(ran.out().contains("| reduce, 2 times"), ran.out());
    assertTrue(ran.out().contains("Drift over 17 small edits"), ran.out());
    assertTrue(ran.err().contains("measuring 0.006 megapixels"), ran.err());
  }

  private static void checkPicture(JsonNode picture) {
    JsonNode stages = picture.get("stages");
    assertEquals(STAGES, names(stages));
    double shares = 0;
    double all = 0;
    for (JsonNode stage : stages) {
      shares += stage.get("share").asDouble();
      all += checkTiming(stage);
    }
    assertEquals(1, shares, 1e-9);
    for (JsonNode stage : stages) {
      assertEquals(stage.get("medianMillis").asDouble() / all, stage.get("share").asDouble(), 1e-9);
    }
    assertEquals(1, stages.at("/glance/calls").asInt());
    assertEquals(1, stages.at("/stroke/calls").asInt());
    double least = 0;
    for (JsonNode stage : stages) {
      least += stage.get("minMillis").asDouble();
    }
    checkTiming(picture.get("whole"));
    assertTrue(picture.at("/whole/minMillis").asDouble() >= least, "stages lie within the edit");
    boolean known = NativeMemory.peakBytes().isPresent();
    assertEquals(known, picture.get("peakBytes").isNumber());
  }

  private static void checkMemory(JsonNode memory) {
    for (String reading : List.of("before", "opened", "warm", "after", "highest")) {
      assertTrue(memory.get(reading).asLong() > 1 << 20, reading);
    }
    double warm = memory.get("warm").asDouble();
    double drift = 100 * (memory.get("after").asDouble() - warm) / warm;
    assertEquals(drift, memory.get("driftPercent").asDouble(), 1e-9);
    assertEquals(17, memory.get("edits").asInt());
  }

  /** The median. */
  private static double checkTiming(JsonNode timing) {
    double median = timing.get("medianMillis").asDouble();
    double min = timing.get("minMillis").asDouble();
    assertTrue(min > 0 && median >= min, timing.toString());
    return median;
  }

  @Test
  void refusesWhatCannotBeMeasuredBeforeItBegins() throws IOException {
    bench("--megapixels", "0").failed(ExitCode.USAGE, "megapixels above 0");
    bench("--runs", "0").failed(ExitCode.USAGE, "at least 1 run");
    bench("--edits", "many").failed(ExitCode.USAGE, "--edits");
    bench("--out", folder.resolve("none/bench.json")).failed(ExitCode.CANNOT_WRITE, "none");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    bench("--models", empty).failed(ExitCode.MODEL_MISSING, "editor");
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Without {@code Main}, but with its way to tell of failures. */
  private static Ran bench(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    PrintWriter complaints = new PrintWriter(err);
    int code =
        new CommandLine(new BenchCommand())
            .setOut(new PrintWriter(out))
            .setErr(complaints)
            .setParameterExceptionHandler(
                (e, args) -> {
                  complaints.println("mneme: " + e.getMessage());
                  return ExitCode.USAGE.code();
                })
            .setExecutionExceptionHandler(
                (e, command, parsed) -> {
                  complaints.println("mneme: " + Failures.lineOf(e));
                  return Failures.codeOf(e).code();
                })
            .execute(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
    return new Ran(code, out.toString(), err.toString());
  }
}
