package dev.mneme.edit.words;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Rules from a resource: lines under headings in brackets. Lines {@code name = text} under {@code
 * [define]} give texts that stand for {@code {name}} in all lines after them. Blank lines and lines
 * beginning with # are ignored.
 */
final class RuleFile {
  private static final String DEFINE = "define";
  private static final Pattern HEADING = Pattern.compile("\\[([a-z ]+)]");

  private final String origin;
  private final Map<String, List<String>> sections;

  private RuleFile(String origin, Map<String, List<String>> sections) {
    this.origin = origin;
    this.sections = sections;
  }

  /** Reads a resource beside this class. */
  static RuleFile read(String resource) {
    try (InputStream in = RuleFile.class.getResourceAsStream(resource)) {
      return parse(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Reading " + resource + " failed", e);
    }
  }

  static RuleFile parse(String origin, String text) {
    Map<String, List<String>> sections = new HashMap<>();
    Map<String, String> defined = new LinkedHashMap<>();
    String heading = null;
    for (String line : text.lines().toList()) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      var found = HEADING.matcher(line);
      if (found.matches()) {
        heading = found.group(1);
        sections.put(heading, new ArrayList<>());
        continue;
      }
      String whole = line;
      for (Map.Entry<String, String> entry : defined.entrySet()) {
        whole = whole.replace("{" + entry.getKey() + "}", entry.getValue());
      }
      int equals = whole.indexOf(" = ");
      if (heading == null || (heading.equals(DEFINE) && equals < 0)) {
        throw new IllegalArgumentException(
            origin + ": expected a heading, or name = text under [define], found '" + line + "'");
      } else if (heading.equals(DEFINE)) {
        defined.put(whole.substring(0, equals), whole.substring(equals + 3));
      } else {
        sections.get(heading).add(whole);
      }
    }
    return new RuleFile(origin, sections);
  }

  /**
   * The lines under a heading.
   *
   * @throws IllegalArgumentException if there is no such heading
   */
  List<String> section(String heading) {
    List<String> lines = sections.get(heading);
    if (lines == null) {
      throw new IllegalArgumentException(
          "%s: expected [%s], found %s".formatted(origin, heading, sections.keySet()));
    }
    return lines;
  }

  /** What any line under a heading finds. */
  Pattern any(String heading) {
    return pattern(String.join("|", section(heading)));
  }

  static Pattern pattern(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }
}
