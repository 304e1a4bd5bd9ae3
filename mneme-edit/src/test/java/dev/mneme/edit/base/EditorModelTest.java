package dev.mneme.edit.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.TinyEditor;
import dev.mneme.edit.base.ModelException.Kind;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Tensors;
import dev.mneme.tensor.safetensors.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditorModelTest {
  @TempDir Path folder;

  private final Map<String, Tensor> weights = TinyEditor.weights(TinyEditor.CONFIG, 1);

  @BeforeEach
  void save() throws IOException {
    EditorModel.save(folder, TinyEditor.CONFIG, weights, Precision.FP32);
  }

  @Test
  void readsWhatItWrote() throws IOException {
    assertEquals(TinyEditor.CONFIG, EditorModel.config(folder));
    Map<String, Tensor> read = EditorModel.weights(folder, TinyEditor.CONFIG);
    assertEquals(
        List.copyOf(EditorWeights.shapes(TinyEditor.CONFIG).keySet()), List.copyOf(read.keySet()));
    weights.forEach(
        (name, w) ->
            assertArrayEquals(Tensors.toFloats(w), Tensors.toFloats(read.get(name)), name));
    EditorBase base = EditorModel.load(folder, 3);
    assertEquals(TinyEditor.CONFIG, base.config());
    assertEquals(TinyEditor.CONFIG.layout(3), base.layout());
  }

  @Test
  void readWeightsAreCopiesThatCanLearn() throws IOException {
    Map<String, Tensor> read = EditorModel.weights(folder, TinyEditor.CONFIG);
    read.values().forEach(w -> assertTrue(w.is_leaf() && !w.requires_grad()));
    Files.delete(folder.resolve("model.safetensors"));
    read.get("position").fill_(new org.bytedeco.pytorch.Scalar(3.0));
    assertEquals(3, Tensors.toFloats(read.get("position"))[0]);
  }

  @Test
  void matricesMayBeWrittenInHalfThePrecision() throws IOException {
    EditorModel.save(folder, TinyEditor.CONFIG, weights, Precision.BF16);
    Map<String, Tensor> read = EditorModel.weights(folder, TinyEditor.CONFIG);
    weights.forEach(
        (name, w) -> {
          boolean exact = w.dim() == 1 || name.equals(EditorWeights.WHITENING);
          Tensor expected = exact ? w : w.to(ScalarType.BFloat16);
          assertArrayEquals(Tensors.toFloats(expected), Tensors.toFloats(read.get(name)), name);
          assertEquals(ScalarType.Float, read.get(name).scalar_type().intern());
        });
  }

  @Test
  void equalWeightsGiveEqualFiles() throws IOException {
    byte[] first = Files.readAllBytes(folder.resolve("model.safetensors"));
    List<String> names = new ArrayList<>(weights.keySet());
    java.util.Collections.reverse(names);
    Map<String, Tensor> reversed = new LinkedHashMap<>();
    names.forEach(name -> reversed.put(name, weights.get(name)));
    EditorModel.save(folder, TinyEditor.CONFIG, reversed, Precision.FP32);
    assertArrayEquals(first, Files.readAllBytes(folder.resolve("model.safetensors")));
  }

  @Test
  void refusesToWriteWeightsThatDoNotFit() throws IOException {
    Path other = folder.resolve("other");
    weights.remove("position");
    assertThrows(
        IllegalArgumentException.class,
        () -> EditorModel.save(other, TinyEditor.CONFIG, weights, Precision.FP32));
    assertFalse(Files.exists(other));
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    requireRefused(folder.resolve("none"), Kind.MISSING, "config.json");
    Files.delete(folder.resolve("model.safetensors"));
    requireRefused(folder, Kind.MISSING, "model.safetensors");
  }

  @Test
  void aConfigurationThatIsNoneIsCorrupt() throws IOException {
    String good = Files.readString(folder.resolve("config.json"));
    for (String bad :
        List.of(
            "",
            "{",
            "[]",
            "null",
            good.replace("mneme_editor", "bert"),
            good.replace("\"width\" : 32", "\"width\" : 33"),
            good.replace("\"width\" : 32", "\"width\" : \"wide\""),
            good.replace("\"width\" : 32", "\"height\" : 32"),
            good.replace("\"headDim\" : 16", "\"headDim\" : 0"),
            good.replace("\"cells\" : 2", "\"cells\" : 2, \"extra\" : 1"),
            good.replace("\"layers\" : 2", "\"layers\" : 0"),
            good.replace("\"width\" : 32", "\"width\" : -32"),
            good.replace("\"lens\" : 40", "\"lens\" : 38"),
            good.replace(",\n  \"cells\" : 2", ""))) {
      assertFalse(bad.equals(good), "replaced nothing");
      Files.writeString(folder.resolve("config.json"), bad);
      requireRefused(folder, Kind.CORRUPT, "config.json");
    }
  }

  @Test
  void anotherVersionIsSaidToBeOne() throws IOException {
    String good = Files.readString(folder.resolve("config.json"));
    Files.writeString(
        folder.resolve("config.json"), good.replace("\"format\" : 3", "\"format\" : 4"));
    requireRefused(folder, Kind.OTHER_VERSION, "format 4", "newer");
    Files.writeString(
        folder.resolve("config.json"), good.replace("\"format\" : 3", "\"format\" : 1"));
    requireRefused(folder, Kind.OTHER_VERSION, "format 1", "older");
  }

  @Test
  void weightsThatDoNotFitAreCorrupt() throws IOException {
    Path file = folder.resolve("model.safetensors");
    byte[] whole = Files.readAllBytes(file);
    for (int keep : new int[] {0, 7, 100, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, keep));
      requireRefused(folder, Kind.CORRUPT, "model.safetensors");
    }
    Map<String, Tensor> changed = new LinkedHashMap<>(weights);
    changed.put("extra", torch.zeros(1));
    Safetensors.write(file, changed, Map.of());
    requireRefused(folder, Kind.CORRUPT, "'extra'");
    changed.remove("extra");
    changed.put("position", torch.zeros(2, 2));
    Safetensors.write(file, changed, Map.of());
    requireRefused(folder, Kind.CORRUPT, "'position'", "[2, 2]");
    changed.remove("position");
    Safetensors.write(file, changed, Map.of());
    requireRefused(folder, Kind.CORRUPT, "'position' is missing");
  }

  private static void requireRefused(Path model, Kind kind, String... said) {
    ModelException e = assertThrows(ModelException.class, () -> EditorModel.load(model, 1));
    assertEquals(kind, e.kind(), e.getMessage());
    assertTrue(e.getMessage().contains(model.toString()), e.getMessage());
    assertTrue(e.getMessage().contains("expected"), e.getMessage());
    for (String s : said) {
      assertTrue(e.getMessage().contains(s), e.getMessage());
    }
  }
}
