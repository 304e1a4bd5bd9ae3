package dev.mneme.learn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.tensor.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run was begun with, kept in its directory as {@value #NAME}: enough to understand its
 * curves years later, and to run it again.
 *
 * <p>Two runs are the same if {@code command}, {@code options}, {@code settings} and {@code data}
 * are. Where its files lie and who ran it may change: {@code paths} and {@code by} are not
 * compared.
 *
 * @param command which command, such as {@code learn}
 * @param options every option that is no path, given or by default, by its name
 * @param paths every option that is a path, absolute
 * @param settings what the options came to: schedule, shares of tasks, and so on; values as JSON
 *     has them
 * @param data digests and counts of what is learned from
 * @param by code and machine
 */
public record RunRecord(
    String command,
    Map<String, List<String>> options,
    Map<String, List<String>> paths,
    Map<String, Object> settings,
    Map<String, Object> data,
    Map<String, Object> by) {
  /** Name of the file inside a run's directory. */
  public static final String NAME = "run.json";

  private static final Logger LOG = LoggerFactory.getLogger(RunRecord.class);
  private static final String FORMAT = "format";
  private static final int VERSION = 1;
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

  /**
   * Begins a run, or goes on with it: writes {@value #NAME} if the directory has none, and else
   * requires that it describes this very run.
   *
   * @param directory of the run; made if it is not there
   * @throws OtherRunException if the directory belongs to another run
   * @throws IOException if the file cannot be read or written
   */
  public void begin(Path directory) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve(NAME);
    if (!Files.exists(file)) {
      write(directory);
      return;
    }
    RunRecord before = read(directory);
    List<String> differences = before.differences(this);
    if (!differences.isEmpty()) {
      throw new OtherRunException(file, differences);
    }
    if (!before.tree().get("by").equals(tree().get("by"))) {
      LOG.warn(
          "{} was begun by other code or on another machine: what follows may differ in the last bits",
          directory);
    }
  }

  /**
   * Writes {@value #NAME}, over an older one.
   *
   * @throws IOException if it cannot be written
   */
  public void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    AtomicFiles.writeString(
        directory.resolve(NAME), JSON.writeValueAsString(tree()) + System.lineSeparator());
  }

  /**
   * Reads the {@value #NAME} of a run.
   *
   * @throws NoSuchFileException if the directory has none
   * @throws IOException if it cannot be read, or was written by another version
   */
  public static RunRecord read(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    if (!Files.exists(file)) {
      throw new NoSuchFileException(
          file.toString(), null, "expected the description of a run, found nothing");
    }
    try {
      JsonNode tree = JSON.readTree(file.toFile());
      int format = tree.path(FORMAT).asInt();
      if (!(tree instanceof ObjectNode fields) || format != VERSION) {
        throw new IOException(
            "%s: expected a run of format %d, found %s. Read it with the version that wrote it."
                .formatted(file, VERSION, tree.path(FORMAT)));
      }
      fields.remove(FORMAT);
      return JSON.treeToValue(fields, RunRecord.class);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s: expected the description of a run, found %s. Restore it, or begin in another directory."
              .formatted(file, e.getOriginalMessage()),
          e);
    }
  }

  /** The same run, done by another program or machine. */
  public RunRecord by(Map<String, Object> other) {
    return new RunRecord(command, options, paths, settings, data, other);
  }

  /**
   * What makes another run of this one.
   *
   * @return one text a field: {@code settings.seed was 7, is 8}; none if both are the same run
   */
  public List<String> differences(RunRecord now) {
    Map<String, String> before = compared(tree());
    Map<String, String> after = compared(now.tree());
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      String was = before.getOrDefault(name, "not there");
      String is = after.getOrDefault(name, "not there");
      if (!was.equals(is)) {
        differences.add("%s was %s, is %s".formatted(name, was, is));
      }
    }
    return differences;
  }

  private static Map<String, String> compared(ObjectNode tree) {
    Map<String, String> flat = new TreeMap<>();
    for (String part : List.of("command", "options", "settings", "data")) {
      flatten(part, tree.get(part), flat);
    }
    return flat;
  }

  private static void flatten(String name, JsonNode node, Map<String, String> into) {
    if (node.isObject()) {
      node.fields().forEachRemaining(e -> flatten(name + "." + e.getKey(), e.getValue(), into));
    } else {
      into.put(name, node.toString());
    }
  }

  /** As it is read back, so that an int and a long of one value are the same. */
  private ObjectNode tree() {
    try {
      ObjectNode tree = JSON.createObjectNode().put(FORMAT, VERSION);
      Map<String, Object> fields =
          JSON.convertValue(this, new TypeReference<java.util.LinkedHashMap<String, Object>>() {});
      tree.setAll((ObjectNode) JSON.readTree(JSON.writeValueAsBytes(fields)));
      return tree;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Expected settings that JSON can hold, found " + e.getMessage(), e);
    }
  }
}
