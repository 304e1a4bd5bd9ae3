package dev.mneme.edit.retouch;

import dev.mneme.edit.picture.Mask;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.RasterImage;

/**
 * Takes something away: what is around grows over it. From coarse to fine, every pixel of the hole
 * is the mean of what the most alike patches outside say of it (Wexler, Shechtman and Irani, PAMI
 * 2007), found by chance and by asking neighbours ({@link PatchField}; Barnes et al., SIGGRAPH
 * 2009). The finest picture that is worked on has at most {@value #LONGEST} pixels a side; a larger
 * photograph's own pixels are then copied from where its patches came from.
 */
final class Fill {
  private static final int LONGEST = 256;

  /** What is looked at around the hole, as a share of its longer side. */
  private static final double AROUND = 1.0;

  /** A level of the pyramid is halved while the hole is longer than this. */
  private static final int SMALL = 10;

  private static final int ROUNDS = 4; // of searching and averaging, a level

  private Fill() {}

  /** A part of a photograph. */
  private record Box(int x, int y, int width, int height) {
    /** What is open in a mask, and around it; nothing if all is closed. */
    static Box around(Mask mask) {
      int left = mask.width();
      int right = -1;
      int top = mask.height();
      int bottom = -1;
      for (int y = 0; y < mask.height(); y++) {
        for (int x = 0; x < mask.width(); x++) {
          if (mask.at(x, y) > 0) {
            left = Math.min(left, x);
            right = Math.max(right, x);
            top = Math.min(top, y);
            bottom = y;
          }
        }
      }
      if (right < 0) {
        return null;
      }
      int reach = (int) Math.max(8, AROUND * Math.max(right - left, bottom - top));
      int x = Math.max(0, left - reach);
      int y = Math.max(0, top - reach);
      return new Box(
          x,
          y,
          Math.min(mask.width(), right + 1 + reach) - x,
          Math.min(mask.height(), bottom + 1 + reach) - y);
    }
  }

  /**
   * A photograph without what a mask covers.
   *
   * @param share how much of the change, in [0, 1]
   */
  static RasterImage of(RasterImage photo, Mask where, double share) {
    Box box = Box.around(where);
    RasterImage out = photo.copy();
    if (box == null || share == 0) {
      return out;
    }
    double scale = Math.min(1, (double) LONGEST / Math.max(box.width(), box.height()));
    int width = Math.max(1, (int) Math.round(box.width() * scale));
    int height = Math.max(1, (int) Math.round(box.height() * scale));
    Picture small =
        photo.toPicture(box.x(), box.y(), box.width(), box.height(), width, height).clamped();
    PatchField field = field(small, hole(where, box, width, height));
    Picture source = photo.toPicture(box.x(), box.y(), box.width(), box.height());
    out.put(copied(source, where, box, field, share), box.x(), box.y());
    return out;
  }

  /** Cells that anything of a mask reaches. */
  private static boolean[] hole(Mask where, Box box, int width, int height) {
    boolean[] hole = new boolean[width * height];
    for (int y = 0; y < box.height(); y++) {
      for (int x = 0; x < box.width(); x++) {
        if (where.at(box.x() + x, box.y() + y) > 0) {
          hole[
                  (int) ((long) y * height / box.height()) * width
                      + (int) ((long) x * width / box.width())] =
              true;
        }
      }
    }
    return hole;
  }

  /** Where each pixel of the hole comes from, from coarse to fine. */
  private static PatchField field(Picture picture, boolean[] hole) {
    PatchField coarser = null;
    if (Math.min(picture.width(), picture.height()) >= 4 * PatchField.REACH
        && longest(hole, picture.width()) > SMALL) {
      Levels.Level half = Levels.half(picture, hole);
      coarser = field(half.picture(), half.hole());
    }
    PatchField field =
        coarser == null
            ? PatchField.begin(Levels.smooth(picture, hole), hole)
            : coarser.finer(picture, hole);
    for (int round = 0; round < ROUNDS; round++) {
      field = field.searched().averaged();
    }
    return field.searched();
  }

  private static int longest(boolean[] hole, int width) {
    int left = width;
    int right = -1;
    int top = Integer.MAX_VALUE;
    int bottom = -1;
    for (int i = 0; i < hole.length; i++) {
      if (hole[i]) {
        left = Math.min(left, i % width);
        right = Math.max(right, i % width);
        top = Math.min(top, i / width);
        bottom = i / width;
      }
    }
    return right < 0 ? 0 : Math.max(right - left, bottom - top) + 1;
  }

  /** The photograph's own pixels, from where the field says, blended between its cells. */
  private static Picture copied(
      Picture source, Mask where, Box box, PatchField field, double share) {
    float[] rgb = source.rgb().clone();
    int plane = source.plane();
    float[] colour = new float[3];
    for (int y = 0; y < box.height(); y++) {
      for (int x = 0; x < box.width(); x++) {
        double amount = share * where.at(box.x() + x, box.y() + y);
        if (amount > 0) {
          field.colour(source, x, y, colour);
          for (int c = 0; c < 3; c++) {
            int i = c * plane + y * box.width() + x;
            rgb[i] += (float) (amount * (colour[c] - rgb[i]));
          }
        }
      }
    }
    return new Picture(source.width(), source.height(), rgb);
  }
}
