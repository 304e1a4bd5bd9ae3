package dev.mneme.edit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelDigestsTest {
  /** SHA-256 of one zero byte begins with these digits. */
  private static final String ONE_ZERO = "6e340b9cffb3";

  @TempDir Path models;

  @Test
  void nameTheBaseAndEveryMemory() throws IOException {
    weights(Memories.EDITOR, 1);
    weights(Memories.FIRST, 1);

    ModelDigests digests = ModelDigests.of(models);

    assertEquals(new ModelDigests(ONE_ZERO, ONE_ZERO), digests);
  }

  @Test
  void sayWhichWeightsCannotBeRead() {
    assertThrows(NoSuchFileException.class, () -> ModelDigests.of(models));
  }

  private void weights(String model, long bytes) throws IOException {
    Path folder = Files.createDirectories(models.resolve(model));
    try (RandomAccessFile file =
        new RandomAccessFile(folder.resolve("model.safetensors").toFile(), "rw")) {
      file.setLength(bytes);
    }
  }
}
