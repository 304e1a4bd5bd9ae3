package dev.mneme.edit.picture;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Where a picture may change: 1 wholly, 0 not at all, between the two partly. Immutable, one byte a
 * pixel.
 */
public final class Mask {
  private final int width;
  private final int height;
  private final byte[] amounts; // y * width + x, 255 is 1

  private Mask(int width, int height, byte[] amounts) {
    this.width = width;
    this.height = height;
    this.amounts = amounts;
  }

  /**
   * A picture read as a mask: white is 1, black 0, a colour its luminance (ITU-R BT.601 weights of
   * the sRGB-encoded values). What is transparent is not painted, so alpha scales it towards 0.
   */
  public static Mask of(RasterImage picture) {
    int width = picture.width();
    int height = picture.height();
    byte[] amounts = new byte[width * height];
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i++) {
        int rgb = picture.rgbAt(x, y);
        int luminance =
            (299 * (rgb >> 16) + 587 * (rgb >> 8 & 0xff) + 114 * (rgb & 0xff) + 500) / 1000;
        amounts[i] = (byte) ((luminance * picture.alphaAt(x, y) + 127) / 255);
      }
    }
    return new Mask(width, height, amounts);
  }

  /** How much of a change reaches each pixel. */
  @FunctionalInterface
  public interface Amounts {
    /** The amount at column x of row y; clamped to [0, 1], NaN is 0. */
    float at(int x, int y);
  }

  /** A mask that is computed, pixel after pixel along the rows, rounded to 8 bits. */
  public static Mask of(int width, int height, Amounts amounts) {
    byte[] out = new byte[Math.multiplyExact(width, height)];
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i++) {
        float amount = amounts.at(x, y);
        out[i] = (byte) (amount > 0 ? Math.round(255 * Math.min(1, amount)) : 0);
      }
    }
    return new Mask(width, height, out);
  }

  /** How far {@link #grown} reaches, as a share of the longer side. */
  private static final double RIM = 0.012;

  /** A mask that reaches a little further all around, by hundredths of the longer side. */
  public Mask grown() {
    int reach = (int) Math.max(1, Math.round(RIM * Math.max(width, height)));
    byte[] across = new byte[amounts.length];
    for (int i = 0; i < amounts.length; i++) {
      int row = i / width * width;
      int from = Math.max(row, i - reach);
      int to = Math.min(row + width - 1, i + reach);
      int most = 0;
      for (int j = from; j <= to; j++) {
        most = Math.max(most, amounts[j] & 0xff);
      }
      across[i] = (byte) most;
    }
    byte[] out = new byte[amounts.length];
    for (int i = 0; i < amounts.length; i++) {
      int from = Math.max(0, i / width - reach);
      int to = Math.min(height - 1, i / width + reach);
      int most = 0;
      for (int row = from; row <= to; row++) {
        most = Math.max(most, across[row * width + i % width] & 0xff);
      }
      out[i] = (byte) most;
    }
    return new Mask(width, height, out);
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** How much of a change reaches a pixel, in [0, 1]; exactly 0 and 1 at the ends. */
  public float at(int x, int y) {
    return (amounts[y * width + x] & 0xff) / 255f;
  }

  /** Whether a picture has this mask's size. */
  public boolean fits(RasterImage picture) {
    return picture.width() == width && picture.height() == height;
  }

  /**
   * Whether nothing inside a rectangle may change; what of it lies beyond the mask does not count.
   */
  public boolean isClosed(int x, int y, int rectWidth, int rectHeight) {
    int right = Math.min(width, x + rectWidth);
    int bottom = Math.min(height, y + rectHeight);
    for (int row = Math.max(0, y); row < bottom; row++) {
      for (int col = Math.max(0, x); col < right; col++) {
        if (amounts[row * width + col] != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * A fingerprint: SHA-256 over the size and all amounts.
   *
   * @return 64 hexadecimal digits
   */
  public String digest() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(ByteBuffer.allocate(8).putInt(width).putInt(height).array());
      return HexFormat.of().formatHex(sha.digest(amounts));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256", e);
    }
  }
}
