package dev.mneme.tensor.safetensors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the weights of a model by the Hugging Face convention. */
public final class ModelFiles {
  private static final String SINGLE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";

  private ModelFiles() {}

  /**
   * Opens a model's weights.
   *
   * @param path a safetensors file, an index file ({@code *.index.json}), or a directory that has
   *     {@code model.safetensors} or {@code model.safetensors.index.json} with its shards
   * @throws SafetensorsException if nothing of that is there or a file is not valid
   */
  public static TensorSource open(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return path.toString().endsWith(".index.json")
          ? ShardedSafetensors.open(path)
          : SafetensorsFile.open(path);
    }
    Path single = path.resolve(SINGLE);
    if (Files.exists(single)) {
      return SafetensorsFile.open(single);
    }
    Path index = path.resolve(INDEX);
    if (Files.exists(index)) {
      return ShardedSafetensors.open(index);
    }
    throw new SafetensorsException(
        path, null, SINGLE + " or " + INDEX + " in the directory", "neither");
  }
}
