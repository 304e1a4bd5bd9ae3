package dev.mneme.edit.picture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;

/**
 * Walks the chunks of a PNG file from IHDR to IEND and checks their sums (PNG, third edition,
 * section 5).
 */
final class PngWalk {
  /** Key of our text chunk. */
  static final String KEY = "mneme";

  private static final int LONGEST_TEXT = 1 << 20;

  private PngWalk() {}

  static void walk(FileBytes file, FileFacts facts) throws PictureException {
    if (!file.is(12, "IHDR") || file.u32(8) != 13) {
      throw file.damaged("found no PNG header");
    }
    boolean data = false;
    long at = 8;
    while (true) {
      long length = file.u32(at);
      file.require(at, length + 12);
      String type = file.latin(at + 4, 4);
      checkSum(file, at + 4, (int) length + 4, type);
      switch (type) {
        case "IHDR" -> facts.size(file.u32(at + 8), file.u32(at + 12));
        case "IDAT" -> data = true;
        case "IEND" -> {
          if (!data) {
            throw file.damaged("found no pixels in it");
          }
          return;
        }
        case "eXIf" -> facts.exif(file.copy(at + 8, length));
        case "acTL" -> facts.frames((int) Math.min(Integer.MAX_VALUE, file.u32(at + 8)));
        case "iCCP" -> profile(file, facts, at + 8, length);
        case "tEXt", "iTXt" -> text(file, facts, type, at + 8, length);
        default -> {}
      }
      at += length + 12;
    }
  }

  private static void checkSum(FileBytes file, long at, int length, String type)
      throws PictureException {
    CRC32 crc = new CRC32();
    crc.update(file.data(), (int) at, length);
    if (crc.getValue() != file.u32(at + length)) {
      throw file.damaged("found a wrong check sum in its part '" + type + "' at byte " + at);
    }
  }

  private static void profile(FileBytes file, FileFacts facts, long at, long length)
      throws PictureException {
    String name = file.latin(at, Math.min(length, 79));
    name = name.substring(0, Math.max(0, name.indexOf(0)));
    if (!name.toLowerCase(Locale.ROOT).contains("srgb")) {
      facts.note(
          "The colour profile '"
              + name
              + "' of this PNG is not applied: its numbers are taken as sRGB");
    }
  }

  /**
   * {@code tEXt}: key, 0, Latin-1. {@code iTXt}: key, 0, compressed?, method, language, 0, key
   * again, 0, UTF-8.
   */
  private static void text(FileBytes file, FileFacts facts, String type, long at, long length)
      throws PictureException {
    if (length <= KEY.length() || length > LONGEST_TEXT || !file.is(at, KEY + "\0")) {
      return;
    }
    long end = at + length;
    long from = at + KEY.length() + 1;
    if (type.equals("tEXt")) {
      facts.provenance(file.latin(from, end - from));
      return;
    }
    boolean compressed = file.u8(from) == 1;
    from = afterZero(file, afterZero(file, from + 2, end), end);
    byte[] text = file.copy(from, end - from);
    facts.provenance(new String(compressed ? inflate(file, text) : text, StandardCharsets.UTF_8));
  }

  private static long afterZero(FileBytes file, long from, long end) throws PictureException {
    long at = from;
    while (at < end && file.u8(at) != 0) {
      at++;
    }
    return Math.min(end, at + 1);
  }

  private static byte[] inflate(FileBytes file, byte[] deflated) throws PictureException {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
      return in.readNBytes(LONGEST_TEXT);
    } catch (IOException e) {
      throw file.damaged("found a text in it that cannot be unpacked", e);
    }
  }
}
