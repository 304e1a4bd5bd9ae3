package dev.mneme.lab.method;

import dev.mneme.edit.learn.EditBatch;
import dev.mneme.edit.learn.EditExample;
import dev.mneme.learn.BatchSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * New examples followed by kept ones (experience replay).
 *
 * @param fresh batches of new examples
 * @param kept old examples, pictures and all
 * @param share how many kept ones in every batch
 * @param seed decides which
 */
public record ReplayBatches(
    BatchSource<EditBatch> fresh, List<EditExample> kept, int share, long seed)
    implements BatchSource<EditBatch> {
  public ReplayBatches {
    kept = List.copyOf(kept);
  }

  @Override
  public EditBatch batch(long step) {
    List<EditExample> examples = new ArrayList<>(fresh.batch(step).examples());
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + step);
    for (int i = 0; i < share; i++) {
      examples.add(kept.get(random.nextInt(kept.size())));
    }
    return new EditBatch(examples, false);
  }
}
