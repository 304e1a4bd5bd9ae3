package dev.mneme.memory.generator;

import dev.mneme.tensor.AtomicFiles;
import dev.mneme.tensor.Scopes;
import dev.mneme.tensor.safetensors.ModelFiles;
import dev.mneme.tensor.safetensors.Safetensors;
import dev.mneme.tensor.safetensors.TensorSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A generator on disk: {@code config.json} and {@code model.safetensors}, or shards with an index.
 *
 * @param config shape
 * @param weights tensors by name, in file order, in the file's type
 * @param metadata free text of the safetensors header
 */
public record GeneratorCheckpoint(
    GeneratorConfig config, Map<String, Tensor> weights, Map<String, String> metadata) {
  private static final String CONFIG = "config.json";
  private static final String MODEL = "model.safetensors";

  /** Copies the maps, not the tensors. */
  public GeneratorCheckpoint {
    weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** A checkpoint of new weights. */
  public static GeneratorCheckpoint of(GeneratorConfig config, Map<String, Tensor> weights) {
    return new GeneratorCheckpoint(config, weights, Map.of("format", "pt"));
  }

  /** The same with copies of its weights in another type, such as half precision for a file. */
  public GeneratorCheckpoint in(ScalarType type) {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    weights.forEach(
        (name, weight) -> {
          Tensor copy = Scopes.call(() -> weight.detach().to(type, false, true, null));
          copy.retainReference();
          copies.put(name, copy);
        });
    return new GeneratorCheckpoint(config, copies, metadata);
  }

  /**
   * Reads a checkpoint. The tensors are mapped, not copied, and stay until released or collected.
   *
   * @param directory with {@code config.json} and the weights
   * @throws CheckpointException if it is no generator, of another format version, or a tensor is
   *     missing, unknown or of another shape
   * @throws IOException if a file cannot be read
   */
  public static GeneratorCheckpoint load(Path directory) throws IOException {
    Path file = directory.resolve(CONFIG);
    GeneratorConfig config = GeneratorConfigJson.read(file, Files.readString(file));
    Map<String, Tensor> weights = new LinkedHashMap<>();
    try (TensorSource source = ModelFiles.open(directory)) {
      for (String name : source.names()) {
        Tensor weight = source.tensor(name);
        weight.retainReference();
        weights.put(name, weight);
      }
      String complaint = GeneratorShapes.complaint(config, weights);
      if (complaint != null) {
        weights.values().forEach(Tensor::releaseReference);
        throw new CheckpointException.Corrupt(
            "%s: %s. The weights belong to another %s.".formatted(directory, complaint, CONFIG));
      }
      return new GeneratorCheckpoint(config, weights, source.metadata());
    }
  }

  /**
   * Writes the checkpoint, each file whole or not at all.
   *
   * @param directory made if it is not there
   * @throws IOException if the disk refuses
   */
  public void save(Path directory) throws IOException {
    Files.createDirectories(directory);
    Safetensors.write(directory.resolve(MODEL), weights, metadata);
    AtomicFiles.writeString(directory.resolve(CONFIG), GeneratorConfigJson.write(config));
  }
}
