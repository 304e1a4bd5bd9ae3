package dev.mneme.edit.object;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.edit.base.ModelException;
import dev.mneme.edit.base.ModelException.Kind;
import dev.mneme.tensor.AtomicFiles;
import dev.mneme.tensor.Scopes;
import dev.mneme.tensor.safetensors.Safetensors;
import dev.mneme.tensor.safetensors.SafetensorsException;
import dev.mneme.tensor.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A {@link FinderNet} on disk: {@code config.json} and {@code model.safetensors}. */
final class FinderModel {
  static final String CONFIG = "config.json";
  static final String WEIGHTS = "model.safetensors";
  private static final String KNOWN = "known.names";
  private static final String TYPE = "mneme_objects";
  private static final ObjectMapper JSON = new ObjectMapper();

  private FinderModel() {}

  /**
   * A net for use.
   *
   * @param known what stands for all names that it was taught, [V, E]
   */
  record Trained(FinderNet net, Tensor known) {}

  /**
   * Writes a net, its matrices in bf16.
   *
   * @param known what stands for all names that it was taught, [V, E]
   */
  static void save(Path folder, FinderNet net, Tensor known) throws IOException {
    Files.createDirectories(folder);
    ObjectNode json = JSON.createObjectNode();
    json.put("model_type", TYPE).put("format", FinderConfig.FORMAT);
    json.setAll((ObjectNode) JSON.valueToTree(net.config()));
    json.remove("cells");
    Scopes.run(
        () -> {
          Map<String, Tensor> stored = new LinkedHashMap<>();
          net.weights()
              .forEach(
                  (name, w) -> {
                    Tensor plain = w.detach();
                    stored.put(name, w.dim() == 1 ? plain : plain.to(ScalarType.BFloat16));
                  });
          stored.put(KNOWN, known.detach());
          Safetensors.write(folder.resolve(WEIGHTS), stored, Map.of("format", "pt"));
        });
    AtomicFiles.writeString(
        folder.resolve(CONFIG),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
  }

  /**
   * Reads a net for use, in fp32.
   *
   * @throws ModelException if it is missing, corrupt or of another version
   */
  static Trained load(Path folder) throws IOException {
    FinderConfig config = config(folder.resolve(CONFIG));
    Path place = folder.resolve(WEIGHTS);
    if (!Files.isRegularFile(place)) {
      throw new ModelException(Kind.MISSING, place, "a finder's weights", "no such file", null);
    }
    try (SafetensorsFile file = SafetensorsFile.open(place)) {
      Map<String, Tensor> weights = new LinkedHashMap<>();
      for (Map.Entry<String, long[]> each : FinderWeights.shapes(config).entrySet()) {
        long[] found = file.info(each.getKey()).sizes();
        if (!Arrays.equals(found, each.getValue())) {
          throw new ModelException(
              Kind.CORRUPT,
              place,
              each.getKey() + " of " + Arrays.toString(each.getValue()),
              "one of " + Arrays.toString(found),
              null);
        }
        weights.put(each.getKey(), copy(file, each.getKey()));
      }
      long[] names = file.info(KNOWN).sizes();
      if (names.length != 2 || names[1] != config.embedding()) {
        throw new ModelException(
            Kind.CORRUPT,
            place,
            KNOWN + " of [names, " + config.embedding() + "]",
            "one of " + Arrays.toString(names),
            null);
      }
      return new Trained(new FinderNet(config, weights), copy(file, KNOWN));
    } catch (SafetensorsException e) {
      throw new ModelException(Kind.CORRUPT, place, "readable weights", e.getMessage(), e);
    }
  }

  private static Tensor copy(SafetensorsFile file, String name) throws IOException {
    Tensor copy = Scopes.call(() -> file.tensor(name).to(ScalarType.Float, false, true, null));
    copy.retainReference();
    return copy;
  }

  private static FinderConfig config(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new ModelException(Kind.MISSING, file, "a finder of objects", "no such file", null);
    }
    try {
      JsonNode json = JSON.readTree(file.toFile());
      int format = json.path("format").asInt(-1);
      if (!json.path("model_type").asText().equals(TYPE) || format != FinderConfig.FORMAT) {
        throw new ModelException(
            json.path("model_type").asText().equals(TYPE) ? Kind.OTHER_VERSION : Kind.CORRUPT,
            file,
            "a %s of format %d".formatted(TYPE, FinderConfig.FORMAT),
            "'%s' of format %d".formatted(json.path("model_type").asText(), format),
            null);
      }
      return new FinderConfig(
          json.path("side").asInt(), json.path("width").asInt(), json.path("embedding").asInt());
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new ModelException(Kind.CORRUPT, file, "a finder's shape", e.getMessage(), e);
    }
  }
}
