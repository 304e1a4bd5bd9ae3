package dev.mneme.edit.pipeline;

import dev.mneme.edit.picture.Mask;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.RasterImage;

/**
 * Puts strips into a picture, from top to bottom. A strip is written once the next one is there,
 * for they are evened out before; so no more than three are ever kept.
 */
final class StripWriter {
  private final RasterImage photo;
  private final RasterImage out;
  private final Amount amount;
  private final int[] rows; // where strips begin

  private Strip above; // null before the second
  private Strip here; // null before the first
  private int count;

  StripWriter(RasterImage photo, RasterImage out, Amount amount, int[] rows) {
    this.photo = photo;
    this.out = out;
    this.amount = amount;
    this.rows = rows;
  }

  /** Takes the next strip. */
  void add(Strip next) {
    if (count > 0) {
      here.even(next, rows, count);
      write(rows[count]);
    }
    above = here;
    here = next;
    count++;
  }

  /** Writes what is left. */
  void finish() {
    write(photo.height());
  }

  /** Writes the rows of the strip under way that lie before a row of the picture. */
  private void write(int end) {
    int y = rows[count - 1];
    int start = count > 1 ? y - rows[count - 2] : 0; // in the strip above
    int height = end - y;
    int w = photo.width();
    Picture source = photo.toPicture(0, y, w, height);
    float[] rgb = new float[source.rgb().length];
    for (int c = 0; c < 3; c++) {
      for (int row = 0; row < height; row++) {
        for (int x = 0; x < w; x++) {
          float change = above == null ? here.at(c, row, x) : here.fadedAt(c, row, x, above, start);
          int pixel = (c * height + row) * w + x;
          rgb[pixel] = (float) (source.rgb()[pixel] + amount.strength() * change);
        }
      }
    }
    Picture edited = new Picture(w, height, rgb).clamped();
    Picture open = amount.mask().map(m -> masked(source, edited, m, y)).orElse(edited);
    out.put(dithered(open, y), 0, y);
  }

  private static Picture dithered(Picture edited, int y) {
    float[] rgb = edited.rgb().clone();
    for (int pixel = 0; pixel < edited.plane(); pixel++) {
      float more = Dither.at(pixel % edited.width(), y + pixel / edited.width());
      for (int c = 0; c < 3; c++) {
        rgb[c * edited.plane() + pixel] += more;
      }
    }
    return new Picture(edited.width(), edited.height(), rgb);
  }

  /** Each at its share; a pixel that must stay is copied, whatever the edit made of it. */
  private static Picture masked(Picture source, Picture edited, Mask mask, int y) {
    float[] rgb = edited.rgb().clone();
    for (int i = 0; i < rgb.length; i++) {
      int pixel = i % source.plane();
      float share = mask.at(pixel % source.width(), y + pixel / source.width());
      float before = source.rgb()[i];
      rgb[i] = share == 1 ? rgb[i] : share == 0 ? before : before + share * (rgb[i] - before);
    }
    return new Picture(source.width(), source.height(), rgb);
  }
}
