package dev.mneme.edit.task;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads how people ask for a task.
 *
 * <p>The text has four sections, headed by the lines {@code [english]}, {@code [english held out]},
 * {@code [chinese]} and {@code [chinese held out]}, with one sentence a line. Blank lines and lines
 * beginning with # are ignored.
 */
public final class PhrasingsReader {
  /** Sections and the fewest sentences each may have. */
  private static final Map<String, Integer> LEAST =
      new TreeMap<>(
          Map.of(
              "[english]", 16, "[english held out]", 4, "[chinese]", 8, "[chinese held out]", 2));

  private PhrasingsReader() {}

  /** Those of Mneme's own tasks: read once, when the first of them is asked for. */
  private static final class Known {
    static final Map<EditTask, Phrasings> PHRASINGS =
        Stream.concat(EditTasks.all().stream(), EditTasks.untouched().stream())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), PhrasingsReader::read));
  }

  /**
   * How people ask for a task: a constant for tasks of {@link EditTasks}, read anew for others.
   *
   * @throws IllegalArgumentException as {@link #read}
   */
  public static Phrasings of(EditTask task) {
    Phrasings known = Known.PHRASINGS.get(task);
    return known != null ? known : read(task);
  }

  /**
   * Reads the resource {@link EditTask#phrasings()}, sought beside the task's own class so that a
   * task from elsewhere brings its own.
   *
   * @throws IllegalArgumentException if there is no such resource or it is malformed
   */
  static Phrasings read(EditTask task) {
    String resource = task.phrasings();
    try (InputStream in = task.getClass().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException(
            "Expected the phrasings of task '"
                + task.name()
                + "' in resource "
                + resource
                + ", found none; add it");
      }
      return parse(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Reading " + resource + " failed", e);
    }
  }

  /**
   * Reads phrasings from text.
   *
   * @param origin where the text comes from, for error messages
   * @throws IllegalArgumentException if a section is missing, unknown, repeated or too short, if a
   *     sentence stands before the first section, or if a sentence stands twice: held-out sentences
   *     must not be trained on
   */
  public static Phrasings parse(String origin, String text) {
    Map<String, List<String>> sections = new HashMap<>();
    Set<String> seen = new HashSet<>();
    List<String> current = null;
    int number = 0;
    for (String raw : text.lines().toList()) {
      number++;
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("[")) {
        current = open(sections, line, origin, number);
      } else if (current == null) {
        throw malformed(origin, number, "expected a section heading first, found '" + line + "'");
      } else if (!seen.add(line.toLowerCase(Locale.ROOT))) {
        throw malformed(origin, number, "expected every sentence once, found '" + line + "' again");
      } else {
        current.add(line);
      }
    }
    LEAST.forEach((heading, least) -> requireLength(sections, heading, least, origin));
    return new Phrasings(
        sections.get("[english]"),
        sections.get("[english held out]"),
        sections.get("[chinese]"),
        sections.get("[chinese held out]"));
  }

  private static List<String> open(
      Map<String, List<String>> sections, String heading, String origin, int number) {
    if (!LEAST.containsKey(heading)) {
      throw malformed(
          origin, number, "expected one of " + LEAST.keySet() + ", found '" + heading + "'");
    }
    List<String> sentences = new ArrayList<>();
    if (sections.put(heading, sentences) != null) {
      throw malformed(origin, number, "expected each section once, found '" + heading + "' again");
    }
    return sentences;
  }

  private static void requireLength(
      Map<String, List<String>> sections, String heading, int least, String origin) {
    int found = sections.getOrDefault(heading, List.of()).size();
    if (found < least) {
      throw new IllegalArgumentException(
          "%s: expected at least %d sentences under %s, found %d; add some"
              .formatted(origin, least, heading, found));
    }
  }

  private static IllegalArgumentException malformed(String origin, int line, String what) {
    return new IllegalArgumentException("%s line %d: %s".formatted(origin, line, what));
  }
}
