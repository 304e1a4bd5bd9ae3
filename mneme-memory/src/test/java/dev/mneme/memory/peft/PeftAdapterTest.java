package dev.mneme.memory.peft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.AdapterMismatchException;
import dev.mneme.memory.AdapterSite;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.LoraFactors;
import dev.mneme.memory.TestTensors;
import dev.mneme.tensor.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeftAdapterTest {
  private static final AdapterLayout LAYOUT = TestTensors.smallLayout();
  @TempDir private Path directory;

  @Test
  void readsBackWhatItWrote() throws IOException {
    Adapters adapters = TestTensors.adapters(LAYOUT, 1, 3, 0.7, 1);
    PeftAdapter.write(directory, adapters);
    Adapters read = PeftAdapter.read(directory, LAYOUT);
    assertEquals(adapters.scale(), read.scale(), 1e-12);
    adapters
        .factors()
        .forEach(
            (key, f) -> {
              assertEquals(0, TestTensors.difference(f.a(), read.at(key).a()), key);
              assertEquals(0, TestTensors.difference(f.b(), read.at(key).b()), key);
            });
  }

  @Test
  void halfTheBytesKeepElevenBits() throws IOException {
    Adapters adapters = TestTensors.adapters(LAYOUT, 1, 3, 0.7, 1);
    PeftAdapter.write(directory, adapters);
    long whole = Files.size(directory.resolve("adapter_model.safetensors"));
    PeftAdapter.write(directory, adapters, ScalarType.Half);
    long numbers = adapters.tensors().stream().mapToLong(Tensor::numel).sum();
    long saved = whole - Files.size(directory.resolve("adapter_model.safetensors"));
    assertEquals(2 * numbers, saved, 64, "a header may be filled up");
    Adapters read = PeftAdapter.read(directory, LAYOUT);
    assertEquals(adapters.scale(), read.scale(), 1e-12);
    for (String key : LAYOUT.keys()) {
      assertEquals(ScalarType.Float, read.at(key).a().scalar_type().intern());
      double apart = TestTensors.difference(adapters.at(key).a(), read.at(key).a());
      assertTrue(apart > 0 && apart < 1e-3, key + " apart by " + apart);
    }
  }

  @Test
  void ofAPartNothingElseIsKept() throws IOException {
    Adapters whole = TestTensors.adapters(LAYOUT, 1, 3, 0.7, 1);
    Map<String, LoraFactors> few = new LinkedHashMap<>(whole.factors());
    String kept = LAYOUT.keys().get(1);
    few.replaceAll(
        (key, f) ->
            key.equals(kept)
                ? f
                : new LoraFactors(f.a(), f.b().mul(new org.bytedeco.pytorch.Scalar(0))));
    Adapters part = Adapters.of(LAYOUT, few, 0.7);
    PeftAdapter.writePart(directory, part);
    try (SafetensorsFile file =
        SafetensorsFile.open(directory.resolve("adapter_model.safetensors"))) {
      assertTrue(file.names().stream().allMatch(name -> name.contains(kept)), "" + file.names());
    }
    assertEquals(
        1,
        new ObjectMapper()
            .readTree(directory.resolve("adapter_config.json").toFile())
            .get("target_modules")
            .size());
    Adapters read = PeftAdapter.readPart(directory, LAYOUT);
    for (String key : LAYOUT.keys()) {
      double apart = TestTensors.difference(part.at(key).product(), read.at(key).product());
      assertTrue(apart <= 1e-6, key + " apart by " + apart);
    }
    assertThrows(AdapterMismatchException.class, () -> PeftAdapter.read(directory, LAYOUT));
  }

  @Test
  void usesTheNamesOfPeft() throws IOException {
    PeftAdapter.write(directory, TestTensors.adapters(LAYOUT, 1, 3, 2, 1));
    JsonNode config =
        new ObjectMapper().readTree(directory.resolve("adapter_config.json").toFile());
    assertEquals("LORA", config.get("peft_type").asText());
    assertEquals(3, config.get("r").asInt());
    assertEquals("6", config.get("lora_alpha").toString());
    assertEquals("none", config.get("bias").asText());
    assertTrue(config.get("task_type").isNull());
    assertEquals(
        "[\"attn.qkv\",\"mlp.down\",\"mlp.experts.0.w1\",\"mlp.experts.1.w1\"]",
        config.get("target_modules").toString());
    try (SafetensorsFile file =
        SafetensorsFile.open(directory.resolve("adapter_model.safetensors"))) {
      assertEquals(16, file.names().size());
      assertEquals(
          List.of(3L, 7L),
          file.info("base_model.model.model.layers.0.attn.qkv.lora_A.weight").shape());
      assertEquals(
          List.of(11L, 3L),
          file.info("base_model.model.model.layers.0.attn.qkv.lora_B.weight").shape());
      assertEquals(
          List.of(3L, 3L),
          file.info("base_model.model.model.layers.1.mlp.experts.1.w1.lora_B.weight").shape());
      assertEquals(Map.of("format", "pt"), file.metadata());
    }
  }

  @Test
  void sumsKeepTheirMeaningAtTheLargerRank() throws IOException {
    Adapters sum =
        TestTensors.adapters(LAYOUT, 1, 3, 2, 1).plus(TestTensors.adapters(LAYOUT, 1, 2, 0.5, 2));
    PeftAdapter.write(directory, sum);
    Adapters read = PeftAdapter.read(directory, LAYOUT);
    assertEquals(5, read.rank());
    assertTrue(TestTensors.difference(sum, read) <= 1e-6);
  }

  @Test
  void sitesOfUnlikeRankAreFilledToTheLargest() throws IOException {
    AdapterLayout two =
        new AdapterLayout(
            "l.", 1, 2, List.of(AdapterSite.dense("a", 3, 4), AdapterSite.dense("b", 5, 6)));
    Map<String, LoraFactors> factors = new LinkedHashMap<>();
    factors.put("l.0.a", TestTensors.factors(two.sites().get(0), 1, 1, 1));
    factors.put("l.0.b", TestTensors.factors(two.sites().get(1), 1, 4, 2));
    Adapters uneven = Adapters.of(two, factors, 1.5);
    PeftAdapter.write(directory, uneven);
    Adapters read = PeftAdapter.read(directory, two);
    assertEquals(4, read.at("l.0.a").rank());
    assertEquals(1.5, read.scale());
    assertTrue(TestTensors.difference(uneven, read) <= 1e-6);
  }

  /** Written by peft 0.21.2: rank 4, alpha 6, rank-stabilised; delta holds what it computes. */
  @Test
  void readsWhatPythonWrote() throws IOException {
    AdapterLayout layout =
        new AdapterLayout(
            "model.layers.",
            2,
            4,
            List.of(
                AdapterSite.dense("attn.qkv", 7, 11),
                AdapterSite.dense("mlp.down", 11, 7),
                new AdapterSite("mlp.experts.w1", 7, 3, 2)));
    Adapters read = PeftAdapter.read(TestTensors.goldenPath("peft"), layout);
    Map<String, Tensor> expected = TestTensors.golden("peft/delta.safetensors");
    assertEquals(expected.keySet(), new TreeSet<>(layout.keys()));
    expected.forEach(
        (key, delta) -> {
          Tensor found = TestTensors.delta(read.at(key), read.scale()).squeeze(0);
          assertTrue(TestTensors.difference(delta, found) <= 1e-5, key);
        });
  }

  @Test
  void readsRankStabilisedScale() throws IOException {
    PeftAdapter.write(directory, TestTensors.adapters(LAYOUT, 1, 4, 2, 1));
    replace("\"use_rslora\" : false", "\"use_rslora\" : true");
    assertEquals(8 / 2.0, PeftAdapter.read(directory, LAYOUT).scale());
  }

  @Test
  void refusesMoreThanOneSample() {
    assertEquals(
        "A PEFT directory holds one sample's weights: expected a batch of 1, found Adapters[batch 2, rank 3, scale 2.0, 6 sites]. Use Adapters.select first.",
        assertThrows(
                AdapterMismatchException.class,
                () -> PeftAdapter.write(directory, TestTensors.adapters(LAYOUT, 2, 3, 2, 1)))
            .getMessage());
    assertThrows(
        AdapterMismatchException.class, () -> PeftAdapter.write(directory, Adapters.none()));
  }

  @Test
  void refusesWeightsOfOtherPlaces() throws IOException {
    PeftAdapter.write(directory, TestTensors.adapters(LAYOUT, 1, 3, 2, 1));
    AdapterLayout more = new AdapterLayout("model.layers.", 3, 3, LAYOUT.sites());
    AdapterLayout fewer = new AdapterLayout("model.layers.", 1, 3, LAYOUT.sites());
    assertEquals(
        "Expected a tensor base_model.model.model.layers.2.attn.qkv.lora_A.weight, found none among 16",
        assertThrows(AdapterMismatchException.class, () -> PeftAdapter.read(directory, more))
            .getMessage());
    assertTrue(
        assertThrows(AdapterMismatchException.class, () -> PeftAdapter.read(directory, fewer))
            .getMessage()
            .endsWith("found also base_model.model.model.layers.1.attn.qkv.lora_A.weight"));
  }

  @Test
  void refusesWhatIsNotPlainLora() throws IOException {
    PeftAdapter.write(directory, TestTensors.adapters(LAYOUT, 1, 3, 2, 1));
    replace("\"use_dora\" : false", "\"use_dora\" : true");
    assertEquals(
        "DIR/adapter_config.json: expected use_dora to be false, found true. Only plain LoRA can be read.",
        complaint());
    replace("\"use_dora\" : true", "\"use_dora\" : false");
    replace("\"LORA\"", "\"LOHA\"");
    assertEquals(
        "DIR/adapter_config.json: expected peft_type to be \"LORA\", found \"LOHA\". Only plain LoRA can be read.",
        complaint());
    Files.writeString(directory.resolve("adapter_config.json"), "{");
    assertTrue(complaint().startsWith("DIR/adapter_config.json: expected JSON, found"));
  }

  private String complaint() {
    return assertThrows(IOException.class, () -> PeftAdapter.read(directory, LAYOUT))
        .getMessage()
        .replace(directory.toString(), "DIR");
  }

  private void replace(String from, String to) throws IOException {
    Path file = directory.resolve("adapter_config.json");
    String text = Files.readString(file);
    assertTrue(text.contains(from), from);
    Files.writeString(file, text.replace(from, to));
  }
}
