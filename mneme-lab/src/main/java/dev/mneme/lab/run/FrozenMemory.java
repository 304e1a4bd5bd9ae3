package dev.mneme.lab.run;

import dev.mneme.edit.pipeline.Memories;
import dev.mneme.learn.FileDigest;
import dev.mneme.memory.Memory;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A memory that was trained before, to be looked into.
 *
 * @param memory writes adapters
 * @param sha256 of the files that it was read from
 */
public record FrozenMemory(Memory memory, String sha256) {
  /**
   * Reads a memory.
   *
   * @param editor the base that it writes for
   * @throws dev.mneme.edit.base.ModelException if anything is missing, corrupt or of another
   *     version, or the memory is for another base
   */
  public static FrozenMemory load(Path folder, FrozenEditor editor) throws IOException {
    Memory memory = Memories.one(folder, editor.config());
    return new FrozenMemory(memory, new FileDigest().addAll(folder).hex());
  }
}
