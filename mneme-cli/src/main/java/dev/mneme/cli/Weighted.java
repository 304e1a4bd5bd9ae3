package dev.mneme.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A kept operator or memory and its share of a mixture.
 *
 * @param folder where it is kept
 * @param weight above 0, at most 2
 */
record Weighted(Path folder, double weight) {
  /**
   * Reads {@code a/:0.7,b/:0.3}.
   *
   * @param asked option or parameter that said so
   * @throws CommandException USAGE if it is something else
   */
  static List<Weighted> parse(String asked, String text) {
    List<Weighted> parts = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      int colon = part.lastIndexOf(':');
      try {
        double weight = Double.parseDouble(part.substring(colon + 1).strip());
        if (colon > 0 && weight > 0 && weight <= 2) {
          parts.add(new Weighted(Path.of(part.substring(0, colon).strip()), weight));
          continue;
        }
      } catch (NumberFormatException | InvalidPathException e) {
        // said below
      }
      throw new CommandException(
          ExitCode.USAGE,
          asked
              + ": expected FOLDER:WEIGHT,FOLDER:WEIGHT,… with weights above 0 and at most 2,"
              + " such as warm:0.7,film:0.3, found '"
              + part
              + "'");
    }
    return parts;
  }
}
