package dev.mneme.edit.pipeline;

import dev.mneme.edit.base.EditorConfig;
import dev.mneme.edit.base.ModelException;
import dev.mneme.edit.text.Verdict;
import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.Condition;
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
 * it. What is asked for decides which of them writes, and what is added for that task alone.
 *
 * @param first writes whatever no other is for
 * @param others by the name of the task they are for
 * @param own LoRAs of single tasks, by name, each a batch of 1: added to what is written where one
 *     such task is heard and read in plain words
 */
public record Memories(Memory first, Map<String, Memory> others, Map<String, Adapters> own) {
  /** What the folder of the base is called, among models. */
  public static final String EDITOR = "editor";

  /** Where the first is kept in a folder of models; others are kept beside it, in memory-NAME. */
  public static final String FIRST = "memory";

  /** Where LoRAs of single tasks are kept in a folder of models, each in a folder of its name. */
  public static final String OWN = "tasks";

  /** Names of the tasks that a memory beside the first is for, a line each. */
  public static final String TASKS = "tasks.txt";

  public Memories {
    others = Map.copyOf(others);
    own = Map.copyOf(own);
  }

  /** One memory for everything. */
  public static Memories of(Memory only) {
    return new Memories(only, Map.of(), Map.of());
  }

  /**
   * Reads all memories of a folder of models.
   *
   * @param editor shape of the base that they write for
   * @throws NoSuchFileException if there is no first one
   * @throws ModelException if one is corrupt, of another version, or does not fit the editor or the
   *     first
   */
  public static Memories load(Path models, EditorConfig editor) throws IOException {
    FunctionalMemory first = one(models.resolve(FIRST), editor);
    AdapterLayout layout = editor.layout(first.layout().rank());
    Map<String, Memory> others = new LinkedHashMap<>();
    for (Path place : beside(models)) {
      FunctionalMemory other = MemoryModel.load(place);
      requireFit(other, layout, editor.width(), place);
      tasks(place).forEach(name -> others.put(name, other));
    }
    return new Memories(first, others, TaskLoras.load(models.resolve(OWN), layout));
  }

  /**
   * Reads one memory.
   *
   * @param editor shape of the base that it writes for
   * @throws ModelException if it is corrupt, of another version, or does not fit the editor
   */
  public static FunctionalMemory one(Path place, EditorConfig editor) throws IOException {
    FunctionalMemory memory = MemoryModel.load(place);
    requireFit(memory, editor.layout(memory.layout().rank()), editor.width(), place);
    return memory;
  }

  /**
   * Folders of a base, of its memories and of single tasks' LoRAs, as far as they are there, in the
   * order in which they are used.
   */
  public static List<Path> places(Path models) throws IOException {
    List<Path> places = new ArrayList<>();
    Stream.of(EDITOR, FIRST).map(models::resolve).filter(Files::isDirectory).forEach(places::add);
    places.addAll(beside(models));
    places.addAll(TaskLoras.places(models.resolve(OWN)));
    return places;
  }

  /** Folders of the memories beside the first, by name. */
  static List<Path> beside(Path models) throws IOException {
    try (Stream<Path> all = Files.list(models)) {
      return all.filter(Files::isDirectory)
          .filter(place -> place.getFileName().toString().startsWith(FIRST + "-"))
          .sorted()
          .toList();
    }
  }

  /**
   * Names of the tasks that a memory beside the first is for.
   *
   * @throws ModelException if it does not say
   */
  static List<String> tasks(Path place) throws IOException {
    Path tasks = place.resolve(TASKS);
    if (!Files.isRegularFile(tasks)) {
      throw new ModelException(
          ModelException.Kind.MISSING,
          tasks,
          "names of the tasks this memory is for, a line each",
          "no such file",
          null);
    }
    return Files.readString(tasks)
        .lines()
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private static void requireFit(FunctionalMemory memory, AdapterLayout layout, int width, Path at)
      throws ModelException {
    int reads = memory.generator().config().inputDim();
    if (!memory.layout().equals(layout.required()) || reads != width) {
      throw new ModelException(
          ModelException.Kind.CORRUPT,
          at,
          "a memory that reads %d values for %s".formatted(width, layout.describe()),
          "one that reads %d for %s; train it on this editor, and --from the first if it is to stand"
                  .formatted(reads, memory.layout().describe())
              + " beside it",
          null);
    }
  }

  /** The memory for a task. */
  public Memory of(String task) {
    return others.getOrDefault(task, first);
  }

  /** The memory for what was heard. */
  public Memory of(Verdict heard) {
    return of(heard.written());
  }

  /** The same memories, and nothing added to what they write. */
  public Memories alone() {
    return new Memories(first, others, Map.of());
  }

  /**
   * What is added where this was heard: the task's own LoRA, or nothing. It was learned with the
   * plain sentence that is then read, and is for no other; and from pictures that show what it
   * takes away, so it is added as far as this one does.
   */
  public Adapters own(Verdict heard) {
    return heard.plain().isEmpty() || heard.amiss() == 0
        ? Adapters.none()
        : own.getOrDefault(heard.likest(), Adapters.none()).scaledBy(heard.amiss());
  }

  /**
   * The weights for one request: what the memory for it writes, as much of that as it needs, and
   * what is the task's own.
   *
   * @param condition a batch of 1
   */
  public Adapters recall(Verdict heard, Condition condition) {
    return of(heard).recall(condition).scaledBy(heard.need()).plus(own(heard));
  }
}
