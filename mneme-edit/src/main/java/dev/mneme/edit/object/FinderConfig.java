package dev.mneme.edit.object;

/**
 * Shape of a {@link FinderNet}.
 *
 * @param side pixels a side of the picture it looks at, a multiple of 16
 * @param width channels at half the side; twice, four and six times as many at a quarter, an eighth
 *     and a sixteenth
 * @param embedding numbers that stand for a name, and for what a pixel shows
 */
public record FinderConfig(int side, int width, int embedding) {
  /** Of the files that this version reads and writes. */
  static final int FORMAT = 1;

  /** What is shipped. */
  public static final FinderConfig SHIPPED = new FinderConfig(128, 32, 64);

  public FinderConfig {
    if (side < 16
        || side > 1024
        || side % 16 != 0
        || width < 8
        || width > 512
        || width % 8 != 0
        || embedding < 4
        || embedding > 4096) {
      throw new IllegalArgumentException(
          ("A finder needs a side of 16 to 1024 that is a multiple of 16, a width of 8 to 512 that is a multiple of 8"
                  + " and an embedding of 4 to 4096; found %d, %d, %d")
              .formatted(side, width, embedding));
    }
  }

  /** Cells a side of what it answers. */
  public int cells() {
    return side / 2;
  }
}
