package dev.mneme.edit.picture;

import java.util.List;
import java.util.Optional;

/**
 * A picture that was read.
 *
 * @param image pixels, turned the way they are to be shown
 * @param format what the file was by its content
 * @param provenance what {@link PictureWriter} wrote into the file, if it did
 * @param notes English sentences about what was left out of the file, such as further frames;
 *     usually none
 */
public record PictureFile(
    RasterImage image, PictureFormat format, Optional<String> provenance, List<String> notes) {
  public PictureFile {
    notes = List.copyOf(notes);
  }
}
