package dev.mneme.edit.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.Pictures;
import dev.mneme.edit.task.EditPair;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrainingPairsTest {
  private static final int DRAWS = 400;

  private final Picture clean = Pictures.noise(9, 7, 3);

  private double intact(String task, double share) {
    Random random = new Random(8);
    int count = 0;
    for (int i = 0; i < DRAWS; i++) {
      EditPair pair =
          TrainingPairs.draw(EditTasks.named(task), clean, Wording.TRAIN, share, random);
      if (pair.source() == clean) {
        assertSame(clean, pair.target(), "what is whole stays as it is");
        count++;
      }
    }
    return (double) count / DRAWS;
  }

  @Test
  void theShareThatIsWantedHasNothingToRepair() {
    assertEquals(0.2, intact("clear_haze", 0.2), 0.06);
    assertEquals(0.4, intact("fix_exposure", 0.4), 0.08);
  }

  @Test
  void whatDoesNotDependOnThePictureIsAlwaysDone() {
    Random random = new Random(8);
    for (int i = 0; i < 50; i++) {
      EditPair pair = TrainingPairs.draw(EditTasks.named("warm"), clean, Wording.TRAIN, 1, random);
      assertTrue(pair.target() != clean, "warm changes every picture");
    }
    assertEquals(0, intact("denoise", 1));
  }

  @Test
  void whatIsMeasuredIsNeverWhole() {
    Random random = new Random(8);
    for (int i = 0; i < 50; i++) {
      EditTask haze = EditTasks.named("clear_haze");
      EditPair pair = TrainingPairs.draw(haze, clean, Wording.ENGLISH_HELD_OUT, 1, random);
      assertTrue(pair.source() != clean, "a haze to clear");
    }
  }

  /** In steps of 8 bits, and half of them through JPEG. */
  @Test
  void inPlainWordsSourcesAreAsFilesHaveThem() {
    EditTask blur = EditTasks.named("blur");
    Picture scene = Pictures.scene(32, 32);
    float[] exact = TrainingPairs.draw(blur, scene, Wording.TRAIN, 0, new Random(8)).source().rgb();
    Random random = new Random(8);
    int rounded = 0;
    for (int n = 0; n < 100; n++) {
      EditPair pair = TrainingPairs.draw(blur, scene, Wording.PLAIN, 0, random);
      double furthest = 0;
      for (int i = 0; i < exact.length; i++) {
        float step = 255 * pair.source().rgb()[i];
        assertEquals(Math.round(step), step, 1e-4);
        furthest = Math.max(furthest, Math.abs(255 * exact[i] - step));
      }
      assertTrue(furthest > 0.05 && furthest < 40, "furthest " + furthest);
      rounded += furthest < 0.501 ? 1 : 0;
    }
    assertEquals(50, rounded, 15);
  }
}
