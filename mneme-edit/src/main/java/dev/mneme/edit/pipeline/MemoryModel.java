package dev.mneme.edit.pipeline;

import dev.mneme.edit.base.ModelException;
import dev.mneme.memory.GatedMemory;
import dev.mneme.memory.LinearGate;
import dev.mneme.memory.Memory;
import dev.mneme.memory.generator.CheckpointException;
import dev.mneme.memory.generator.FunctionalMemory;
import dev.mneme.tensor.safetensors.SafetensorsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The memory of a folder of models.
 *
 * @param written what writes weights, from {@code memory/}
 * @param memory the same behind the gate of {@code understanding/}, where there is one
 */
public record MemoryModel(FunctionalMemory written, Memory memory) {
  /** Inside {@code understanding/}. */
  public static final String GATE = "gate.safetensors";

  /**
   * Reads it.
   *
   * @throws ModelException if a file is corrupt or of another version, or the two do not fit
   */
  public static MemoryModel load(Path models) throws IOException {
    Path place = models.resolve("memory");
    FunctionalMemory written;
    try {
      written = FunctionalMemory.load(place);
    } catch (CheckpointException.TooNew | CheckpointException.TooOld e) {
      throw new ModelException(
          ModelException.Kind.OTHER_VERSION, place, "a parameter generator", e.getMessage(), e);
    } catch (CheckpointException | SafetensorsException e) {
      throw new ModelException(
          ModelException.Kind.CORRUPT, place, "a parameter generator", e.getMessage(), e);
    }
    Path gate = models.resolve("understanding").resolve(GATE);
    return new MemoryModel(written, Files.isRegularFile(gate) ? behind(gate, written) : written);
  }

  private static Memory behind(Path file, FunctionalMemory written) throws IOException {
    LinearGate gate;
    try {
      gate = LinearGate.load(file);
    } catch (IOException | IllegalArgumentException e) {
      throw new ModelException(
          ModelException.Kind.CORRUPT, file, "a gate", String.valueOf(e.getMessage()), e);
    }
    int reads = written.generator().config().inputDim();
    if (gate.width() != reads) {
      throw new ModelException(
          ModelException.Kind.CORRUPT,
          file,
          "a gate that reads %d values, as the memory does".formatted(reads),
          "one that reads " + gate.width(),
          null);
    }
    return new GatedMemory(written, gate);
  }
}
