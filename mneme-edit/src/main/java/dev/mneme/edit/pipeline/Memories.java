package dev.mneme.edit.pipeline;

import dev.mneme.edit.base.ModelException;
import dev.mneme.edit.text.Understanding.Verdict;
import dev.mneme.memory.Memory;
import dev.mneme.memory.generator.FunctionalMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The memories of an editor: a first one, and any number that learned later tasks without touching
 * it. What is asked for decides which of them writes.
 *
 * @param first writes whatever no other is for
 * @param others by the name of the task they are for
 */
public record Memories(Memory first, Map<String, Memory> others) {
  /** Where the first is kept in a folder of models; others are kept beside it, in memory-NAME. */
  public static final String FIRST = "memory";

  /** Names of the tasks that a memory beside the first is for, a line each. */
  public static final String TASKS = "tasks.txt";

  public Memories {
    others = Map.copyOf(others);
  }

  /** One memory for everything. */
  public static Memories of(Memory only) {
    return new Memories(only, Map.of());
  }

  /**
   * Reads all memories of a folder of models.
   *
   * @throws NoSuchFileException if there is no first one
   * @throws ModelException if one is corrupt, of another version, or does not fit the first
   */
  public static Memories load(Path models) throws IOException {
    FunctionalMemory first = MemoryModel.load(models.resolve(FIRST));
    Map<String, Memory> others = new LinkedHashMap<>();
    for (Path place : beside(models)) {
      FunctionalMemory other = MemoryModel.load(place);
      requireFit(first, other, place);
      Path tasks = place.resolve(TASKS);
      if (!Files.isRegularFile(tasks)) {
        throw new ModelException(
            ModelException.Kind.MISSING,
            tasks,
            "names of the tasks this memory is for, a line each",
            "no such file",
            null);
      }
      Files.readString(tasks)
          .lines()
          .map(String::strip)
          .filter(name -> !name.isEmpty())
          .forEach(name -> others.put(name, other));
    }
    return new Memories(first, others);
  }

  /** Folders of the memories beside the first, by name. */
  static List<Path> beside(Path models) throws IOException {
    List<Path> places = new ArrayList<>();
    try (Stream<Path> all = Files.list(models)) {
      all.filter(Files::isDirectory)
          .filter(place -> place.getFileName().toString().startsWith(FIRST + "-"))
          .sorted()
          .forEach(places::add);
    }
    return places;
  }

  private static void requireFit(FunctionalMemory first, FunctionalMemory other, Path place)
      throws ModelException {
    if (!first.layout().equals(other.layout()) || reads(first) != reads(other)) {
      throw new ModelException(
          ModelException.Kind.CORRUPT,
          place,
          "a memory that reads %d values for %s, like the first"
              .formatted(reads(first), first.layout().describe()),
          "one that reads %d for %s; train it --from the first"
              .formatted(reads(other), other.layout().describe()),
          null);
    }
  }

  private static int reads(FunctionalMemory memory) {
    return memory.generator().config().inputDim();
  }

  /** The memory for a task. */
  public Memory of(String task) {
    return others.getOrDefault(task, first);
  }

  /** The memory for what was heard. */
  public Memory of(Verdict heard) {
    return of(heard.written());
  }
}
