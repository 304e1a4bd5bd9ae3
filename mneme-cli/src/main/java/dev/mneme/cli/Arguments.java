package dev.mneme.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * What stands on the command line beside the options.
 *
 * @param values in order
 * @param spec the command, for messages
 */
record Arguments(List<String> values, CommandSpec spec) {
  /**
   * The last argument, which is a sentence.
   *
   * @throws ParameterException if there is no photo before it, or it is a file
   */
  String sentence() {
    if (values.size() < 2) {
      throw misuse(
          "Expected a photo and a sentence, found "
              + (values.isEmpty() ? "neither." : "only '" + values.get(0) + "'."));
    }
    String last = values.get(values.size() - 1);
    try {
      if (!last.isBlank() && Files.exists(Path.of(last))) {
        throw misuse("Expected a sentence as the last argument, found the file '" + last + "'.");
      }
    } catch (InvalidPathException e) {
      // So it is no file.
    }
    return last;
  }

  /** Whether the last argument is a sentence: it is no file. */
  boolean saysSomething() {
    if (values.isEmpty()) {
      return false;
    }
    try {
      return !Files.exists(Path.of(values.get(values.size() - 1)));
    } catch (InvalidPathException e) {
      return true;
    }
  }

  /**
   * Arguments that are photos or folders of photos.
   *
   * @param before arguments before them
   * @param behind arguments behind them
   * @throws ParameterException if there are none
   */
  List<Path> photos(int before, int behind) {
    if (values.size() <= before + behind) {
      throw misuse("Expected a photo, found none.");
    }
    return values.subList(before, values.size() - behind).stream().map(this::path).toList();
  }

  /** A file name. */
  Path path(String value) {
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw misuse("Expected the name of a photo, found one that no file can have.");
    }
  }

  ParameterException misuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
