package dev.mneme.memory.generator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.memory.Condition;
import dev.mneme.memory.TestTensors;
import dev.mneme.tensor.Tensors;
import dev.mneme.tensor.safetensors.ModelFiles;
import dev.mneme.tensor.safetensors.Safetensors;
import dev.mneme.tensor.safetensors.TensorSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratorCheckpointTest {
  @TempDir private Path directory;
  private Path config;

  @BeforeEach
  void copyAGolden() throws IOException {
    config = directory.resolve("config.json");
    for (String name : new String[] {"config.json", "model.safetensors"}) {
      Files.copy(TestTensors.goldenPath("dense-tiny/" + name), directory.resolve(name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dense-tiny", "experts-tiny"})
  void savingWhatWasLoadedChangesNoByte(String name) throws IOException {
    Path original = TestTensors.goldenPath(name);
    Path copy = directory.resolve("deep/copy");
    Path second = directory.resolve("second");
    GeneratorCheckpoint.load(original).save(copy);
    GeneratorCheckpoint.load(copy).save(second);

    assertArrayEquals(bytes(original, "config.json"), bytes(copy, "config.json"));
    assertArrayEquals(bytes(copy, "config.json"), bytes(second, "config.json"));
    assertArrayEquals(bytes(copy, "model.safetensors"), bytes(second, "model.safetensors"));
    // The published writer fills its header with other white space, so the tensors are compared.
    try (TensorSource before = ModelFiles.open(original);
        TensorSource after = ModelFiles.open(copy)) {
      assertEquals(before.names(), after.names());
      assertEquals(before.metadata(), after.metadata());
      for (String tensor : before.names()) {
        assertEquals(before.info(tensor).shape(), after.info(tensor).shape());
        assertArrayEquals(bytes(before.tensor(tensor)), bytes(after.tensor(tensor)), tensor);
      }
    }
  }

  @Test
  void halfPrecisionIsReadBackAsFloats() throws IOException {
    Path half = directory.resolve("half");
    GeneratorCheckpoint whole = GeneratorCheckpoint.load(directory);
    whole.in(ScalarType.Half).save(half);
    for (FunctionalMemory memory :
        List.of(FunctionalMemory.load(half), FunctionalMemory.loadTrainable(half))) {
      memory
          .generator()
          .weights()
          .forEach(
              (name, weight) -> {
                assertEquals(ScalarType.Float, weight.scalar_type().intern(), name);
                float[] expected = Tensors.toFloats(whole.weights().get(name));
                float[] found = Tensors.toFloats(weight);
                for (int k = 0; k < found.length; k++) {
                  float unit = Math.max(Math.ulp(1f), Math.abs(expected[k]) * 0x1p-11f);
                  assertEquals(expected[k], found[k], unit, name); // 11 bits of every number
                }
              });
    }
  }

  private static byte[] bytes(Path directory, String file) throws IOException {
    return Files.readAllBytes(directory.resolve(file));
  }

  private static byte[] bytes(Tensor tensor) {
    byte[] bytes = new byte[(int) tensor.nbytes()];
    new BytePointer(tensor.data_ptr()).get(bytes);
    return bytes;
  }

  @Test
  void keepsFieldsItDoesNotKnow() throws IOException {
    String text =
        Files.readString(config)
            .replace("\"alpha\": 16", "\"alpha\": 2.5, \"novel\": {\"a\": [1]}");
    Files.writeString(config, text);
    GeneratorCheckpoint loaded = GeneratorCheckpoint.load(directory);
    loaded.save(directory.resolve("copy"));
    GeneratorConfig again = GeneratorCheckpoint.load(directory.resolve("copy")).config();
    assertEquals(loaded.config(), again);
    assertEquals("{\"a\":[1]}", again.extras().get("novel").toString());
    assertEquals(2.5 / 4, again.scale());
  }

  @Test
  void readsShards() throws IOException {
    GeneratorCheckpoint whole = GeneratorCheckpoint.load(directory);
    Map<String, Tensor> first = new LinkedHashMap<>();
    Map<String, Tensor> second = new LinkedHashMap<>();
    StringBuilder index = new StringBuilder();
    whole
        .weights()
        .forEach(
            (name, weight) -> {
              boolean early = first.size() < 20;
              (early ? first : second).put(name, weight);
              index.append(
                  "%s\"%s\": \"model-%d.safetensors\""
                      .formatted(index.isEmpty() ? "" : ", ", name, early ? 1 : 2));
            });
    Path sharded = Files.createDirectory(directory.resolve("sharded"));
    Files.copy(config, sharded.resolve("config.json"));
    Safetensors.write(sharded.resolve("model-1.safetensors"), first, Map.of());
    Safetensors.write(sharded.resolve("model-2.safetensors"), second, Map.of());
    Files.writeString(
        sharded.resolve("model.safetensors.index.json"), "{\"weight_map\": {" + index + "}}");

    GeneratorCheckpoint loaded = GeneratorCheckpoint.load(sharded);

    assertEquals(whole.weights().keySet(), loaded.weights().keySet());
    loaded
        .weights()
        .forEach(
            (name, weight) ->
                assertEquals(0, TestTensors.difference(whole.weights().get(name), weight)));
  }

  @Test
  void aTrainedMemoryRecallsTheSameAfterSaving() throws IOException {
    FunctionalMemory memory = SmallGenerator.memory(3, true);
    Condition condition = Condition.of(TestTensors.random(1, 2, 3, SmallGenerator.WIDTH));
    Path saved = directory.resolve("saved");
    memory.save(saved);

    FunctionalMemory frozen = FunctionalMemory.load(saved);
    FunctionalMemory trainable = FunctionalMemory.loadTrainable(saved);

    assertEquals(memory.layout(), frozen.layout());
    assertTrue(TestTensors.difference(memory.recall(condition), frozen.recall(condition)) <= 1e-5);
    assertEquals(memory.recall(condition).digest(), trainable.recall(condition).digest());
    assertTrue(frozen.parameters().isEmpty());
    assertEquals(memory.parameters().keySet(), trainable.parameters().keySet());
    assertFalse(frozen.generator().trainable());
  }

  @Test
  void trainableCopiesOfReducedWeightsAreFp32() throws IOException {
    Map<String, Tensor> halved = new LinkedHashMap<>();
    GeneratorCheckpoint whole = GeneratorCheckpoint.load(directory);
    whole.weights().forEach((name, w) -> halved.put(name, w.to(ScalarType.BFloat16)));
    Path small = directory.resolve("small");
    GeneratorCheckpoint.of(whole.config(), halved).save(small);
    assertEquals(
        ScalarType.BFloat16,
        GeneratorCheckpoint.load(small).weights().get("hidden_in.bias").scalar_type().intern());
    FunctionalMemory.loadTrainable(small)
        .parameters()
        .forEach((name, w) -> assertEquals(ScalarType.Float, w.scalar_type().intern(), name));
  }

  private String complaint(Class<? extends CheckpointException> kind) {
    String message = assertThrows(kind, () -> GeneratorCheckpoint.load(directory)).getMessage();
    return message.replace(directory.toString(), "DIR");
  }

  private String complaintAfter(Class<? extends CheckpointException> kind, String from, String to)
      throws IOException {
    String text = Files.readString(config);
    assertTrue(text.contains(from), from);
    Files.writeString(config, text.replace(from, to));
    return complaint(kind);
  }

  private void rewrite(java.util.function.Consumer<Map<String, Tensor>> change) throws IOException {
    Map<String, Tensor> weights =
        new LinkedHashMap<>(GeneratorCheckpoint.load(directory).weights());
    change.accept(weights);
    Safetensors.write(directory.resolve("model.safetensors"), weights, Map.of());
  }

  @Test
  void namesMissingTensors() throws IOException {
    rewrite(
        w -> {
          w.remove("hidden_in.bias");
          w.remove("model.norm_final.weight");
        });
    assertEquals(
        "DIR: expected tensors [model.norm_final.weight, hidden_in.bias], found none of these names. The weights belong to another config.json.",
        complaint(CheckpointException.Corrupt.class));
  }

  @Test
  void namesManyMissingTensorsInShort() throws IOException {
    rewrite(w -> w.keySet().removeIf(name -> name.contains("blocks.1")));
    String message = complaint(CheckpointException.Corrupt.class);
    assertTrue(message.contains("model.blocks.1.self_attn_hw.W_q.weight") == false, message);
    assertTrue(message.contains("self_attn_n.W_v.weight] and 27 more, found none"), message);
  }

  @Test
  void namesUnknownTensors() throws IOException {
    rewrite(w -> w.put("model.extra", torch.zeros(1)));
    assertEquals(
        "DIR: found unknown tensors [model.extra]; the configuration has no place for them. The weights belong to another config.json.",
        complaint(CheckpointException.Corrupt.class));
  }

  @Test
  void printsBothShapes() throws IOException {
    rewrite(w -> w.put("hidden_in.bias", torch.zeros(3)));
    assertEquals(
        "DIR: expected tensor hidden_in.bias of shape [64], found [3]. The weights belong to another config.json.",
        complaint(CheckpointException.Corrupt.class));
  }

  @Test
  void tellsAnotherKindOfModel() throws IOException {
    assertEquals(
        "DIR/config.json: expected model_type \"parameter_generator\", found \"llama\". This directory holds another kind of model.",
        complaintAfter(CheckpointException.Corrupt.class, "parameter_generator", "llama"));
    assertEquals(
        "DIR/config.json: expected model_type \"parameter_generator\", found none. This directory holds another kind of model.",
        complaintAfter(CheckpointException.Corrupt.class, "model_type", "kind"));
  }

  @Test
  void tellsTooNewTooOldAndDamagedApart() throws IOException {
    assertEquals(
        "DIR/config.json: expected format 1, found 2, written by a newer version. Update this program.",
        complaintAfter(
            CheckpointException.TooNew.class,
            "\"token_dim\"",
            "\"mneme_format\": 2, \"token_dim\""));
    assertEquals(
        "DIR/config.json: expected format 1, found 0, which is no longer read. Convert it with the version that wrote it.",
        complaintAfter(CheckpointException.TooOld.class, "mneme_format\": 2", "mneme_format\": 0"));
    assertEquals(
        "DIR/config.json: expected an integer mneme_format, found \"x\"",
        complaintAfter(
            CheckpointException.Corrupt.class, "mneme_format\": 0", "mneme_format\": \"x\""));
    Files.writeString(
        config, Files.readString(config).replace("mneme_format\": \"x\"", "mneme_format\": 1"));
    assertEquals(
        "1", GeneratorCheckpoint.load(directory).config().extras().get("mneme_format").toString());
  }

  @Test
  void tellsWhatIsWrongWithAConfiguration() throws IOException {
    assertEquals(
        "DIR/config.json: A generator needs rank ≥ 1, found 0",
        complaintAfter(CheckpointException.Corrupt.class, "\"rank\": 4", "\"rank\": 0"));
    assertEquals(
        "DIR/config.json: expected an integer as rank, found \"many\"",
        complaintAfter(CheckpointException.Corrupt.class, "\"rank\": 0", "\"rank\": \"many\""));
    assertEquals(
        "DIR/config.json: expected an integer as rank, found no such field",
        complaintAfter(CheckpointException.Corrupt.class, "\"rank\": \"many\",", ""));
    Files.writeString(config, "[1]");
    assertEquals(
        "DIR/config.json: expected a JSON object, found [1]",
        complaint(CheckpointException.Corrupt.class));
    Files.writeString(config, "{");
    assertTrue(
        complaint(CheckpointException.Corrupt.class)
            .startsWith("DIR/config.json: expected JSON, found "));
  }

  @Test
  void tellsWhatIsWrongWithAMapping() throws IOException {
    assertEquals(
        "DIR/config.json: pg_mapping of self_attn.o_proj needs an integer lora_A_dim, found {\"lora_A\":48,\"lora_B_dim\":48}",
        complaintAfter(
            CheckpointException.Corrupt.class,
            "\"self_attn.o_proj\": {\n      \"lora_A_dim\"",
            "\"self_attn.o_proj\": {\n      \"lora_A\""));
  }
}
