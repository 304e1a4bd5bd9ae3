package dev.mneme.edit.pipeline;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.base.EditorInput;
import dev.mneme.edit.base.TextBatch;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.memory.Adapters;
import dev.mneme.tensor.Ahead;
import dev.mneme.tensor.Autocast;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Tensors;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Edits a picture of any size tile by tile, one band of tiles after another, so that memory grows
 * with the picture's width and never with its height. Neighbouring tiles overlap, are evened out
 * where they do ({@link Seam}), and fade into each other.
 */
final class Stroke {
  /** Least pixels that neighbouring tiles share; a multiple of {@link #ALIGN}. */
  static final int OVERLAP = 16;

  /**
   * Of these how many at a tile's border count for nothing where it has a neighbour: what looks
   * around itself has seen too little there.
   */
  static final int MARGIN = 4;

  /** Tiles begin at multiples of this, as in training. */
  private static final int ALIGN = 16;

  /** Tiles of one forward: few, so that what they leave on their way stays in the cache. */
  private static final int BATCH = 6;

  private final EditorBase base;
  private final TextBatch text;
  private final Tensor context;
  private final Scalar ceiling;
  private final Precision precision;
  private final int tile;

  /**
   * @param base with the adapter already in its weights
   * @param text one sentence
   * @param context [1, 16, d] of the picture
   * @param ceiling brightest value that the base is shown of a pixel
   * @param precision of its products
   */
  Stroke(EditorBase base, TextBatch text, Tensor context, double ceiling, Precision precision) {
    this.base = base;
    this.text = text;
    this.context = context;
    this.ceiling = new Scalar(ceiling);
    this.precision = precision;
    this.tile = base.config().tile();
  }

  RasterImage over(RasterImage photo, Amount amount, TileProgress progress) {
    RasterImage out = photo.blank();
    int[] columns = starts(photo.width());
    int[] rows = starts(photo.height());
    int width = columns[columns.length - 1] + tile;
    StripWriter writer = new StripWriter(photo, out, amount, rows);
    int done = 0;
    try (Ahead<float[][]> groups = new Ahead<>(groups(photo, amount, columns, rows))) {
      for (int row = 0; row < rows.length; row++) {
        float[][] tiles = new float[columns.length][];
        for (int first = 0; first < columns.length; first += BATCH) {
          float[][] group = groups.next();
          System.arraycopy(group, 0, tiles, first, group.length);
          done += group.length;
          progress.tile(done, rows.length * columns.length);
        }
        writer.add(new Strip(tiles, columns, tile, width));
      }
    }
    writer.finish();
    return out;
  }

  /** What is changed in each group of a row's tiles, row after row; null for tiles left out. */
  private Iterator<Supplier<float[][]>> groups(
      RasterImage photo, Amount amount, int[] columns, int[] rows) {
    int each = (columns.length + BATCH - 1) / BATCH;
    return IntStream.range(0, rows.length * each)
        .<Supplier<float[][]>>mapToObj(
            i -> {
              int y = rows[i / each];
              int first = i % each * BATCH;
              int end = Math.min(first + BATCH, columns.length);
              int[] group = Arrays.copyOfRange(columns, first, end);
              return () ->
                  isOpen(amount, group, y) ? residuals(photo, group, y) : new float[end - first][];
            })
        .iterator();
  }

  /**
   * Whether a group of tiles has a say in any pixel that may change: its own, and those of tiles
   * around it, which are evened out with it. Groups are left out whole, so that those that are
   * edited are edited in the same batches, and to the same bits, as without a mask.
   */
  private boolean isOpen(Amount amount, int[] columns, int y) {
    int beside = tile + Seam.REACH;
    int x = columns[0] - beside;
    int width = columns[columns.length - 1] + tile + beside - x;
    return amount.mask().map(m -> !m.isClosed(x, y - tile, width, 3 * tile)).orElse(true);
  }

  /**
   * Where tiles begin along an axis, at about even distances; the last may reach beyond the
   * picture.
   */
  int[] starts(int length) {
    int last = Math.max(0, (length - tile + ALIGN - 1) / ALIGN);
    int steps = (last * ALIGN + tile - OVERLAP - 1) / (tile - OVERLAP);
    return IntStream.rangeClosed(0, steps)
        .map(i -> steps == 0 ? 0 : (i * last + steps - 1) / steps * ALIGN)
        .toArray();
  }

  /** As high as a tile, from a pixel of the picture, its border repeated beyond its size. */
  private Picture part(RasterImage photo, int x, int y, int width) {
    int w = Math.min(width, photo.width() - x);
    int h = Math.min(tile, photo.height() - y);
    Picture inside = photo.toPicture(x, y, w, h);
    if (w == width && h == tile) {
      return inside;
    }
    float[] rgb = new float[3 * width * tile];
    for (int c = 0; c < 3; c++) {
      for (int row = 0; row < tile; row++) {
        int from = (c * h + Math.min(row, h - 1)) * w;
        int to = (c * tile + row) * width;
        System.arraycopy(inside.rgb(), from, rgb, to, w);
        Arrays.fill(rgb, to + w, to + width, inside.rgb()[from + w - 1]);
      }
    }
    return new Picture(width, tile, rgb);
  }

  /** What the base changes in each tile of a group, [3, tile, tile] each. */
  private float[][] residuals(RasterImage photo, int[] columns, int y) {
    int x = columns[0];
    Picture part = part(photo, x, y, columns[columns.length - 1] + tile - x);
    int size = 3 * tile * tile;
    float[] tiles = new float[columns.length * size];
    float[] places = new float[columns.length * 4];
    for (int i = 0; i < columns.length; i++) {
      System.arraycopy(part.crop(columns[i] - x, 0, tile, tile).rgb(), 0, tiles, i * size, size);
      places[4 * i] = (float) columns[i] / photo.width();
      places[4 * i + 1] = (float) y / photo.height();
      places[4 * i + 2] = (float) (columns[i] + tile) / photo.width();
      places[4 * i + 3] = (float) (y + tile) / photo.height();
    }
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard();
        Autocast autocast = Autocast.on(precision)) {
      long n = columns.length;
      Tensor source = torch.tensor(tiles).view(n, 3, tile, tile);
      EditorInput in =
          new EditorInput(
              source.clamp_max(ceiling),
              text.expandedTo(n),
              context.expand(n, -1, -1),
              torch.tensor(places).view(n, 4));
      float[] all = Tensors.toFloats(base.forward(in, Adapters.none()).sub(source));
      float[][] each = new float[columns.length][];
      Arrays.setAll(each, i -> Arrays.copyOfRange(all, i * size, (i + 1) * size));
      return each;
    }
  }
}
