package dev.mneme.edit.picture;

import java.nio.charset.StandardCharsets;

/** Walks the segments of a JPEG file from SOI to EOI (ITU-T T.81, annex B). */
final class JpegWalk {
  /**
   * Our comment segments begin with this, so that other programs' comments are not taken for ours.
   */
  static final String COMMENT = "mneme: ";

  private static final int SOF0 = 0xc0;
  private static final int SOF2 = 0xc2;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;
  private static final int APP1 = 0xe1;
  private static final int COM = 0xfe;

  private JpegWalk() {}

  static void walk(FileBytes file, FileFacts facts) throws PictureException {
    int at = 2;
    while (true) {
      int marker = file.u8(at + 1);
      if (file.u8(at) != 0xff) {
        throw file.damaged("found no segment where one should begin, at byte " + at);
      }
      if (marker == EOI) {
        return;
      }
      if (marker == 0xff) { // fill byte before a marker
        at++;
        continue;
      }
      if (standsAlone(marker)) {
        at += 2;
        continue;
      }
      int length = file.u16(at + 2);
      file.require(at + 2, Math.max(2, length));
      segment(file, facts, marker, at + 4, Math.max(2, length) - 2);
      at += 2 + Math.max(2, length);
      if (marker == SOS) {
        at = endOfScan(file, at);
      }
    }
  }

  private static boolean standsAlone(int marker) {
    return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
  }

  private static void segment(FileBytes file, FileFacts facts, int marker, int at, int length)
      throws PictureException {
    if (isFrame(marker)) {
      frame(file, facts, marker, at);
    } else if (marker == APP1 && length > 6 && file.is(at, "Exif\0\0")) {
      facts.exif(file.copy(at + 6, length - 6));
    } else if (marker == COM && length >= COMMENT.length() && file.is(at, COMMENT)) {
      byte[] text = file.copy(at + COMMENT.length(), length - COMMENT.length());
      facts.provenance(new String(text, StandardCharsets.UTF_8));
    }
  }

  /** SOF0 to SOF15, among which DHT (c4), JPG (c8) and DAC (cc) are no frames. */
  private static boolean isFrame(int marker) {
    return marker >= SOF0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private static void frame(FileBytes file, FileFacts facts, int marker, int at)
      throws PictureException {
    int bits = file.u8(at);
    int height = file.u16(at + 1);
    if (marker > SOF2 || bits != 8 || height == 0) {
      throw file.unsupported(
          "found a JPEG variant that cameras do not write (frame type %d, %d bits, %d rows)"
              .formatted(marker - SOF0, bits, height),
          "Save it as an ordinary 8-bit JPEG or a PNG");
    }
    facts.size(file.u16(at + 3), height);
  }

  /** The next marker that is neither a stuffed zero nor a restart. */
  private static int endOfScan(FileBytes file, int from) throws PictureException {
    byte[] data = file.data();
    for (int at = from; at + 1 < data.length; at++) {
      int next = data[at + 1] & 0xff;
      if (data[at] == (byte) 0xff && next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7)) {
        return at;
      }
    }
    throw file.damaged("found no end marker after " + data.length + " bytes");
  }
}
