package dev.mneme.peers;

import dev.mneme.edit.learn.EditExample;
import dev.mneme.edit.learn.Wording;
import dev.mneme.edit.measure.Evaluation;
import dev.mneme.edit.measure.EvaluationSet;
import dev.mneme.edit.measure.QuestionDraw;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.edit.task.EditPair;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import java.util.ArrayList;
import java.util.List;

/** The questions that an editor and its peers are asked. */
final class Questions {
  private Questions() {}

  /**
   * One set a task: the questions that a whole evaluation of as many rounds asks, so that numbers
   * can be laid beside each other. Sources are rounded to 8 bits, as if read from a file: without
   * it a blur could be undone almost to the last digit.
   *
   * @param tile side of a question's picture
   */
  static List<EvaluationSet> of(Evaluation.Setting setting, int tile) {
    // What is asked in a round depends on a task's place among all that are asked.
    List<EditTask> all = new ArrayList<>(EditTasks.founding());
    setting.tasks().stream().filter(task -> !all.contains(task)).forEach(all::add);
    EvaluationSet whole =
        new QuestionDraw(
                setting.photos(), all, setting.encoder(), tile, setting.rounds(), setting.seed())
            .questions(Wording.ENGLISH_HELD_OUT);
    return setting.tasks().stream().map(task -> rounded(whole.only(task.name()))).toList();
  }

  private static EvaluationSet rounded(EvaluationSet set) {
    return new EvaluationSet(
        set.tasks(), set.rounds(), set.examples().stream().map(Questions::rounded).toList());
  }

  private static EditExample rounded(EditExample example) {
    return new EditExample(
        example.task(),
        example.sentence(),
        example.text(),
        eightBits(example.glance()),
        new EditPair(eightBits(example.tile().source()), example.tile().target()),
        example.place());
  }

  private static Picture eightBits(Picture picture) {
    return RasterImage.of(picture).toPicture();
  }
}
