package dev.mneme.edit.pipeline;

import dev.mneme.edit.base.ModelException;
import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.AdapterMismatchException;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.peft.PeftAdapter;
import dev.mneme.tensor.safetensors.SafetensorsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** LoRAs of single tasks on disk: PEFT directories, each named after its task. */
final class TaskLoras {
  private TaskLoras() {}

  /**
   * Reads those of a folder.
   *
   * @param folder may be missing
   * @param layout the places their weights must fill
   * @return by task, each a batch of 1; empty if there is no such folder
   * @throws ModelException if one is missing files, corrupt, or does not fit
   */
  static Map<String, Adapters> load(Path folder, AdapterLayout layout) throws IOException {
    Map<String, Adapters> loras = new LinkedHashMap<>();
    for (Path place : places(folder)) {
      loras.put(place.getFileName().toString(), read(place, layout));
    }
    return loras;
  }

  /** Where they are, by name; nowhere if there is no such folder. */
  static List<Path> places(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static Adapters read(Path place, AdapterLayout layout) throws IOException {
    for (String name : List.of("adapter_config.json", "adapter_model.safetensors")) {
      if (!Files.isRegularFile(place.resolve(name))) {
        throw new ModelException(
            ModelException.Kind.MISSING,
            place.resolve(name),
            "a file of a task's own LoRA",
            "no such file",
            null);
      }
    }
    try {
      return PeftAdapter.readPart(place, layout);
    } catch (AdapterMismatchException | SafetensorsException e) {
      throw corrupt(place, layout, e);
    } catch (IOException e) { // a configuration of something other than plain LoRA
      throw corrupt(place, layout, e);
    }
  }

  private static ModelException corrupt(Path place, AdapterLayout layout, Exception cause) {
    return new ModelException(
        ModelException.Kind.CORRUPT,
        place,
        "a LoRA for " + layout.describe(),
        cause.getMessage(),
        cause);
  }
}
