package dev.mneme.edit.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.edit.task.Phrasings;
import dev.mneme.edit.task.PhrasingsReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WordingTest {
  private static final int DRAWS = 200;

  @Test
  void trainingNeverDrawsASentenceThatIsHeldOutAnywhere() {
    Set<String> heldOut = new HashSet<>();
    for (EditTask task : EditTasks.all()) {
      heldOut.addAll(PhrasingsReader.of(task).englishHeldOut());
      heldOut.addAll(PhrasingsReader.of(task).chineseHeldOut());
    }
    for (EditTask task : EditTasks.all()) {
      for (String drawn : draw(Wording.TRAIN, task, DRAWS)) {
        assertTrue(!heldOut.contains(drawn), task.name() + ": " + drawn);
      }
    }
  }

  @Test
  void everySentenceComesFromItsSectionOfTheTasksFile() {
    EditTask task = EditTasks.named("undo_gamma");
    Phrasings file = PhrasingsReader.of(task);
    List<String> train = new ArrayList<>(file.english());
    train.addAll(file.chinese());
    requireAll(train, Wording.TRAIN, task);
    requireAll(file.english(), Wording.ENGLISH_SEEN, task);
    requireAll(file.englishHeldOut(), Wording.ENGLISH_HELD_OUT, task);
    requireAll(file.chinese(), Wording.CHINESE_SEEN, task);
    requireAll(file.chineseHeldOut(), Wording.CHINESE_HELD_OUT, task);
  }

  /** All of the section and nothing else is drawn. */
  private static void requireAll(List<String> expected, Wording wording, EditTask task) {
    assertEquals(
        new HashSet<>(expected), new HashSet<>(draw(wording, task, 200 * DRAWS)), wording.name());
  }

  @Test
  void oneTrainingSentenceInThreeIsChinese() {
    EditTask task = EditTasks.named("darken");
    Set<String> chinese = new HashSet<>(PhrasingsReader.of(task).chinese());
    double share =
        (double) draw(Wording.TRAIN, task, DRAWS).stream().filter(chinese::contains).count()
            / DRAWS;
    assertEquals(1 / 3.0, share, 0.1);
  }

  @Test
  void twoTrainingSentencesInFiveArePlain() {
    EditTask task = EditTasks.named("darken");
    Phrasings file = PhrasingsReader.of(task);
    Set<String> plain = Set.of(file.plain(false), file.plain(true));
    assertEquals(Set.of(file.english().get(0), file.chinese().get(0)), plain);
    double share =
        (double) draw(Wording.TRAIN, task, DRAWS).stream().filter(plain::contains).count() / DRAWS;
    assertEquals(0.4, share, 0.1);
  }

  @Test
  void plainTrainingDrawsThePlainestOfBothLanguagesAlone() {
    EditTask task = EditTasks.named("darken");
    Phrasings file = PhrasingsReader.of(task);
    assertEquals(
        Set.of(file.plain(false), file.plain(true)),
        new HashSet<>(draw(Wording.PLAIN, task, DRAWS)));
    assertTrue(Wording.PLAIN.trains() && Wording.TRAIN.trains());
    assertTrue(!Wording.ENGLISH_SEEN.trains() && !Wording.CHINESE_HELD_OUT.trains());
  }

  private static List<String> draw(Wording wording, EditTask task, int draws) {
    SplittableRandom random = new SplittableRandom(17);
    List<String> drawn = new ArrayList<>();
    for (int i = 0; i < draws; i++) {
      drawn.add(wording.sentence(task, random));
    }
    return drawn;
  }
}
