package dev.mneme.edit.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mneme.edit.base.ModelException;
import dev.mneme.edit.text.TextStates;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.peft.PeftAdapter;
import dev.mneme.tensor.AtomicFiles;
import dev.mneme.tensor.safetensors.SafetensorsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One edit as a thing of its own: the sentence that asked for it and the weights that were written
 * for it. It can be saved, read by PEFT, and applied to other pictures.
 */
public final class Operator implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REQUEST = "mneme.json";

  private final String sentence;
  private final TextStates states;
  private final Adapters adapters;

  Operator(String sentence, TextStates states, Adapters adapters) {
    this.sentence = sentence;
    this.states = states;
    this.adapters = adapters;
  }

  /** What was asked for. */
  public String sentence() {
    return sentence;
  }

  TextStates states() {
    return states;
  }

  /** The weights, a batch of one. */
  public Adapters adapters() {
    return adapters;
  }

  /** Fingerprint of the weights. */
  public String digest() {
    return adapters.digest();
  }

  /** Writes a PEFT directory with the sentence beside it. */
  public void save(Path directory) throws IOException {
    PeftAdapter.write(directory, adapters);
    AtomicFiles.writeString(
        directory.resolve(REQUEST),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(Map.of("sentence", sentence))
            + "\n");
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws ModelException if a file is missing or is not what it should be
   * @throws IOException if the adapter is something other than plain LoRA
   * @throws dev.mneme.memory.AdapterMismatchException if the weights do not fit the editor
   */
  public static Operator load(Path directory, Editor editor) throws IOException {
    Path request = directory.resolve(REQUEST);
    for (String name : List.of(REQUEST, "adapter_config.json", "adapter_model.safetensors")) {
      if (!Files.isRegularFile(directory.resolve(name))) {
        throw new ModelException(
            ModelException.Kind.MISSING,
            directory.resolve(name),
            "a file of a saved adapter",
            "no such file",
            null);
      }
    }
    try {
      JsonNode sentence = JSON.readTree(request.toFile()).path("sentence");
      if (!sentence.isTextual()) {
        throw new ModelException(
            ModelException.Kind.CORRUPT,
            request,
            "{\"sentence\": \"…\"}",
            sentence.toString(),
            null);
      }
      TextStates states = editor.encode(sentence.asText());
      return new Operator(sentence.asText(), states, PeftAdapter.read(directory, editor.layout()));
    } catch (JsonProcessingException e) {
      throw new ModelException(
          ModelException.Kind.CORRUPT, request, "a JSON object", e.getOriginalMessage(), e);
    } catch (SafetensorsException e) {
      throw new ModelException(
          ModelException.Kind.CORRUPT, directory, "readable weights", e.getMessage(), e);
    }
  }

  /** Frees the weights. */
  @Override
  public void close() {
    adapters.release();
  }
}
