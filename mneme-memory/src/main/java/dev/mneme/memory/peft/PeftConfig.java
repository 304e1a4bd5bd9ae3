package dev.mneme.memory.peft;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The {@code adapter_config.json} of plain LoRA. */
final class PeftConfig {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private PeftConfig() {}

  static String write(int rank, double alpha, List<String> modules) {
    ObjectNode root = MAPPER.createObjectNode();
    root.putObject("alpha_pattern");
    root.putNull("auto_mapping").putNull("base_model_name_or_path");
    root.put("bias", "none").put("fan_in_fan_out", false).put("inference_mode", true);
    root.put("init_lora_weights", true).putNull("layers_to_transform").putNull("layers_pattern");
    if (alpha == Math.rint(alpha)) {
      root.put("lora_alpha", (long) alpha);
    } else {
      root.put("lora_alpha", alpha);
    }
    root.put("lora_dropout", 0.0).putNull("modules_to_save").put("peft_type", "LORA");
    root.put("r", rank).putObject("rank_pattern");
    root.putNull("revision");
    modules.forEach(root.putArray("target_modules")::add);
    root.putNull("task_type").put("use_dora", false).put("use_rslora", false);
    return root.toPrettyString();
  }

  /** alpha / r, or alpha / √r for rank-stabilised LoRA. */
  static double readScale(Path file, String text) throws IOException {
    JsonNode root;
    try {
      root = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IOException(file + ": expected JSON, found " + e.getOriginalMessage(), e);
    }
    require(file, root, "peft_type", root.path("peft_type").asText().equals("LORA"), "\"LORA\"");
    require(file, root, "r", root.path("r").asInt() > 0, "a rank ≥ 1");
    require(file, root, "lora_alpha", root.path("lora_alpha").isNumber(), "a number");
    require(file, root, "bias", root.path("bias").asText("none").equals("none"), "\"none\"");
    for (String flag : List.of("use_dora", "fan_in_fan_out", "lora_bias", "use_qalora")) {
      require(file, root, flag, !root.path(flag).asBoolean(false), "false");
    }
    for (String pattern : List.of("rank_pattern", "alpha_pattern", "modules_to_save")) {
      require(file, root, pattern, root.path(pattern).isEmpty(), "nothing");
    }
    int rank = root.get("r").asInt();
    double width = root.path("use_rslora").asBoolean(false) ? Math.sqrt(rank) : rank;
    return root.get("lora_alpha").asDouble() / width;
  }

  private static void require(
      Path file, JsonNode root, String field, boolean holds, String expected) throws IOException {
    if (!holds) {
      throw new IOException(
          "%s: expected %s to be %s, found %s. Only plain LoRA can be read."
              .formatted(file, field, expected, root.path(field)));
    }
  }
}
