package dev.mneme.edit.measure;

import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.edit.task.Phrasings;
import dev.mneme.edit.task.PhrasingsReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * One thing asked of an editor in a gallery.
 *
 * @param number from 1
 * @param task what is asked for
 * @param sentence in which words, held out from training
 * @param photo of what, held out from training
 */
record GalleryPair(int number, EditTask task, String sentence, Photo photo) {
  private static final long SEED = 48_000;

  /**
   * Goes round all tasks that the shipped models were taught, and each time through other words and
   * photographs: English on the first round, Chinese on the second, and so on.
   */
  static List<GalleryPair> choose(List<Photo> photos, int pairs) {
    List<EditTask> tasks = EditTasks.founding();
    List<GalleryPair> chosen = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      int index = i % tasks.size();
      EditTask task = tasks.get(index);
      int round = i / tasks.size();
      Phrasings all = PhrasingsReader.of(task);
      List<String> sentences = round % 2 == 0 ? all.englishHeldOut() : all.chineseHeldOut();
      String sentence = sentences.get((round / 2 + index) % sentences.size());
      chosen.add(new GalleryPair(i + 1, task, sentence, photos.get(i % photos.size())));
    }
    return chosen;
  }

  /** The picture as it is given to the editor: damaged first where the task is a repair. */
  RasterImage before(int longest) {
    SplittableRandom random = new SplittableRandom(SEED + number);
    return RasterImage.of(
        task.apply(photo.within(longest), task.strength().usual(), random).source());
  }

  String fileName() {
    return String.format(Locale.ROOT, "%02d-%s.jpg", number, task.name());
  }
}
