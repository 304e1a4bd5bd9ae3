package dev.mneme.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.tensor.Tensors;
import dev.mneme.tensor.safetensors.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
  private static final Path GOLDEN = Path.of("../mneme-memory/src/test/resources/golden");

  @TempDir Path folder;

  @Test
  void aGenerator() {
    requireLines(
        Ran.mneme("inspect", GOLDEN.resolve("experts-tiny")).ok().out(),
        "experts-tiny: a parameter generator",
        "reads: conditions of width 24",
        "tokens of a layer: 40 = 20 for lora_A + 20 for lora_B, each 4 x 32",
        "values for each condition: 8,768 over 2 layers",
        "model.layers.*.mlp.experts.w1",
        "model.blocks.{0..2}.self_attn_n.W_q.weight",
        "metadata format: pt");
  }

  @Test
  void tokensAndValuesOfAGenerator() throws IOException {
    // Rank 2 and tokens of 2 x 32 values.
    Models.write(folder);
    String text = Ran.mneme("inspect", folder.resolve("memory")).ok().out();
    // in:  32, 72, 32, 32, 32, 48, 32, 40 -> lora_A 2*in / 64:  1 + 3 + 1 + 1 + 1 + 2 + 1 + 2 = 12
    // out: 8, 32, 96, 32, 96, 32, 120, 3  -> lora_B 2*out / 64: 1 + 1 + 3 + 1 + 3 + 1 + 4 + 1 = 15
    requireLines(
        text,
        "tokens of a layer: 27 = 12 for lora_A + 15 for lora_B, each 2 x 32",
        "values for each condition: 2,956 over 2 layers",
        "writes: LoRA of rank 2, scale 2.0",
        "blocks.*.self_attn.qkv_proj");
  }

  @Test
  void anEditorAndAWholeModelsFolder() throws IOException {
    Models.write(folder);
    requireLines(
        Ran.mneme("inspect", folder).ok().out(),
        "editor: a base editor, format 3",
        "edits: tiles of 32 x 32 pixels",
        "blocks.{0..1}.mlp.down_proj.weight",
        "memory: a parameter generator");
  }

  @Test
  void anAdapter() throws IOException {
    Path models = Models.write(folder.resolve("models"));
    Path photo = PhotoFiles.write(folder.resolve("photo.png"));
    Path adapter = folder.resolve("adapter");
    Ran.mneme("edit", photo, "make it warmer", "--models", models, "--save-adapter", adapter).ok();
    requireLines(
        Ran.mneme("inspect", adapter).ok().out(),
        "adapter: a PEFT adapter (LORA)",
        "rank: 2",
        "alpha: 4",
        "sites: 16",
        "sentence: make it warmer",
        "base_model.model.blocks.{0..1}.mix.down_proj.lora_A.weight         F32   [2, 32]");
    requireLines(
        Ran.mneme("inspect", folder.resolve("photo.edited.png")).ok().out(),
        "a PNG picture",
        "size: 44 x 36",
        "sentence=\"make it warmer\"");
  }

  @Test
  void aTrainingCheckpoint() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    try (PointerScope scope = new PointerScope()) {
      tensors.put("a.0.weight", Tensors.fromFloats(new float[6], 2, 3));
      tensors.put("a.1.weight", Tensors.fromFloats(new float[6], 2, 3));
      tensors.put("moment.first.a.0.weight", Tensors.fromFloats(new float[6], 2, 3));
      Safetensors.write(folder.resolve("checkpoint.safetensors"), tensors, Map.of("step", "7"));
    }
    requireLines(
        Ran.mneme("inspect", folder).ok().out(),
        "a training checkpoint",
        "step: 7",
        "a.{0..1}.weight  F32   [2, 3]      2          12",
        "2 tensors, 12 parameters, 48 bytes",
        "1 tensors, 6 parameters, 24 bytes");
  }

  @Test
  void shardsAndPlainFiles() throws IOException {
    try (PointerScope scope = new PointerScope()) {
      Safetensors.write(
          folder.resolve("one.safetensors"),
          Map.of("x", Tensors.fromFloats(new float[1])),
          Map.of("made by", "a test"));
      Safetensors.write(
          folder.resolve("two.safetensors"),
          Map.of("y", Tensors.fromFloats(new float[1500], 1500)),
          Map.of());
    }
    requireLines(Ran.mneme("inspect", folder.resolve("one.safetensors")).ok().out(), "made by: a");
    requireLines(Ran.mneme("inspect", folder).ok().out(), "one.safetensors: ", "two.safetensors: ");
    Files.writeString(
        folder.resolve("model.safetensors.index.json"),
        "{\"weight_map\": {\"x\": \"one.safetensors\", \"y\": \"two.safetensors\"}}");
    requireLines(
        Ran.mneme("inspect", folder).ok().out(), "2 tensors, 1,501 parameters, 6.0 KB", "[1500]");
  }

  @Test
  void whatCannotBeExplained() throws IOException {
    Ran.mneme("inspect", folder).failed(ExitCode.UNSUPPORTED, "expected weights", "found none");
    Ran.mneme("inspect", folder.resolve("none")).failed(ExitCode.NOT_FOUND, "none");
    Ran.mneme("inspect", Files.writeString(folder.resolve("x.safetensors"), "hello"))
        .failed(ExitCode.MODEL_CORRUPT, "x.safetensors");
    Ran.mneme("inspect", Files.writeString(folder.resolve("x.png"), "hello"))
        .failed(ExitCode.NOT_A_PICTURE, "x.png");
    Ran.mneme("inspect").failed(ExitCode.USAGE, "PATH");
  }

  private static void requireLines(String text, String... parts) {
    for (String part : parts) {
      assertTrue(text.contains(part), () -> "expected '" + part + "' in:\n" + text);
    }
  }
}
