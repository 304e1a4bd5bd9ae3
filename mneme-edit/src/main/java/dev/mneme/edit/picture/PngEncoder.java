package dev.mneme.edit.picture;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes 8-bit RGB or RGBA PNG row by row, so that a large picture needs no second copy; the same
 * in, the same out.
 */
final class PngEncoder {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int CHUNK_BYTES = 1 << 16;
  private static final int SUB = 1;
  private static final int UP = 2;
  private static final int PAETH = 4;

  private PngEncoder() {}

  static void encode(RasterImage image, String provenance, OutputStream target) throws IOException {
    DataOutputStream out = new DataOutputStream(target);
    out.write(SIGNATURE);
    chunk(out, "IHDR", header(image));
    chunk(out, "sRGB", new byte[] {0}); // perceptual intent
    if (!provenance.isEmpty()) {
      chunk(
          out, "iTXt", (PngWalk.KEY + "\0\0\0\0\0" + provenance).getBytes(StandardCharsets.UTF_8));
    }
    Deflater deflater = new Deflater(6);
    try {
      DeflaterOutputStream data = new DeflaterOutputStream(new Chunks(out), deflater, CHUNK_BYTES);
      writeRows(image, data);
      data.finish();
    } finally {
      deflater.end();
    }
    chunk(out, "IEND", new byte[0]);
    out.flush();
  }

  private static byte[] header(RasterImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(image.width());
    out.writeInt(image.height());
    out.writeByte(8); // bits a sample
    out.writeByte(image.hasAlpha() ? 6 : 2); // colour type
    out.write(new byte[3]); // deflate, adaptive filters, not interlaced
    return bytes.toByteArray();
  }

  private static void writeRows(RasterImage image, OutputStream out) throws IOException {
    int step = image.hasAlpha() ? 4 : 3;
    byte[] above = new byte[step * image.width()];
    byte[] row = new byte[above.length];
    int[] filters = {SUB, UP, PAETH};
    byte[][] filtered = new byte[filters.length][above.length + 1];
    for (int y = 0; y < image.height(); y++) {
      image.copyRow(y, row);
      int best = 0;
      long least = Long.MAX_VALUE;
      for (int f = 0; f < filters.length; f++) {
        long cost = filter(filters[f], row, above, step, filtered[f]);
        if (cost < least) {
          least = cost;
          best = f;
        }
      }
      out.write(filtered[best]);
      byte[] swap = above;
      above = row;
      row = swap;
    }
  }

  /**
   * One filtered row behind its filter's number; returns the sum of magnitudes, by which rows are
   * compared.
   */
  private static long filter(int filter, byte[] row, byte[] above, int step, byte[] out) {
    out[0] = (byte) filter;
    switch (filter) {
      case SUB -> {
        System.arraycopy(row, 0, out, 1, step);
        for (int i = step; i < row.length; i++) {
          out[i + 1] = (byte) (row[i] - row[i - step]);
        }
      }
      case UP -> {
        for (int i = 0; i < row.length; i++) {
          out[i + 1] = (byte) (row[i] - above[i]);
        }
      }
      default -> {
        for (int i = 0; i < step; i++) { // nothing to the left: the guess is what stands above
          out[i + 1] = (byte) (row[i] - above[i]);
        }
        for (int i = step; i < row.length; i++) {
          out[i + 1] =
              (byte)
                  (row[i] - paeth(row[i - step] & 0xff, above[i] & 0xff, above[i - step] & 0xff));
        }
      }
    }
    long cost = 0;
    for (int i = 1; i < out.length; i++) {
      cost += Math.abs(out[i]);
    }
    return cost;
  }

  private static int paeth(int left, int up, int corner) {
    int guess = left + up - corner;
    int toLeft = Math.abs(guess - left);
    int toUp = Math.abs(guess - up);
    int toCorner = Math.abs(guess - corner);
    if (toLeft <= toUp && toLeft <= toCorner) {
      return left;
    }
    return toUp <= toCorner ? up : corner;
  }

  private static void chunk(DataOutputStream out, String type, byte[] body) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(body);
    out.writeInt(body.length);
    out.write(name);
    out.write(body);
    out.writeInt((int) crc.getValue());
  }

  /** Every write becomes an IDAT chunk; the deflater above writes in large pieces. */
  private static final class Chunks extends OutputStream {
    private final DataOutputStream out;

    Chunks(DataOutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (length > 0) {
        chunk(out, "IDAT", Arrays.copyOfRange(bytes, from, from + length));
      }
    }
  }
}
