package dev.mneme.edit.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.TinyEditor;
import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.edit.task.Phrasings;
import dev.mneme.edit.task.PhrasingsReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gallery asks; the command's test writes one. */
class GalleryTest {
  @TempDir Path folder;

  @Test
  void everyTaskOnOtherPhotosInHeldOutWords() throws IOException {
    List<Photo> photos = TinyEditor.photographs(folder, 3).train();
    int tasks = EditTasks.founding().size();
    List<GalleryPair> pairs = GalleryPair.choose(photos, 2 * tasks);
    assertEquals(tasks, pairs.stream().limit(tasks).map(p -> p.task().name()).distinct().count());
    Set<String> names = pairs.stream().map(GalleryPair::fileName).collect(Collectors.toSet());
    assertEquals(2 * tasks, names.size());
    for (GalleryPair pair : pairs) {
      Phrasings all = PhrasingsReader.of(pair.task());
      boolean english = pair.number() <= tasks;
      assertTrue((english ? all.englishHeldOut() : all.chineseHeldOut()).contains(pair.sentence()));
      assertEquals(photos.get((pair.number() - 1) % 3), pair.photo());
    }
    Set<String> sentences = new HashSet<>();
    GalleryPair.choose(photos, 4 * tasks).forEach(p -> sentences.add(p.sentence()));
    assertEquals(4 * tasks, sentences.size(), "a task comes again in other words");
  }

  @Test
  void aRepairIsAskedOfADamagedPictureTheSameEveryTime() throws IOException {
    List<Photo> photos = TinyEditor.photographs(folder, 1).train();
    for (GalleryPair pair : GalleryPair.choose(photos, EditTasks.founding().size())) {
      assertTrue(pair.before(40).sameAs(pair.before(40)));
      assertTrue(Math.max(pair.before(40).width(), pair.before(40).height()) == 40);
      if (pair.task().name().equals("denoise")) {
        assertFalse(
            pair.before(40)
                .sameAs(dev.mneme.edit.picture.RasterImage.of(photos.get(0).within(40))));
      }
    }
  }

  @Test
  void plansWithoutPicturesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new GalleryPlan(0, 100));
    assertThrows(IllegalArgumentException.class, () -> new GalleryPlan(4, 15));
  }
}
