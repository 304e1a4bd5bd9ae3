package dev.mneme.edit.picture;

/** Walks the blocks of a GIF file to its trailer and counts its frames (GIF 89a, section 17 on). */
final class GifWalk {
  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2c;
  private static final int TRAILER = 0x3b;

  private GifWalk() {}

  static void walk(FileBytes file, FileFacts facts) throws PictureException {
    int at = 13 + colours(file.u8(10));
    int frames = 0;
    while (true) {
      switch (file.u8(at)) {
        case EXTENSION -> at = afterBlocks(file, at + 2);
        case IMAGE -> {
          if (frames++ == 0) { // its own size: it is what is decoded, the canvas around it is not
            facts.size(file.u16Little(at + 5), file.u16Little(at + 7));
          }
          at = afterBlocks(file, at + 11 + colours(file.u8(at + 9)));
        }
        case TRAILER -> {
          if (frames == 0) {
            throw file.damaged("found no pixels in it");
          }
          facts.frames(frames);
          return;
        }
        default -> throw file.damaged("found an unknown part at byte " + at);
      }
    }
  }

  /** Bytes of the colour table that a flags byte announces. */
  private static int colours(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3 * (2 << (flags & 7));
  }

  private static int afterBlocks(FileBytes file, int from) throws PictureException {
    int at = from;
    while (file.u8(at) != 0) {
      at += 1 + file.u8(at);
    }
    return at + 1;
  }
}
