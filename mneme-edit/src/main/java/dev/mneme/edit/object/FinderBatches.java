package dev.mneme.edit.object;

import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.learn.BatchSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Draws the scenes of each step.
 *
 * @param photos that lie behind
 * @param objects that are put there
 * @param encoder reads their names
 * @param side pixels of a scene
 * @param size scenes a step
 * @param seed of all that is drawn
 */
record FinderBatches(
    List<Photo> photos, List<CutOut> objects, TextEncoder encoder, int side, int size, long seed)
    implements BatchSource<FinderBatch> {
  private static final int MOST = 4; // objects in a scene

  @Override
  public FinderBatch batch(long step) {
    Random random = new Random(seed * 1_000_003 + step);
    List<ObjectScene> scenes = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < size; i++) {
      Photo photo = photos.get(random.nextInt(photos.size()));
      ObjectScene scene = ObjectScene.draw(random, photo, objects, MOST, side);
      scenes.add(scene);
      for (CutOut object : scene.objects()) {
        List<String> called = random.nextInt(3) == 0 ? object.chinese() : object.english();
        names.add(called.get(random.nextInt(called.size())));
      }
    }
    List<String> all = List.copyOf(names);
    return new FinderBatch(scenes, all, all.stream().map(encoder::encode).toList());
  }
}
