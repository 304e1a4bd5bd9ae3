package dev.mneme.edit.learn;

import dev.mneme.edit.base.EditorConfig;
import dev.mneme.edit.base.FeatureMoments;
import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.tensor.Scopes;
import java.util.List;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Measures on a run's photographs what whitens the features of a fresh base's lens. */
final class Whitening {
  private static final int TILES = 320;

  private Whitening() {}

  /**
   * Looks at sources of the founding tasks; the same every time.
   *
   * @param whitening of the base, [38, 38], overwritten; left as it is in a run without photographs
   */
  static void measure(EditorConfig shape, Tensor whitening, RunConfig run) {
    List<Photo> photos = run.photos();
    if (photos.isEmpty()) {
      return;
    }
    List<EditTask> tasks = EditTasks.founding();
    FeatureMoments moments = new FeatureMoments(shape.tile());
    int tile = shape.tile();
    for (int i = 0; i < TILES; i++) {
      Random random = new Random(EditBatches.mix(run.seed(), i));
      Photo photo = photos.get(random.nextInt(photos.size()));
      Picture clean = Window.draw(photo, tile, tile, random).of(photo);
      EditTask task = tasks.get(i % tasks.size());
      Picture source = task.apply(clean, task.strength().usual(), random).source();
      Scopes.run(() -> moments.add(torch.tensor(source.rgb()).view(1, 3, tile, tile)));
    }
    Scopes.run(() -> whitening.copy_(moments.whitening()));
  }
}
