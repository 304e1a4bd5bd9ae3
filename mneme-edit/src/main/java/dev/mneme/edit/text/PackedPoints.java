package dev.mneme.edit.text;

/**
 * Unit vectors in few bytes. The last axes, on which points differ most, have a byte each; two of
 * the others share one. A sentence's place is not known better, and who fits to {@link #values}
 * fits to what is kept.
 */
final class PackedPoints {
  /** What stands for zero in a byte, and how far it is to the ends. */
  private static final int ZERO = 128;

  private static final int REACH = 127;

  /** The same in half a byte. */
  private static final int HALF_ZERO = 8;

  private static final int HALF_REACH = 7;

  /**
   * Half a byte reaches to so many standard deviations, and what lies further out is drawn in: the
   * least error for normal numbers on sixteen steps (Max 1960 has 2.7).
   */
  private static final double HALF_LIMIT = 2.7;

  private final byte[] bytes;
  private final float[] limits;
  private final int fine;
  private final float[] values;

  /**
   * @param bytes [N × B]: of each point half as many as there are axes that share, the low half of
   *     each for the axis that comes first, then one for each of the last axes; kept, not copied
   * @param limits [R], how far the numbers of an axis reach, above 0 and at most 1
   * @param fine how many axes have a byte of their own, beside an even number of others
   * @throws IllegalArgumentException if they do not fit each other
   */
  PackedPoints(byte[] bytes, float[] limits, int fine) {
    int others = limits.length - fine;
    if (fine < 0
        || others < 0
        || others % 2 != 0
        || bytes.length % size(limits.length, fine) != 0) {
      throw new IllegalArgumentException(
          "Expected whole points of %d axes, %d of them fine and an even number not, found %d bytes"
              .formatted(limits.length, fine, bytes.length));
    }
    this.bytes = bytes;
    this.limits = limits;
    this.fine = fine;
    this.values = unpacked();
  }

  /** B, bytes of a point. */
  static int size(int width, int fine) {
    return (width - fine) / 2 + fine;
  }

  /**
   * @param values [N × R] unit vectors
   * @param width R
   * @param fine as above
   */
  static PackedPoints of(float[] values, int width, int fine) {
    int count = values.length / width;
    int others = width - fine;
    float[] limits = limits(values, width, others);
    byte[] bytes = new byte[count * size(width, fine)];
    int at = 0;
    for (int i = 0; i < count; i++) {
      int row = i * width;
      for (int k = 0; k < others; k += 2) {
        int low = code(values[row + k] / limits[k], HALF_REACH) + HALF_ZERO;
        int high = code(values[row + k + 1] / limits[k + 1], HALF_REACH) + HALF_ZERO;
        bytes[at++] = (byte) (high << 4 | low);
      }
      for (int k = others; k < width; k++) {
        bytes[at++] = (byte) (code(values[row + k] / limits[k], REACH) + ZERO);
      }
    }
    return new PackedPoints(bytes, limits, fine);
  }

  private static int code(float share, int reach) {
    return Math.round(Math.max(-1, Math.min(1, share)) * reach);
  }

  private static float[] limits(float[] values, int width, int others) {
    float[] most = new float[width];
    double[] squares = new double[width];
    for (int i = 0; i < values.length; i++) {
      most[i % width] = Math.max(most[i % width], Math.abs(values[i]));
      squares[i % width] += values[i] * values[i];
    }
    float[] limits = new float[width];
    for (int k = 0; k < width; k++) {
      double spread = HALF_LIMIT * Math.sqrt(squares[k] * width / values.length);
      limits[k] = (float) (k < others ? Math.min(most[k], spread) : most[k]);
      limits[k] = Math.max(limits[k], Float.MIN_NORMAL);
    }
    return limits;
  }

  /** [N × B]; not to be written to. */
  byte[] bytes() {
    return bytes;
  }

  /** [R]; not to be written to. */
  float[] limits() {
    return limits;
  }

  /** How many axes have a byte of their own. */
  int fine() {
    return fine;
  }

  /** R, axes of a point. */
  int width() {
    return limits.length;
  }

  /** N, how many points there are. */
  int count() {
    return values.length / limits.length;
  }

  /** [N × R], the points as they are kept; not to be written to. */
  float[] values() {
    return values;
  }

  private float[] unpacked() {
    int width = limits.length;
    int others = width - fine;
    float[] all = new float[bytes.length / size(width, fine) * width];
    int at = 0;
    for (int row = 0; row < all.length; row += width) {
      for (int k = 0; k < others; k += 2) {
        int both = Byte.toUnsignedInt(bytes[at++]);
        all[row + k] = ((both & 15) - HALF_ZERO) * limits[k] / HALF_REACH;
        all[row + k + 1] = ((both >> 4) - HALF_ZERO) * limits[k + 1] / HALF_REACH;
      }
      for (int k = others; k < width; k++) {
        all[row + k] = (Byte.toUnsignedInt(bytes[at++]) - ZERO) * limits[k] / REACH;
      }
    }
    return all;
  }
}
