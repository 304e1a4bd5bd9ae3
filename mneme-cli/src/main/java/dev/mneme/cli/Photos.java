package dev.mneme.cli;

import dev.mneme.edit.picture.PictureFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** From what stands on the command line to the photos that are meant. */
final class Photos {
  /** Ends the stem of an edited picture's name. */
  static final String EDITED = ".edited";

  /** Ends the stem of a side-by-side picture's name. */
  static final String COMPARED = ".compare";

  private Photos() {}

  /**
   * Every photo once, in the order given, folders by name.
   *
   * @throws CommandException EMPTY if a folder has no pictures
   */
  static List<Path> expand(List<Path> arguments) throws IOException {
    Map<Path, Path> photos = new LinkedHashMap<>();
    for (Path argument : arguments) {
      for (Path photo : Files.isDirectory(argument) ? inside(argument) : List.of(argument)) {
        photos.putIfAbsent(identity(photo), photo);
      }
    }
    return List.copyOf(photos.values());
  }

  /** The pictures of a folder by their extension, without what earlier edits left there. */
  private static List<Path> inside(Path folder) throws IOException {
    List<Path> photos = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.filter(Photos::isPhoto).sorted().forEach(photos::add);
    }
    if (photos.isEmpty()) {
      throw new CommandException(
          ExitCode.EMPTY,
          folder
              + ": expected a folder with .jpg, .jpeg, .png, .webp or .gif files, found none."
              + " Name another folder");
    }
    return photos;
  }

  private static boolean isPhoto(Path file) {
    String name = file.getFileName().toString();
    String stem = stem(name);
    return PictureFormat.ofName(name).isPresent()
        && !name.startsWith(".")
        && !stem.endsWith(EDITED)
        && !stem.endsWith(COMPARED)
        && Files.isRegularFile(file);
  }

  /** A file name without its extension. */
  static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name : name.substring(0, dot);
  }

  /** The same for all names of one file, whether it exists or not. */
  static Path identity(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    try {
      return absolute.toRealPath();
    } catch (IOException notThere) {
      try {
        return absolute.getParent().toRealPath().resolve(absolute.getFileName());
      } catch (IOException | NullPointerException noFolder) {
        return absolute;
      }
    }
  }
}
