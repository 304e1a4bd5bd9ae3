package dev.mneme.edit.picture;

import dev.mneme.edit.picture.PictureException.Kind;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Picture files that can be read, and which of them can be written. */
public enum PictureFormat {
  JPEG("image/jpeg", "jpg"),
  PNG("image/png", "png"),
  WEBP("image/webp", "webp"),
  GIF("image/gif", "gif");

  private static final String CONVERT = "Convert it to JPEG, PNG, WebP or GIF first";

  /** Beginnings of files people take for readable; the message should say what they have. */
  private static final Map<String, String> KNOWN_BUT_NOT_READ =
      Map.of(
          "BM", "a BMP picture",
          "II*\0", "a TIFF or raw camera picture",
          "MM\0*", "a TIFF or raw camera picture",
          "8BPS", "a Photoshop document",
          "%PDF", "a PDF document",
          "\0\0\1\0", "an icon",
          "<svg", "an SVG drawing");

  private final String mediaType;
  private final String extension;

  PictureFormat(String mediaType, String extension) {
    this.mediaType = mediaType;
    this.extension = extension;
  }

  /** Such as {@code image/png}. */
  public String mediaType() {
    return mediaType;
  }

  /** Without a dot, such as {@code png}. */
  public String extension() {
    return extension;
  }

  /** Whether {@link PictureWriter} writes it. */
  public boolean writable() {
    return this == JPEG || this == PNG;
  }

  /** The format that the extension of a file name stands for. */
  public static Optional<PictureFormat> ofName(String fileName) {
    String end = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    for (PictureFormat format : values()) {
      if (fileName.contains(".")
          && (end.equals(format.extension) || (format == JPEG && end.equals("jpeg")))) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /** The format by content: extensions lie. */
  static PictureFormat ofContent(FileBytes file) throws PictureException {
    if (file.is(0, "\u00ff\u00d8\u00ff")) {
      return JPEG;
    }
    if (file.is(0, "\u0089PNG\r\n\u001a\n")) {
      return PNG;
    }
    if (file.is(0, "RIFF") && file.is(8, "WEBP")) {
      return WEBP;
    }
    if (file.is(0, "GIF87a") || file.is(0, "GIF89a")) {
      return GIF;
    }
    for (Map.Entry<String, String> known : KNOWN_BUT_NOT_READ.entrySet()) {
      if (file.is(0, known.getKey())) {
        throw file.unsupported("found " + known.getValue(), CONVERT);
      }
    }
    if (file.is(4, "ftypavif")
        || file.is(4, "ftyphei")
        || file.is(4, "ftypmif1")
        || file.is(4, "ftypmsf1")) {
      throw file.unsupported("found a HEIF or AVIF picture", CONVERT);
    }
    throw new PictureException(
        Kind.NOT_A_PICTURE,
        file.name(),
        "expected a JPEG, PNG, WebP or GIF picture, found a file that begins with "
            + file.beginning(),
        "Check that this is the right file");
  }
}
