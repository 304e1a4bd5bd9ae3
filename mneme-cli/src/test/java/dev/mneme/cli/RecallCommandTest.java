package dev.mneme.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.tensor.Tensors;
import dev.mneme.tensor.safetensors.Safetensors;
import dev.mneme.tensor.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecallCommandTest {
  private static final Path GOLDEN = Path.of("../mneme-memory/src/test/resources/golden");
  private static final float TOLERANCE = 1e-5f;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"dense-tiny,false", "dense-tiny,true", "experts-tiny,false", "experts-tiny,true"})
  void writesTheReferenceTensors(String name, boolean fourAxes) throws IOException {
    Path condition = folder.resolve("condition.safetensors");
    Path out = folder.resolve("out.safetensors");
    Path goldenFile = GOLDEN.resolve(name).resolve("golden.safetensors");
    try (PointerScope scope = new PointerScope();
        SafetensorsFile golden = SafetensorsFile.open(goldenFile)) {
      Tensor states = golden.tensor("condition");
      Safetensors.write(
          condition, Map.of("condition", fourAxes ? states.unsqueeze(1) : states), Map.of());

      recall(GOLDEN.resolve(name), condition, out).ok();

      try (SafetensorsFile found = SafetensorsFile.open(out)) {
        assertEquals(golden.names().size() - 1, found.names().size(), "all but the condition");
        for (String tensor : golden.names()) {
          if (!tensor.equals("condition")) {
            assertEquals(golden.info(tensor).shape(), found.info(tensor).shape(), tensor);
            assertEquals(golden.info(tensor).dtype(), found.info(tensor).dtype(), tensor);
            assertArrayEquals(
                Tensors.toFloats(golden.tensor(tensor)),
                Tensors.toFloats(found.tensor(tensor)),
                TOLERANCE,
                tensor);
          }
        }
      }
    }
  }

  @Test
  void refusesConditionsItCannotRead() throws IOException {
    Path generator = GOLDEN.resolve("dense-tiny");
    Path out = folder.resolve("out.safetensors");
    Path condition = folder.resolve("condition.safetensors");
    write(condition, "state", 1, 2, 3);
    recall(generator, condition, out).failed(ExitCode.UNUSABLE_CONDITION, "'condition'", "state");
    write(condition, "condition", 1, 2, 3);
    recall(generator, condition, out).failed(ExitCode.UNUSABLE_CONDITION, "width", "found 3");
    write(condition, "condition", 2, 3);
    recall(generator, condition, out).failed(ExitCode.UNUSABLE_CONDITION, "[B, L, D]", "[2, 3]");
    recall(generator, condition, condition).failed(ExitCode.USAGE, "overwrite");
    Files.writeString(condition, "no tensors here");
    recall(generator, condition, out).failed(ExitCode.MODEL_CORRUPT, "condition.safetensors");
    recall(generator, folder.resolve("none"), out).failed(ExitCode.NOT_FOUND, "none");
    assertFalse(Files.exists(out));
  }

  @Test
  void refusesGeneratorsAndTargetsThatAreNone() throws IOException {
    Path good = GOLDEN.resolve("dense-tiny");
    Path golden = good.resolve("golden.safetensors");
    Path out = folder.resolve("out.safetensors");
    recall(folder.resolve("none"), golden, out).failed(ExitCode.NOT_FOUND, "none");
    recall(folder, golden, out).failed(ExitCode.NOT_FOUND, "config.json");
    recall(good, golden, folder.resolve("none/x")).failed(ExitCode.CANNOT_WRITE, "none");
    Path newer = Files.createDirectory(folder.resolve("newer"));
    Files.writeString(
        newer.resolve("config.json"),
        "{\"model_type\": \"parameter_generator\", \"mneme_format\": 9}");
    recall(newer, golden, out).failed(ExitCode.MODEL_VERSION, "newer");
    Files.writeString(newer.resolve("config.json"), "{}");
    recall(newer, golden, out).failed(ExitCode.MODEL_CORRUPT, "parameter_generator");
    assertFalse(Files.exists(out));
    Ran incomplete = Ran.mneme("recall", "--out", out).failed(ExitCode.USAGE, "--generator");
    assertTrue(incomplete.err().contains("See 'mneme recall --help'"), incomplete.err());
  }

  private static void write(Path file, String name, long... shape) throws IOException {
    long size = 1;
    for (long s : shape) {
      size *= s;
    }
    try (PointerScope scope = new PointerScope()) {
      Tensor tensor = Tensors.fromFloats(new float[(int) size], shape);
      Safetensors.write(file, Map.of(name, tensor), Map.of());
    }
  }

  private static Ran recall(Path generator, Path condition, Path out) {
    return Ran.mneme("recall", "--generator", generator, "--condition", condition, "--out", out);
  }
}
