package dev.mneme.lab.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mneme.tensor.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finished parts of an experiment, one JSON file each: what is there is read back, what is not is
 * done. A file is written whole, so a part that was interrupted is done again from its start, or
 * from its training's checkpoint.
 */
public final class Cells {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  /**
   * @param folder made when the first part is finished
   */
  public Cells(Path folder) {
    this.folder = folder;
  }

  /** Does a part; may fail. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws IOException;
  }

  /** Whether a part is finished. */
  public boolean has(String name) {
    return Files.exists(folder.resolve(name + ".json"));
  }

  /**
   * The result of a part.
   *
   * @param name a file name without ending
   * @param type a record of numbers, strings, lists and maps
   * @param work asked only if the part is not finished
   * @throws IOException if the work fails, or its file cannot be written or read
   */
  public <T> T get(String name, Class<T> type, Work<T> work) throws IOException {
    Path file = folder.resolve(name + ".json");
    if (Files.exists(file)) {
      try {
        return JSON.readValue(file.toFile(), type);
      } catch (JsonProcessingException e) {
        throw new IOException(
            "%s: expected a finished part of an experiment, found something else (%s). Delete it to do that part again"
                .formatted(file, e.getOriginalMessage()),
            e);
      }
    }
    T result = work.run();
    Files.createDirectories(folder);
    AtomicFiles.writeString(
        file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(result) + "\n");
    return result;
  }
}
