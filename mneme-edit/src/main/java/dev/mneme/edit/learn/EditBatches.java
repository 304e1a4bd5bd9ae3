package dev.mneme.edit.learn;

import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.Resize;
import dev.mneme.edit.task.EditPair;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.learn.BatchSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Makes training examples from photographs, tasks and sentences; step and seed decide everything.
 *
 * <p>Tasks come round in shuffled cycles, so that each gets its share of every stretch of steps. Two batches of three
 * show pictures that fit one tile, which need no glance; the third shows one tile of a larger picture, so that the base
 * learns to use its context.
 */
public final class EditBatches implements BatchSource<EditBatch> {
  /** Tiles begin at multiples of this, so that a grid in the picture is a grid in every tile. */
  public static final int ALIGN = 16;

  private static final int LARGEST = 256;

  private final List<Photo> photos;
  private final List<EditTask> tasks;
  private final Wording wording;
  private final TextEncoder encoder;
  private final BatchShape shape;
  private final long seed;

  /**
   * How large batches are.
   *
   * @param size examples a batch
   * @param tile side of a tile
   * @param alternate whether two batches of three show whole pictures
   */
  public record BatchShape(int size, int tile, boolean alternate) {}

  public EditBatches(
      List<Photo> photos, List<EditTask> tasks, Wording wording, TextEncoder encoder, BatchShape shape, long seed) {
    this.photos = List.copyOf(photos);
    this.tasks = List.copyOf(tasks);
    this.wording = wording;
    this.encoder = encoder;
    this.shape = shape;
    this.seed = seed;
  }

  @Override
  public EditBatch batch(long step) {
    boolean whole = shape.alternate() && step % 3 != 0;
    List<EditExample> examples = new ArrayList<>();
    for (int i = 0; i < shape.size(); i++) {
      long index = step * shape.size() + i;
      examples.add(example(task(index), new Random(mix(index)), whole));
    }
    return new EditBatch(examples, whole);
  }

  private EditTask task(long index) {
    List<EditTask> order = new ArrayList<>(tasks);
    Collections.shuffle(order, new Random(mix(-1 - index / tasks.size())));
    return order.get((int) (index % tasks.size()));
  }

  private EditExample example(EditTask task, RandomGenerator random, boolean whole) {
    int tile = shape.tile();
    int width = whole ? tile : side(random);
    int height = whole ? tile : side(random);
    Picture clean = clean(photos.get(random.nextInt(photos.size())), width, height, random);
    EditPair pair = task.apply(clean, task.strength().usual(), random);
    int x = ALIGN * random.nextInt((width - tile) / ALIGN + 1);
    int y = ALIGN * random.nextInt((height - tile) / ALIGN + 1);
    float[] place = {
      (float) x / width, (float) y / height, (float) (x + tile) / width, (float) (y + tile) / height
    };
    EditPair cut = new EditPair(pair.source().crop(x, y, tile, tile), pair.target().crop(x, y, tile, tile));
    Picture glance = whole ? pair.source() : Resize.to(pair.source(), tile, tile);
    return new EditExample(
        task.name(), encoder.encode(wording.sentence(task, random)), glance, cut, place);
  }

  private int side(RandomGenerator random) {
    return Math.max(shape.tile(), ALIGN * (shape.tile() / ALIGN + random.nextInt((LARGEST - shape.tile()) / ALIGN + 1)));
  }

  /** A random part of a photograph, reduced to the size asked for, mirrored half of the time. */
  private static Picture clean(Photo photo, int width, int height, RandomGenerator random) {
    double most = Math.min((double) photo.width() / width, (double) photo.height() / height);
    double u = random.nextDouble();
    double scale = most <= 1 ? most : 1 + (most - 1) * u * u;
    int w = Math.max(1, (int) (width * scale));
    int h = Math.max(1, (int) (height * scale));
    int x = random.nextInt(photo.width() - w + 1);
    int y = random.nextInt(photo.height() - h + 1);
    Picture picture = photo.crop(x, y, w, h, width, height);
    return random.nextBoolean() ? picture : mirrored(picture);
  }

  private static Picture mirrored(Picture p) {
    float[] out = new float[p.rgb().length];
    for (int row = 0; row < 3 * p.height(); row++) {
      for (int x = 0; x < p.width(); x++) {
        out[row * p.width() + x] = p.rgb()[row * p.width() + p.width() - 1 - x];
      }
    }
    return new Picture(p.width(), p.height(), out);
  }

  private long mix(long index) {
    long z = (seed * 0x9E3779B97F4A7C15L) ^ (index * 0xBF58476D1CE4E5B9L);
    z = (z ^ (z >>> 30)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
