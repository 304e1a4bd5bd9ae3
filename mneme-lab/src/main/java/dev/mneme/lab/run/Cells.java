package dev.mneme.lab.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.tensor.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finished parts of an experiment, one JSON file each: what is there is read back, what is not is
 * done. A file is written whole, so a part that was interrupted is done again from its start, or
 * from its training's checkpoint.
 */
public final class Cells {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String ENDING = ".json";

  /** Fields of parts that a clock or the machine's memory decides. */
  private static final Set<String> MEASURED =
      Set.of("cost", "latencyMillis", "seconds", "secondsPerStep");

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

  /**
   * Where another run's parts first differ from these, to the last bit of every number that is not
   * a clock's or the machine's.
   *
   * @return a text that names the part, what was expected and what was found; none if there is no
   *     difference
   * @throws IOException if a part cannot be read
   */
  public Optional<String> firstDifference(Cells other) throws IOException {
    SortedSet<String> names = names();
    names.addAll(other.names());
    for (String name : names) {
      Optional<String> parting = parting(name, repeatable(name), other.repeatable(name));
      if (parting.isPresent()) {
        return parting;
      }
    }
    return Optional.empty();
  }

  /** The first field or element that differs, for a part may hold thousands. */
  private static Optional<String> parting(String place, JsonNode mine, JsonNode theirs) {
    if (mine.equals(theirs)) {
      return Optional.empty();
    }
    if (mine.isObject() && theirs.isObject()) {
      SortedSet<String> fields = new TreeSet<>();
      mine.fieldNames().forEachRemaining(fields::add);
      theirs.fieldNames().forEachRemaining(fields::add);
      return fields.stream()
          .flatMap(f -> parting(place + "." + f, mine.path(f), theirs.path(f)).stream())
          .findFirst();
    }
    if (mine.isArray() && theirs.isArray() && mine.size() == theirs.size()) {
      return IntStream.range(0, mine.size())
          .boxed()
          .flatMap(i -> parting(place + "[" + i + "]", mine.get(i), theirs.get(i)).stream())
          .findFirst();
    }
    return Optional.of("%s, expected %s, found %s".formatted(place, said(mine), said(theirs)));
  }

  private static String said(JsonNode node) {
    return node.isMissingNode() ? "nothing" : node.toString();
  }

  /** How many parts are finished. */
  public int count() throws IOException {
    return names().size();
  }

  private SortedSet<String> names() throws IOException {
    if (!Files.isDirectory(folder)) {
      return new TreeSet<>();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ENDING))
          .map(name -> name.substring(0, name.length() - ENDING.length()))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** A part without what no two runs share; a missing node where it is not finished. */
  private JsonNode repeatable(String name) throws IOException {
    if (!has(name)) {
      return MissingNode.getInstance();
    }
    JsonNode part = read(folder.resolve(name + ENDING), JsonNode.class);
    if (part instanceof ObjectNode fields) {
      fields.remove(MEASURED);
    }
    return part;
  }

  /** Whether a part is finished. */
  public boolean has(String name) {
    return Files.exists(folder.resolve(name + ENDING));
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
    Path file = folder.resolve(name + ENDING);
    if (Files.exists(file)) {
      return read(file, type);
    }
    T result = work.run();
    Files.createDirectories(folder);
    AtomicFiles.writeString(
        file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(result) + "\n");
    return result;
  }

  private static <T> T read(Path file, Class<T> type) throws IOException {
    try {
      return JSON.readValue(file.toFile(), type);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s: expected a finished part of an experiment, found something else (%s). Delete it to do that part again"
              .formatted(file, e.getOriginalMessage()),
          e);
    }
  }
}
