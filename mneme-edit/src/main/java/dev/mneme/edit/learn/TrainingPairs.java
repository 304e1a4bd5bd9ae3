package dev.mneme.edit.learn;

import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.edit.task.EditPair;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.JpegRoundTrip;
import java.util.random.RandomGenerator;

/** What is shown of a task. */
final class TrainingPairs {
  /** Share of pictures that have nothing to repair, asked for alone. */
  static final double INTACT = 0.2;

  /** The same beside a second wish, where people name a flaw in passing. */
  static final double INTACT_BESIDE = 0.4;

  /** Least quality of a JPEG that nobody would call compressed. */
  private static final double GOOD = 0.85;

  private TrainingPairs() {}

  /**
   * Source and target. In training, of a task that depends on the picture some have the clean
   * picture for both: people ask to clear a haze where there is none, and a memory that never saw
   * that puts one there.
   *
   * @param intact share of pictures that have nothing to repair
   */
  static EditPair draw(
      EditTask task, Picture clean, Wording wording, double intact, RandomGenerator random) {
    return wording == Wording.PLAIN
        ? asFiles(task, clean, random)
        : exact(task, clean, wording, intact, random);
  }

  private static EditPair exact(
      EditTask task, Picture clean, Wording wording, double intact, RandomGenerator random) {
    boolean training = wording.trains();
    return training && task.pictureDependent() && random.nextDouble() < intact
        ? new EditPair(clean, clean)
        : task.apply(clean, task.strength().usual(), random);
  }

  /**
   * A damage is what a file shows, and what files add to it is not asked for back. Of every other
   * task the file comes first: nobody who wants it warmer wants it smoother.
   */
  private static EditPair asFiles(EditTask task, Picture clean, RandomGenerator random) {
    boolean repairs = task.family() == EditTask.Family.RESTORATION;
    Picture before = repairs ? clean : asFile(clean, random);
    EditPair pair = task.apply(before, task.strength().usual(), random);
    Picture source =
        repairs ? asFile(pair.source(), random) : RasterImage.of(pair.source()).toPicture();
    return new EditPair(source, pair.target());
  }

  /**
   * As an edit gets it: in steps of 8 bits, and half of all pictures through JPEG. Of what no file
   * has a blur could be undone almost to the last digit, and then all that files add would be made
   * stronger too.
   */
  private static Picture asFile(Picture picture, RandomGenerator random) {
    return random.nextBoolean()
        ? JpegRoundTrip.of(picture, (float) random.nextDouble(GOOD, 1))
        : RasterImage.of(picture).toPicture();
  }
}
