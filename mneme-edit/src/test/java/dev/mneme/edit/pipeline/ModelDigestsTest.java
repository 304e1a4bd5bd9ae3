package dev.mneme.edit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelDigestsTest {
  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

  /** SHA-256 of one zero byte begins with these digits. */
  private static final String ONE_ZERO = "6e340b9cffb3";

  @TempDir Path models;

  @Test
  void nameTheBaseAndEveryMemory() throws IOException {
    weights(Memories.EDITOR, 1);
    weights(Memories.FIRST, 1);

    ModelDigests digests = ModelDigests.after(DONE, models).get();

    assertEquals(new ModelDigests(ONE_ZERO, ONE_ZERO), digests);
  }

  @Test
  void areComputedBesideTheCallersWork() throws IOException {
    weights(Memories.EDITOR, 1);
    weights(Memories.FIRST, 1 << 28); // far from done when the next line asks

    ModelDigests.Pending pending = ModelDigests.after(DONE, models);

    assertFalse(pending.future().isDone());
    pending.get();
  }

  @Test
  void sayWhichWeightsCannotBeRead() {
    assertThrows(NoSuchFileException.class, () -> ModelDigests.after(DONE, models).get());
  }

  private void weights(String model, long bytes) throws IOException {
    Path folder = Files.createDirectories(models.resolve(model));
    try (RandomAccessFile file =
        new RandomAccessFile(folder.resolve("model.safetensors").toFile(), "rw")) {
      file.setLength(bytes);
    }
  }
}
