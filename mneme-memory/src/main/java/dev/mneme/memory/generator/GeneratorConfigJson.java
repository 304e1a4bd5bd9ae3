package dev.mneme.memory.generator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads and writes {@code config.json}, field for field as published. */
final class GeneratorConfigJson {
  static final String MODEL_TYPE = "parameter_generator";

  /** Absent means the published format, which is version 1. */
  static final String FORMAT_FIELD = "mneme_format";

  private static final int FORMAT = 1;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private GeneratorConfigJson() {}

  static GeneratorConfig read(Path file, String text) throws CheckpointException {
    JsonNode root = parse(file, text);
    JsonNode type = root.path("model_type");
    if (!type.asText().equals(MODEL_TYPE)) {
      throw new CheckpointException.Corrupt(
          "%s: expected model_type \"%s\", found %s. This directory holds another kind of model."
              .formatted(file, MODEL_TYPE, type.isMissingNode() ? "none" : type));
    }
    requireFormat(file, root.path(FORMAT_FIELD));
    Fields fields = new Fields(file, root);
    try {
      return new GeneratorConfig(
          fields.integer("token_dim"),
          fields.integer("rank"),
          fields.take("alpha", JsonNode::isNumber, "a number").asDouble(),
          fields.integer("input_dim"),
          fields.integer("dim_accumulation"),
          fields.integer("d_model"),
          fields.integer("head_dim"),
          fields.integer("num_base_model_layers"),
          fields.integer("output_dim"),
          fields.integer("num_pg_layers"),
          fields.take("prefix", JsonNode::isTextual, "a text").asText(),
          fields.take("pg_mapping", JsonNode::isObject, "an object"),
          fields.rest());
    } catch (IllegalArgumentException e) {
      throw new CheckpointException.Corrupt(file + ": " + e.getMessage());
    }
  }

  static String write(GeneratorConfig config) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("token_dim", config.tokenDim()).put("rank", config.rank());
    if (config.alpha() == Math.rint(config.alpha())) {
      root.put("alpha", (long) config.alpha());
    } else {
      root.put("alpha", config.alpha());
    }
    root.put("input_dim", config.inputDim())
        .put("dim_accumulation", config.dimAccumulation())
        .put("d_model", config.dModel())
        .put("head_dim", config.headDim())
        .put("num_base_model_layers", config.numBaseModelLayers())
        .put("output_dim", config.outputDim())
        .put("num_pg_layers", config.numPgLayers())
        .put("prefix", config.prefix());
    root.set("pg_mapping", config.pgMapping());
    root.put("model_type", MODEL_TYPE);
    config.extras().forEach(root::set);
    try {
      return MAPPER.writer(pythonStyle()).writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of numbers and texts can always be written", e);
    }
  }

  private static JsonNode parse(Path file, String text) throws CheckpointException {
    try {
      JsonNode root = MAPPER.readTree(text);
      if (root.isObject()) {
        return root;
      }
      throw new CheckpointException.Corrupt(file + ": expected a JSON object, found " + root);
    } catch (JsonProcessingException e) {
      throw new CheckpointException.Corrupt(
          file + ": expected JSON, found " + e.getOriginalMessage());
    }
  }

  private static void requireFormat(Path file, JsonNode found) throws CheckpointException {
    if (found.isMissingNode()) {
      return;
    }
    if (!found.isInt()) {
      throw new CheckpointException.Corrupt(
          "%s: expected an integer %s, found %s".formatted(file, FORMAT_FIELD, found));
    }
    if (found.asInt() > FORMAT) {
      throw new CheckpointException.TooNew(
          "%s: expected format %d, found %d, written by a newer version. Update this program."
              .formatted(file, FORMAT, found.asInt()));
    }
    if (found.asInt() < FORMAT) {
      throw new CheckpointException.TooOld(
          "%s: expected format %d, found %d, which is no longer read. Convert it with the version that wrote it."
              .formatted(file, FORMAT, found.asInt()));
    }
  }

  /**
   * Two spaces and {@code "key": value}, as Python writes it, so that a saved file differs little.
   */
  private static DefaultPrettyPrinter pythonStyle() {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    return new DefaultPrettyPrinter()
        .withSeparators(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
        .withObjectIndenter(indenter)
        .withArrayIndenter(indenter);
  }

  /** The fields of a configuration, each taken once; what is left is unknown. */
  private static final class Fields {
    private final Path file;
    private final Map<String, JsonNode> left = new LinkedHashMap<>();

    Fields(Path file, JsonNode root) {
      this.file = file;
      root.properties().forEach(e -> left.put(e.getKey(), e.getValue()));
      left.remove("model_type");
    }

    int integer(String name) throws CheckpointException {
      return take(name, JsonNode::isInt, "an integer").asInt();
    }

    JsonNode take(String name, java.util.function.Predicate<JsonNode> fits, String expected)
        throws CheckpointException {
      JsonNode value = left.remove(name);
      if (value == null || !fits.test(value)) {
        throw new CheckpointException.Corrupt(
            "%s: expected %s as %s, found %s"
                .formatted(file, expected, name, value == null ? "no such field" : value));
      }
      return value;
    }

    Map<String, JsonNode> rest() {
      return left;
    }
  }
}
