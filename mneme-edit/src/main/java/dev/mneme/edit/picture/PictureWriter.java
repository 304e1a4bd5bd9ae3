package dev.mneme.edit.picture;

import dev.mneme.edit.picture.PictureException.Kind;
import dev.mneme.tensor.AtomicFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Writes PNG and JPEG files (quality 95, 4:4:4), whole or not at all. The same picture and
 * provenance give the same bytes. PNG keeps transparency; JPEG has none, so there it is laid on
 * white, which the returned notes say.
 */
public final class PictureWriter {
  private PictureWriter() {}

  /**
   * Writes a file in the format of its extension: {@code .png}, {@code .jpg} or {@code .jpeg}.
   *
   * @param provenance how the picture was made, in one text; {@link Provenance#read} gives it back;
   *     empty for none; at most 65 526 bytes of UTF-8 for JPEG
   * @return English sentences about what the format could not keep; usually none
   * @throws PictureException UNSUPPORTED for another extension, CANNOT_WRITE or DISK_FULL; then
   *     nothing was left behind and an older file of this name stands as it was
   */
  public static List<String> write(Path file, RasterImage image, String provenance)
      throws PictureException {
    return write(file, image, provenance, out -> out);
  }

  /** As {@link #write(Path, RasterImage, String)}, rounding to 8 bits. */
  public static List<String> write(Path file, Picture picture, String provenance)
      throws PictureException {
    return write(file, RasterImage.of(picture), provenance);
  }

  /**
   * @param tap sees all that is written
   */
  static List<String> write(
      Path file, RasterImage image, String provenance, UnaryOperator<OutputStream> tap)
      throws PictureException {
    PictureFormat format = formatFor(file);
    if (Files.isDirectory(file)) {
      throw cannotWrite(file, "found a folder of this name", null);
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw cannotWrite(file, "found no folder " + folder, null);
    }
    try {
      AtomicFiles.write(file, out -> encode(image, format, provenance, tap.apply(out)));
    } catch (IOException e) {
      if (AtomicFiles.isFullDisk(e)) {
        throw new PictureException(
            Kind.DISK_FULL,
            file.toString(),
            "expected room for the picture, found a full disk",
            "Free some space or choose another disk; no part of the file was left",
            e);
      }
      throw cannotWrite(
          file, "found " + e.getClass().getSimpleName() + " (" + e.getMessage() + ")", e);
    }
    return lost(image, format);
  }

  /** The format a file name asks for, known before any work is done. */
  public static PictureFormat formatFor(Path file) throws PictureException {
    return PictureFormat.ofName(file.getFileName() == null ? "" : file.getFileName().toString())
        .filter(PictureFormat::writable)
        .orElseThrow(
            () ->
                new PictureException(
                    Kind.UNSUPPORTED,
                    file.toString(),
                    "expected a name that ends in .png, .jpg or .jpeg, found '"
                        + file.getFileName()
                        + "'",
                    "Choose one of these endings for the result"));
  }

  /**
   * Writes the content of a file to a stream, which stays open.
   *
   * @param format {@link PictureFormat#PNG} or {@link PictureFormat#JPEG}
   * @throws IOException whatever the stream throws
   * @throws IllegalArgumentException for another format, or a provenance too long for JPEG
   */
  public static void encode(
      RasterImage image, PictureFormat format, String provenance, OutputStream out)
      throws IOException {
    switch (format) {
      case PNG -> PngEncoder.encode(image, provenance, out);
      case JPEG -> JpegEncoder.encode(image.onWhite(), provenance, out);
      default ->
          throw new IllegalArgumentException("Expected PNG or JPEG to write, found " + format);
    }
  }

  /** What a format cannot keep of a picture, as English sentences. */
  public static List<String> lost(RasterImage image, PictureFormat format) {
    return format == PictureFormat.JPEG && image.hasTransparency()
        ? List.of(
            "JPEG has no transparency: the picture was laid on white. Write a .png to keep it")
        : List.of();
  }

  private static PictureException cannotWrite(Path file, String found, IOException cause) {
    return new PictureException(
        Kind.CANNOT_WRITE,
        file.toString(),
        "expected a place where a picture can be written, " + found,
        "Create the folder, check its permissions, or choose another place",
        cause);
  }
}
