package dev.mneme.edit.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.Pictures;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UntouchedTaskTest {
  @Test
  void whatIsShownStaysAsItIs() {
    Picture scene = Pictures.scene(40, 32);
    int damaged = 0;
    for (EditTask task : EditTasks.untouched()) {
      for (int i = 0; i < 3; i++) {
        EditPair pair = task.apply(scene, task.strength().usual(), new Random(i));
        assertArrayEquals(pair.source().rgb(), pair.target().rgb());
        damaged += java.util.Arrays.equals(scene.rgb(), pair.source().rgb()) ? 0 : 1;
      }
    }
    assertTrue(damaged > 3, "sources are those of the tasks, some of them damaged: " + damaged);
  }

  @Test
  void noSentenceIsOneOfAFoundingTask() {
    Set<String> known = new HashSet<>();
    for (EditTask task : EditTasks.founding()) {
      Phrasings all = PhrasingsReader.of(task);
      known.addAll(all.english());
      known.addAll(all.chinese());
      known.addAll(all.englishHeldOut());
      known.addAll(all.chineseHeldOut());
    }
    assertEquals(1 + EditTasks.of(EditTask.Learner.LATER).size(), EditTasks.untouched().size());
    for (EditTask task : EditTasks.untouched()) {
      assertFalse(EditTasks.all().contains(task));
      PhrasingsReader.of(task).english().forEach(s -> assertFalse(known.contains(s), s));
      PhrasingsReader.of(task).chinese().forEach(s -> assertFalse(known.contains(s), s));
    }
  }
}
