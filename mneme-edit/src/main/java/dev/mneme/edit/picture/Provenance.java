package dev.mneme.edit.picture;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The note on how a picture was made, kept inside the picture file: PNG text of key {@code mneme},
 * JPEG comment.
 */
public final class Provenance {
  private Provenance() {}

  /**
   * What {@link PictureWriter} wrote into a file.
   *
   * @return empty if the file has no such note
   * @throws PictureException if the file is no whole picture
   */
  public static Optional<String> read(Path file) throws PictureException {
    return new PictureReader().facts(file).provenance();
  }
}
