package dev.mneme.edit.retouch;

import dev.mneme.edit.picture.Mask;
import dev.mneme.edit.picture.Oklab;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.RasterImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives a place another colour, in Oklab: every pixel gets the new hue, keeps its light and shade,
 * and is as colourful as it was among its like. Where a place is coloured, what is grey in it
 * (windows, tyres, highlights) stays grey.
 */
final class Recolour {
  /** Share of pixels less colourful than what counts as the place's own colourfulness. */
  private static final double TYPICAL = 0.75;

  /** A place less colourful than this is grey, and coloured all over. */
  private static final double GREY = 0.04;

  /** Pixels that are looked at to know what is typical. */
  private static final double SAMPLES = 250_000;

  /** How far lightness goes towards that of the colour: yellow is light, or it is olive. */
  private static final double LIGHTEN = 0.6;

  private Recolour() {}

  /**
   * A recoloured photograph.
   *
   * @param share how much of the change, in [0, 1]
   */
  static RasterImage of(RasterImage photo, Mask where, Oklab colour, double share) {
    Typical typical = Typical.of(photo, where);
    RasterImage out = photo.copy();
    for (int y = 0; y < photo.height(); y++) {
      if (!where.isClosed(0, y, photo.width(), 1)) {
        out.put(
            row(photo.toPicture(0, y, photo.width(), 1), where, y, typical, colour, share), 0, y);
      }
    }
    return out;
  }

  private static Picture row(
      Picture row, Mask where, int y, Typical typical, Oklab colour, double share) {
    float[] rgb = row.rgb().clone();
    for (int x = 0; x < row.width(); x++) {
      double amount = share * where.at(x, y);
      float[] wanted = amount > 0 ? changed(at(row, x), typical, colour) : null;
      for (int c = 0; wanted != null && c < 3; c++) {
        int i = c * row.width() + x;
        rgb[i] += (float) (amount * (wanted[c] - rgb[i]));
      }
    }
    return new Picture(row.width(), 1, rgb);
  }

  private static float[] changed(Oklab pixel, Typical typical, Oklab colour) {
    double own = // how much of its place's colour a pixel has
        typical.chroma() < GREY ? 1 : Math.min(1, pixel.chroma() / (0.8 * typical.chroma()));
    double light = pixel.light() + own * LIGHTEN * (colour.light() - typical.light());
    light = Math.max(0, Math.min(1, light));
    double ends = Math.abs(2 * light - 1); // neither black nor white has a colour
    double share = own * (1 - Math.pow(ends, 6));
    double factor = colour.chroma() == 0 ? 1 - own : 0; // what stays of the old colour
    return new Oklab(
            light, factor * pixel.a() + share * colour.a(), factor * pixel.b() + share * colour.b())
        .rgb();
  }

  /** Lightness and colourfulness of most of a place. */
  private record Typical(double light, double chroma) {
    static Typical of(RasterImage photo, Mask where) {
      int step = (int) Math.max(1, Math.sqrt((double) photo.width() * photo.height() / SAMPLES));
      List<Oklab> pixels = new ArrayList<>();
      for (int y = 0; y < photo.height(); y += step) {
        if (where.isClosed(0, y, photo.width(), 1)) {
          continue;
        }
        Picture row = photo.toPicture(0, y, photo.width(), 1);
        for (int x = 0; x < photo.width(); x += step) {
          if (where.at(x, y) > 0.5f) {
            pixels.add(at(row, x));
          }
        }
      }
      double[] chromas = pixels.stream().mapToDouble(Oklab::chroma).sorted().toArray();
      return chromas.length == 0
          ? new Typical(0.5, 0)
          : new Typical(
              pixels.stream().mapToDouble(Oklab::light).average().orElseThrow(),
              chromas[(int) (TYPICAL * (chromas.length - 1))]);
    }
  }

  private static Oklab at(Picture row, int x) {
    return Oklab.of(row.at(0, x, 0), row.at(1, x, 0), row.at(2, x, 0));
  }
}
