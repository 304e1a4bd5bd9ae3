package dev.mneme.edit.picture;

/**
 * Walks the chunks of a WebP file to the end its RIFF header promises (WebP container
 * specification).
 */
final class WebpWalk {
  private WebpWalk() {}

  static void walk(FileBytes file, FileFacts facts) throws PictureException {
    long end = 8 + file.u32Little(4);
    file.require(0, end);
    boolean data = false;
    int frames = 0;
    long at = 12;
    while (at + 8 <= end) {
      long length = file.u32Little(at + 4);
      long body = at + 8;
      if (body + length > end) {
        throw file.damaged("found a part at byte " + at + " that reaches beyond its end");
      }
      switch (file.latin(at, 4)) {
        case "VP8X" -> facts.size(1 + file.u24Little(body + 4), 1 + file.u24Little(body + 7));
        case "VP8 ", "VP8L" -> {
          data = true;
          bitStream(file, facts, at, facts.width(), facts.height());
        }
        case "ANMF" -> {
          data = true;
          frames++;
          frame(file, facts, body, length);
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

  /**
   * The size that a bit stream (chunk {@code VP8 } or {@code VP8L}) says. It decides how much the
   * decoder allocates, so that it must agree with what contains it.
   */
  private static void bitStream(FileBytes file, FileFacts facts, long at, int width, int height)
      throws PictureException {
    long body = at + 8;
    boolean lossless = file.is(at, "VP8L");
    long bits = lossless ? file.u32Little(body + 1) : 0;
    long streamWidth = lossless ? 1 + (bits & 0x3fff) : file.u16Little(body + 6) & 0x3fff;
    long streamHeight = lossless ? 1 + (bits >> 14 & 0x3fff) : file.u16Little(body + 8) & 0x3fff;
    if (width == 0) {
      facts.size(streamWidth, streamHeight);
    } else if (streamWidth != width || streamHeight != height) {
      throw file.damaged(
          "found %d x %d pixels in a frame of %d x %d"
              .formatted(streamWidth, streamHeight, width, height));
    }
  }

  /**
   * One frame of an animation: place and size on the canvas, then its own chunks, among them a bit
   * stream.
   */
  private static void frame(FileBytes file, FileFacts facts, long body, long length)
      throws PictureException {
    int width = 1 + file.u24Little(body + 6);
    int height = 1 + file.u24Little(body + 9);
    if (2L * file.u24Little(body) + width > facts.width()
        || 2L * file.u24Little(body + 3) + height > facts.height()) {
      throw file.damaged("found a frame of its animation outside the canvas");
    }
    for (long at = body + 16; at + 8 <= body + length; ) {
      if (file.is(at, "VP8 ") || file.is(at, "VP8L")) {
        bitStream(file, facts, at, width, height);
      }
      long inner = file.u32Little(at + 4);
      at += 8 + inner + (inner & 1);
    }
  }

  /** Some writers repeat the JPEG preamble in front of the TIFF header. */
  private static byte[] exif(FileBytes file, long body, long length) throws PictureException {
    int preamble = file.is(body, "Exif\0\0") && length > 6 ? 6 : 0;
    return file.copy(body + preamble, length - preamble);
  }
}
