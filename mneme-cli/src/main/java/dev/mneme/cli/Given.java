package dev.mneme.cli;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of a command line that was parsed, as texts by their names; what was left out and has
 * no default is not among them.
 *
 * @param options that are no path
 * @param paths absolute
 */
record Given(Map<String, List<String>> options, Map<String, List<String>> paths) {
  /**
   * @param spec the command, parsed
   * @param beside names of options that are left out
   */
  static Given of(CommandSpec spec, Set<String> beside) {
    Map<String, List<String>> options = new TreeMap<>();
    Map<String, List<String>> paths = new TreeMap<>();
    for (OptionSpec option : spec.options()) {
      Object value = option.getValue();
      String name = option.longestName();
      if (value == null || option.inherited() || beside.contains(name)) {
        continue;
      }
      List<?> values = value instanceof Collection<?> many ? List.copyOf(many) : List.of(value);
      boolean isPath = values.stream().anyMatch(Path.class::isInstance);
      List<String> texts = values.stream().map(Given::text).toList();
      if (!texts.isEmpty()) {
        (isPath ? paths : options).put(name, texts);
      }
    }
    return new Given(options, paths);
  }

  private static String text(Object value) {
    return value instanceof Path path
        ? path.toAbsolutePath().normalize().toString()
        : value.toString();
  }
}
