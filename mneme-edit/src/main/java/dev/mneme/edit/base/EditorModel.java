package dev.mneme.edit.base;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.tensor.AtomicFiles;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Scopes;
import dev.mneme.tensor.safetensors.Safetensors;
import dev.mneme.tensor.safetensors.SafetensorsException;
import dev.mneme.tensor.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** A base editor on disk: {@code config.json} and {@code model.safetensors}. */
public final class EditorModel {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TYPE = "mneme_editor";
  private static final String WEIGHTS = "model.safetensors";

  private EditorModel() {}

  /**
   * Writes a base.
   *
   * @param precision matrices are written in this precision; vectors and the lens' whitening stay
   *     fp32
   */
  public static void save(
      Path directory, EditorConfig config, Map<String, Tensor> weights, Precision precision)
      throws IOException {
    EditorWeights.check(config, weights);
    Files.createDirectories(directory);
    ObjectNode json = JSON.createObjectNode();
    json.put("model_type", TYPE).put("format", EditorConfig.FORMAT);
    json.setAll((ObjectNode) JSON.valueToTree(config));
    Scopes.run(
        () -> {
          Map<String, Tensor> stored = new LinkedHashMap<>();
          for (String name : EditorWeights.shapes(config).keySet()) {
            Tensor w = weights.get(name).detach();
            boolean exact = w.dim() == 1 || name.equals(EditorWeights.WHITENING);
            stored.put(name, exact ? w : w.to(precision.scalarType()));
          }
          Safetensors.write(directory.resolve(WEIGHTS), stored, Map.of("format", "pt"));
        });
    AtomicFiles.writeString(
        directory.resolve("config.json"),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
  }

  /**
   * Reads the shape of a base.
   *
   * @throws ModelException if it is missing, corrupt or of another version
   */
  public static EditorConfig config(Path directory) throws IOException {
    Path file = directory.resolve("config.json");
    if (!Files.isRegularFile(file)) {
      throw new ModelException(
          ModelException.Kind.MISSING, file, "a base editor's configuration", "no such file", null);
    }
    try {
      JsonNode json = JSON.readTree(file.toFile());
      if (!TYPE.equals(json.path("model_type").asText())) {
        throw corrupt(
            file, "model_type \"" + TYPE + "\"", json.path("model_type").toString(), null);
      }
      int format = json.path("format").asInt(-1);
      if (format != EditorConfig.FORMAT) {
        throw new ModelException(
            ModelException.Kind.OTHER_VERSION,
            file,
            "format " + EditorConfig.FORMAT,
            "format %d; use the %s release of Mneme or retrain"
                .formatted(format, format > EditorConfig.FORMAT ? "newer" : "older"),
            null);
      }
      ObjectNode shape = (ObjectNode) json;
      shape.remove("model_type");
      shape.remove("format");
      return JSON.treeToValue(shape, EditorConfig.class);
    } catch (JsonProcessingException e) {
      throw corrupt(file, "a base editor's configuration", e.getOriginalMessage(), e);
    }
  }

  /**
   * Reads a base for training or for measuring gradients: fp32 copies, in file order.
   *
   * @throws ModelException if weights are missing, corrupt or of another shape
   */
  public static Map<String, Tensor> weights(Path directory, EditorConfig config)
      throws IOException {
    Path file = directory.resolve(WEIGHTS);
    if (!Files.isRegularFile(file)) {
      throw new ModelException(
          ModelException.Kind.MISSING, file, "a base editor's weights", "no such file", null);
    }
    try (SafetensorsFile source = SafetensorsFile.open(file)) {
      Map<String, Tensor> weights = new LinkedHashMap<>();
      for (String name : source.names()) {
        Tensor copy =
            Scopes.call(
                () ->
                    source
                        .tensor(name)
                        .to(org.bytedeco.pytorch.global.torch.ScalarType.Float, false, true, null));
        copy.retainReference();
        weights.put(name, copy);
      }
      EditorWeights.check(config, weights);
      return weights;
    } catch (SafetensorsException e) {
      throw corrupt(file, "readable weights", e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw corrupt(file, "the weights that config.json asks for", e.getMessage(), e);
    }
  }

  /**
   * Reads a frozen base for editing.
   *
   * @param rank rank of the adapters it will be given
   * @throws ModelException if anything is missing, corrupt or of another version
   */
  public static EditorBase load(Path directory, int rank) throws IOException {
    EditorConfig config = config(directory);
    return new EditorBase(config, rank, weights(directory, config), false);
  }

  private static ModelException corrupt(Path file, String expected, String found, Throwable cause) {
    return new ModelException(ModelException.Kind.CORRUPT, file, expected, found, cause);
  }
}
