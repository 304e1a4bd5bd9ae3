package dev.mneme.edit.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.edit.text.TextStates.Encoder;
import dev.mneme.edit.text.Understanding.Judge;
import dev.mneme.edit.text.Understanding.Tasks;
import dev.mneme.memory.AdapterMismatchException;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.peft.PeftAdapter;
import dev.mneme.tensor.AtomicFiles;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Scopes;
import dev.mneme.tensor.safetensors.Safetensors;
import dev.mneme.tensor.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * An {@link Understanding} on disk: {@code config.json} and {@code model.safetensors}, and in a
 * folder for each listener that was taught its LoRA, as PEFT has it.
 */
final class UnderstandingModel {
  static final String CONFIG = "config.json";
  static final String WEIGHTS = "model.safetensors";
  private static final String PLAIN = "plain";
  private static final String TYPE = "mneme_understanding";
  private static final int FORMAT = 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Names of the encoders that are adapted. */
  private static final String ADAPTED = "adapted";

  private UnderstandingModel() {}

  static void save(Path folder, Tasks tasks, Map<Encoder, Judge> judges) throws IOException {
    Engine.start();
    ObjectNode json = JSON.createObjectNode();
    json.put("model_type", TYPE).put("format", FORMAT);
    json.set("tasks", JSON.valueToTree(tasks.names()));
    json.set("base_alone", JSON.valueToTree(new TreeSet<>(tasks.alone())));
    json.set("later", JSON.valueToTree(new TreeSet<>(tasks.later())));
    ObjectNode borders = json.putObject("borders");
    judges.forEach((encoder, judge) -> borders.put(name(encoder), judge.border()));
    ObjectNode plain = json.putObject(PLAIN);
    new TreeMap<>(tasks.plain())
        .forEach((e, said) -> plain.set(name(e), JSON.valueToTree(new TreeMap<>(said))));
    ArrayNode adapted = json.putArray(ADAPTED);
    Files.createDirectories(folder);
    for (Map.Entry<Encoder, Judge> e : judges.entrySet()) {
      Adapters adapters = e.getValue().reader().adapters();
      if (!adapters.isEmpty()) {
        adapted.add(name(e.getKey()));
        PeftAdapter.write(listener(folder, e.getKey()), adapters, ScalarType.Half);
      }
    }
    Scopes.run(
        () -> {
          Map<String, Tensor> tensors = new LinkedHashMap<>();
          judges.forEach(
              (encoder, judge) -> KernelRidgeTensors.put(tensors, name(encoder), judge.machine()));
          Safetensors.write(folder.resolve(WEIGHTS), tensors, Map.of("format", "pt"));
        });
    AtomicFiles.writeString(
        folder.resolve(CONFIG),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
  }

  static Understanding load(Path folder) throws IOException {
    Path file = folder.resolve(CONFIG);
    JsonNode json = parse(file);
    int format = json.path("format").asInt(-1);
    if (!json.path("model_type").asText().equals(TYPE) || format != FORMAT) {
      throw refused(
          file,
          "a %s of format %d".formatted(TYPE, FORMAT),
          "'%s' of format %d".formatted(json.path("model_type").asText(), format));
    }
    Tasks tasks = tasks(file, json);
    Engine.start();
    List<String> adapted = names(file, json, ADAPTED);
    Map<Encoder, Judge> judges = new EnumMap<>(Encoder.class);
    Path place = folder.resolve(WEIGHTS);
    try (SafetensorsFile weights = SafetensorsFile.open(place)) {
      for (Encoder encoder : Encoder.values()) {
        JsonNode border = json.path("borders").path(name(encoder));
        if (!border.isNumber()) {
          throw refused(file, "a number under 'borders', '" + name(encoder) + "'", "" + border);
        }
        KernelRidgeTensors source = new KernelRidgeTensors(place, weights, name(encoder));
        SentenceReader reader =
            adapted.contains(name(encoder))
                ? adapted(listener(folder, encoder), encoder)
                : SentenceReader.frozen();
        KernelRidge machine =
            source.read(Understanding.script(encoder), reader.width(encoder), tasks.count() + 1);
        judges.put(encoder, new Judge(reader, machine, border.asDouble()));
      }
    }
    return new Understanding(tasks, judges);
  }

  /** Where the LoRA of an encoder's listener is. */
  private static Path listener(Path folder, Encoder encoder) {
    return folder.resolve(encoder.listener().name().toLowerCase(Locale.ROOT));
  }

  private static SentenceReader adapted(Path folder, Encoder encoder) throws IOException {
    try {
      return SentenceReader.of(
          encoder, PeftAdapter.read(folder, SentenceBase.layoutOf(encoder.listener())));
    } catch (AdapterMismatchException e) {
      throw refused(folder, "an adapter of " + encoder.listener(), e.getMessage());
    }
  }

  private static Tasks tasks(Path file, JsonNode json) throws IOException {
    List<String> names = names(file, json, "tasks");
    List<String> alone = names(file, json, "base_alone");
    List<String> later = names(file, json, "later");
    if (names.isEmpty() || !names.containsAll(alone) || !names.containsAll(later)) {
      throw refused(
          file, "'base_alone' and 'later' among 'tasks'", alone + ", " + later + " and " + names);
    }
    return new Tasks(names, Set.copyOf(alone), Set.copyOf(later), plain(file, json, names));
  }

  private static Map<Encoder, Map<String, String>> plain(
      Path file, JsonNode json, List<String> names) throws IOException {
    Map<Encoder, Map<String, String>> plain = new EnumMap<>(Encoder.class);
    for (Encoder encoder : Encoder.values()) {
      Map<String, String> said = new TreeMap<>();
      for (Map.Entry<String, JsonNode> e : json.path(PLAIN).path(name(encoder)).properties()) {
        if (!names.contains(e.getKey()) || e.getValue().asText().isBlank()) {
          throw refused(file, "a sentence for a task under '" + PLAIN + "'", e.toString());
        }
        said.put(e.getKey(), e.getValue().asText());
      }
      plain.put(encoder, said);
    }
    return plain;
  }

  private static List<String> names(Path file, JsonNode json, String key) throws IOException {
    List<String> names = new ArrayList<>();
    for (JsonNode name : json.path(key)) {
      if (!name.isTextual()) {
        throw refused(file, "names under '" + key + "'", name.toString());
      }
      names.add(name.asText());
    }
    return names;
  }

  static IOException refused(Path file, String expected, String found) {
    return new IOException(
        "%s: expected %s, found %s. Fit it again with 'mneme understand --fit'"
            .formatted(file, expected, found));
  }

  private static JsonNode parse(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    try {
      return JSON.readTree(content);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s: expected a JSON object, found %s".formatted(file, e.getOriginalMessage()), e);
    }
  }

  private static String name(Encoder encoder) {
    return encoder.name().toLowerCase(Locale.ROOT);
  }
}
