package dev.mneme.edit.picture;

/** Walks the chunks of a WebP file to the end its RIFF header promises (WebP container specification). */
final class WebpWalk {
  private WebpWalk() {}

  static void walk(FileBytes file, FileFacts facts) throws PictureException {
    long end = 8 + file.u32Little(4);
    file.require(0, end);
    boolean data = false;
    boolean extended = false;
    int frames = 0;
    long at = 12;
    while (at + 8 <= end) {
      long length = file.u32Little(at + 4);
      long body = at + 8;
      if (body + length > end) {
        throw file.damaged("found a part at byte " + at + " that reaches beyond its end");
      }
      switch (file.latin(at, 4)) {
        case "VP8X" -> {
          extended = true;
          facts.size(1 + file.u24Little(body + 4), 1 + file.u24Little(body + 7));
        }
        case "VP8 " -> {
          data = true;
          lossySize(file, facts, body, extended);
        }
        case "VP8L" -> {
          data = true;
          losslessSize(file, facts, body, extended);
        }
        case "ANMF" -> {
          data = true;
          frames++;
        }
        case "EXIF" -> facts.exif(exif(file, body, length));
        default -> {}
      }
      at = body + length + (length & 1);
    }
    if (!data) {
      throw file.damaged("found no pixels in it");
    }
    facts.frames(Math.max(1, frames));
  }

  private static void lossySize(FileBytes file, FileFacts facts, long body, boolean extended)
      throws PictureException {
    if (!extended) {
      facts.size(file.u16Little(body + 6) & 0x3fff, file.u16Little(body + 8) & 0x3fff);
    }
  }

  private static void losslessSize(FileBytes file, FileFacts facts, long body, boolean extended)
      throws PictureException {
    if (!extended) {
      long bits = file.u32Little(body + 1);
      facts.size(1 + (bits & 0x3fff), 1 + (bits >> 14 & 0x3fff));
    }
  }

  /** Some writers repeat the JPEG preamble in front of the TIFF header. */
  private static byte[] exif(FileBytes file, long body, long length) throws PictureException {
    int preamble = file.is(body, "Exif\0\0") && length > 6 ? 6 : 0;
    return file.copy(body + preamble, length - preamble);
  }
}
