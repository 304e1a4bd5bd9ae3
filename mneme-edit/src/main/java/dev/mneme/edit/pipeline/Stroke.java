package dev.mneme.edit.pipeline;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.base.EditorInput;
import dev.mneme.edit.base.TextBatch;
import dev.mneme.edit.picture.Mask;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.memory.Adapters;
import dev.mneme.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Edits a picture of any size tile by tile, one band of tiles after another, so that memory grows
 * with the picture's width and never with its height. Neighbouring tiles overlap and fade into each
 * other.
 */
final class Stroke {
  /** Pixels that neighbouring tiles share and fade over; a multiple of {@link #ALIGN}. */
  private static final int OVERLAP = 16;

  /** Tiles begin at multiples of this, as in training. */
  private static final int ALIGN = 16;

  /** Tiles of one forward: few, so that what they leave on their way stays in the cache. */
  private static final int BATCH = 6;

  private final EditorBase base;
  private final TextBatch text;
  private final Tensor context;
  private final int tile;

  /**
   * @param base with the adapter already in its weights
   * @param text one sentence
   * @param context [1, 16, d] of the picture
   */
  Stroke(EditorBase base, TextBatch text, Tensor context) {
    this.base = base;
    this.text = text;
    this.context = context;
    this.tile = base.config().tile();
  }

  RasterImage over(RasterImage photo, Amount amount, TileProgress progress) {
    RasterImage out = photo.blank();
    int[] columns = starts(photo.width());
    int[] rows = starts(photo.height());
    Band band = new Band(photo, columns[columns.length - 1] + tile, tile);
    int done = 0;
    for (int r = 0; r < rows.length; r++) {
      Picture strip = strip(photo, rows[r], band.width());
      for (int first = 0; first < columns.length; first += BATCH) {
        int count = Math.min(BATCH, columns.length - first);
        int[] group = java.util.Arrays.copyOfRange(columns, first, first + count);
        if (isOpen(amount, group, rows[r])) {
          float[] residuals = residuals(photo, strip, group, rows[r]);
          for (int i = 0; i < count; i++) {
            int column = first + i;
            Fade fade =
                new Fade(column > 0, column < columns.length - 1, r > 0, r < rows.length - 1);
            band.add(residuals, i, group[i], fade);
          }
        }
        done += count;
        progress.tile(done, rows.length * columns.length);
      }
      int next = r + 1 < rows.length ? rows[r + 1] : rows[r] + tile;
      band.flush(out, rows[r], Math.min(next, photo.height()) - rows[r], next - rows[r], amount);
    }
    return out;
  }

  /**
   * Whether any pixel of a group of tiles may change. Groups are left out whole, so that those that
   * are edited are edited in the same batches, and to the same bits, as without a mask.
   */
  private boolean isOpen(Amount amount, int[] columns, int y) {
    int width = columns[columns.length - 1] + tile - columns[0];
    return amount.mask().map(m -> !m.isClosed(columns[0], y, width, tile)).orElse(true);
  }

  /** Which sides of a tile fade into a neighbour. */
  record Fade(boolean left, boolean right, boolean top, boolean bottom) {}

  /** Where tiles begin along an axis; the last may reach beyond the picture. */
  int[] starts(int length) {
    int last = Math.max(0, (length - tile + ALIGN - 1) / ALIGN * ALIGN);
    List<Integer> starts = new ArrayList<>();
    for (int at = 0; at < last; at += tile - OVERLAP) {
      starts.add(at);
    }
    starts.add(last);
    return starts.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Rows of the picture from {@code y}, its border repeated beyond its size. */
  private Picture strip(RasterImage photo, int y, int width) {
    int w = photo.width();
    int h = Math.min(tile, photo.height() - y);
    Picture inside = photo.toPicture(0, y, w, h);
    if (w == width && h == tile) {
      return inside;
    }
    float[] rgb = new float[3 * width * tile];
    for (int c = 0; c < 3; c++) {
      for (int row = 0; row < tile; row++) {
        int from = (c * h + Math.min(row, h - 1)) * w;
        int to = (c * tile + row) * width;
        System.arraycopy(inside.rgb(), from, rgb, to, w);
        java.util.Arrays.fill(rgb, to + w, to + width, inside.rgb()[from + w - 1]);
      }
    }
    return new Picture(width, tile, rgb);
  }

  /** What the base changes in each tile of a group: [count, 3, tile, tile]. */
  private float[] residuals(RasterImage photo, Picture strip, int[] columns, int y) {
    int size = 3 * tile * tile;
    float[] tiles = new float[columns.length * size];
    float[] places = new float[columns.length * 4];
    for (int i = 0; i < columns.length; i++) {
      System.arraycopy(strip.crop(columns[i], 0, tile, tile).rgb(), 0, tiles, i * size, size);
      places[4 * i] = (float) columns[i] / photo.width();
      places[4 * i + 1] = (float) y / photo.height();
      places[4 * i + 2] = (float) (columns[i] + tile) / photo.width();
      places[4 * i + 3] = (float) (y + tile) / photo.height();
    }
    try (PointerScope scope = new PointerScope()) {
      long n = columns.length;
      Tensor source = torch.tensor(tiles).view(n, 3, tile, tile);
      EditorInput in =
          new EditorInput(
              source,
              text.expandedTo(n),
              context.expand(n, -1, -1),
              torch.tensor(places).view(n, 4));
      return Tensors.toFloats(base.forward(in, Adapters.none()).sub(source));
    }
  }

  /** Sums of faded residuals for the rows under way. */
  private static final class Band {
    private final RasterImage photo;
    private final int width;
    private final int tile;
    private final float[] sums; // [3, tile, width]
    private final float[] weights; // [tile, width]

    Band(RasterImage photo, int width, int tile) {
      this.photo = photo;
      this.width = width;
      this.tile = tile;
      this.sums = new float[3 * tile * width];
      this.weights = new float[tile * width];
    }

    int width() {
      return width;
    }

    void add(float[] residuals, int index, int x, Fade fade) {
      float[] across = ramp(fade.left(), fade.right());
      float[] down = ramp(fade.top(), fade.bottom());
      for (int row = 0; row < tile; row++) {
        for (int col = 0; col < tile; col++) {
          float weight = across[col] * down[row];
          int at = row * width + x + col;
          weights[at] += weight;
          for (int c = 0; c < 3; c++) {
            sums[c * tile * width + at] +=
                weight * residuals[((index * 3 + c) * tile + row) * tile + col];
          }
        }
      }
    }

    private float[] ramp(boolean start, boolean end) {
      float[] ramp = new float[tile];
      for (int i = 0; i < tile; i++) {
        float a = start ? Math.min(1, (i + 0.5f) / OVERLAP) : 1;
        float b = end ? Math.min(1, (tile - i - 0.5f) / OVERLAP) : 1;
        ramp[i] = a * b;
      }
      return ramp;
    }

    /** Writes the first {@code rows} rows to the picture and moves the rest up by {@code shift}. */
    void flush(RasterImage out, int y, int rows, int shift, Amount amount) {
      int w = photo.width();
      if (rows > 0) {
        Picture source = photo.toPicture(0, y, w, rows);
        float[] rgb = new float[source.rgb().length];
        for (int c = 0; c < 3; c++) {
          for (int row = 0; row < rows; row++) {
            for (int x = 0; x < w; x++) {
              int at = row * width + x;
              int pixel = (c * rows + row) * w + x;
              rgb[pixel] =
                  (float)
                      (source.rgb()[pixel]
                          + amount.strength() * sums[c * tile * width + at] / weights[at]);
            }
          }
        }
        Picture edited = new Picture(w, rows, rgb).clamped();
        out.put(amount.mask().map(m -> masked(source, edited, m, y)).orElse(edited), 0, y);
      }
      shiftUp(weights, 0, shift);
      for (int c = 0; c < 3; c++) {
        shiftUp(sums, c * tile, shift);
      }
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

    private void shiftUp(float[] values, int firstRow, int shift) {
      int kept = Math.max(0, tile - shift) * width;
      int start = firstRow * width;
      System.arraycopy(values, start + (tile * width - kept), values, start, kept);
      java.util.Arrays.fill(values, start + kept, start + tile * width, 0);
    }
  }
}
