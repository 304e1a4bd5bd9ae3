package dev.mneme.edit.pipeline;

import dev.mneme.edit.base.ModelException;
import dev.mneme.memory.generator.CheckpointException;
import dev.mneme.memory.generator.FunctionalMemory;
import dev.mneme.tensor.safetensors.SafetensorsException;
import java.io.IOException;
import java.nio.file.Path;

/** A memory of an editor on disk: a parameter generator in the published format. */
final class MemoryModel {
  private MemoryModel() {}

  /**
   * Reads it for recall.
   *
   * @throws ModelException if it is corrupt or of another version
   */
  static FunctionalMemory load(Path place) throws IOException {
    try {
      return FunctionalMemory.load(place);
    } catch (CheckpointException.TooNew | CheckpointException.TooOld e) {
      throw new ModelException(
          ModelException.Kind.OTHER_VERSION, place, "a parameter generator", e.getMessage(), e);
    } catch (CheckpointException | SafetensorsException e) {
      throw new ModelException(
          ModelException.Kind.CORRUPT, place, "a parameter generator", e.getMessage(), e);
    }
  }
}
