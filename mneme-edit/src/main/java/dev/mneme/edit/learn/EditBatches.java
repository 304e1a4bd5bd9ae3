package dev.mneme.edit.learn;

import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.task.EditTask;
import dev.mneme.learn.BatchSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Makes training batches from photographs, tasks and sentences; step and seed decide everything.
 *
 * <p>Tasks come round in shuffled cycles, so that each gets its share of every stretch of steps; a
 * task that is listed twice gets two shares. Two batches of three show pictures that fit one tile,
 * the third shows one tile of a larger picture, so that the base learns to use its context.
 */
public final class EditBatches implements BatchSource<EditBatch> {
  private final List<Photo> photos;
  private final List<EditTask> tasks;
  private final ExampleMaker maker;
  private final int size;
  private final long seed;

  /**
   * @param photos drawn from evenly
   * @param tasks shares of tasks
   * @param maker makes each example
   * @param size examples a batch
   * @param seed another seed, other examples
   */
  public EditBatches(
      List<Photo> photos, List<EditTask> tasks, ExampleMaker maker, int size, long seed) {
    if (photos.isEmpty() || tasks.isEmpty() || size < 1) {
      throw new IllegalArgumentException(
          "Batches need photographs, tasks and a size of at least 1; found %d, %d and %d"
              .formatted(photos.size(), tasks.size(), size));
    }
    this.photos = List.copyOf(photos);
    this.tasks = List.copyOf(tasks);
    this.maker = maker;
    this.size = size;
    this.seed = seed;
  }

  @Override
  public EditBatch batch(long step) {
    boolean whole = step % 3 != 0;
    List<EditExample> examples = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      long index = step * size + i;
      examples.add(maker.make(task(index), photos, new Random(mix(seed, index)), whole));
    }
    return new EditBatch(examples, whole);
  }

  private EditTask task(long index) {
    List<EditTask> order = new ArrayList<>(tasks);
    Collections.shuffle(order, new Random(mix(seed, -1 - index / tasks.size())));
    return order.get((int) (index % tasks.size()));
  }

  /** Well-spread bits from two numbers: neighbouring seeds of {@link Random} begin alike. */
  static long mix(long seed, long index) {
    long z = (seed * 0x9E3779B97F4A7C15L) ^ (index * 0xBF58476D1CE4E5B9L);
    z = (z ^ (z >>> 30)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
