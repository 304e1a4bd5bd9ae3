package dev.mneme.learn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.tensor.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The curves of a run: what {@code metrics.jsonl} says, without the seconds, which no two runs
 * share.
 *
 * @param lines one a logged interval, in order of steps
 */
public record RunCurves(List<JsonNode> lines) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECONDS = "seconds";

  /** What a finished run ended with, inside its directory. */
  public static final String RESULT = "result.json";

  public RunCurves {
    lines = List.copyOf(lines);
  }

  /**
   * Reads a run's curves.
   *
   * @throws IOException if there are none or a line is damaged
   */
  public static RunCurves of(Path directory) throws IOException {
    Path file = directory.resolve(Metrics.NAME);
    if (!Files.exists(file)) {
      throw new NoSuchFileException(
          file.toString(), null, "expected the curves of a run, found nothing");
    }
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      try {
        ObjectNode read = (ObjectNode) JSON.readTree(line);
        read.remove(SECONDS);
        lines.add(read);
      } catch (com.fasterxml.jackson.core.JsonProcessingException | ClassCastException e) {
        throw new IOException(
            "%s, line %d: expected a JSON object, found '%s'. Start the run again: it mends its curves."
                .formatted(file, lines.size() + 1, line),
            e);
      }
    }
    return new RunCurves(lines);
  }

  /**
   * Where another run's curves first part from these, to the last bit of every number.
   *
   * @return a text that names the step, what was expected and what was found; none if they are
   *     equal
   */
  public Optional<String> firstDifference(RunCurves other) {
    int both = Math.min(lines.size(), other.lines.size());
    for (int i = 0; i < both; i++) {
      if (!lines.get(i).equals(other.lines.get(i))) {
        return Optional.of(
            "line %d of the metrics, expected %s, found %s"
                .formatted(i + 1, lines.get(i), other.lines.get(i)));
      }
    }
    return lines.size() == other.lines.size()
        ? Optional.empty()
        : Optional.of(
            "expected %d lines of metrics, found %d".formatted(lines.size(), other.lines.size()));
  }

  /**
   * Says in the run's directory, as {@value #RESULT}, that it is finished and with what: its last
   * line of metrics.
   *
   * @throws IOException if it has no metrics, or the file cannot be written
   */
  public static void finish(Path directory) throws IOException {
    List<JsonNode> lines = of(directory).lines();
    JsonNode last = lines.isEmpty() ? JSON.createObjectNode() : lines.get(lines.size() - 1);
    AtomicFiles.writeString(directory.resolve(RESULT), last.toPrettyString() + "\n");
  }

  /** Whether the run in this directory has finished. */
  public static boolean finished(Path directory) {
    return Files.exists(directory.resolve(RESULT));
  }
}
