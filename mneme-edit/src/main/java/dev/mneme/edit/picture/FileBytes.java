package dev.mneme.edit.picture;

import dev.mneme.edit.picture.PictureException.Kind;
import java.nio.charset.StandardCharsets;

/**
 * The whole content of a file. Every read is checked: what lies beyond the end is a truncated
 * picture.
 *
 * @param name what messages call the file
 */
record FileBytes(byte[] data, String name) {
  int length() {
    return data.length;
  }

  int u8(long at) throws PictureException {
    require(at, 1);
    return data[(int) at] & 0xff;
  }

  int u16(long at) throws PictureException {
    return u8(at) << 8 | u8(at + 1);
  }

  long u32(long at) throws PictureException {
    return (long) u16(at) << 16 | u16(at + 2);
  }

  int u16Little(long at) throws PictureException {
    return u8(at) | u8(at + 1) << 8;
  }

  int u24Little(long at) throws PictureException {
    return u16Little(at) | u8(at + 2) << 16;
  }

  long u32Little(long at) throws PictureException {
    return u16Little(at) | (long) u16Little(at + 2) << 16;
  }

  /** Whether these Latin-1 characters stand at a place. */
  boolean is(long at, String characters) {
    if (at < 0 || at + characters.length() > data.length) {
      return false;
    }
    for (int i = 0; i < characters.length(); i++) {
      if ((data[(int) at + i] & 0xff) != characters.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  byte[] copy(long at, long length) throws PictureException {
    require(at, length);
    byte[] out = new byte[(int) length];
    System.arraycopy(data, (int) at, out, 0, out.length);
    return out;
  }

  String latin(long at, long length) throws PictureException {
    return new String(copy(at, length), StandardCharsets.ISO_8859_1);
  }

  /** The first bytes for a message: as text where they are text. */
  String beginning() {
    int length = Math.min(12, data.length);
    StringBuilder text = new StringBuilder("'");
    for (int i = 0; i < length; i++) {
      text.append(
          data[i] >= ' ' && data[i] < 127
              ? String.valueOf((char) data[i])
              : "\\x%02x".formatted(data[i]));
    }
    return text.append("'").toString();
  }

  void require(long at, long length) throws PictureException {
    if (at < 0 || length < 0 || at + length > data.length) {
      throw damaged("found its end after " + data.length + " bytes");
    }
  }

  PictureException damaged(String found) {
    return damaged(found, null);
  }

  PictureException damaged(String found, Throwable cause) {
    return new PictureException(
        Kind.TRUNCATED,
        name,
        "expected a whole picture, " + found,
        "Fetch or export the file again",
        cause);
  }

  PictureException unsupported(String found, String whatToDo) {
    return new PictureException(
        Kind.UNSUPPORTED, name, "expected a picture of a kind that is read, " + found, whatToDo);
  }
}
