package dev.mneme.edit.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.task.EditTask.Family;
import dev.mneme.edit.task.EditTask.Learner;
import dev.mneme.edit.task.EditTask.Strength;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EditTasksTest {
  private static final int[][] SIZES = {{1, 1}, {1, 7}, {7, 1}, {8, 8}, {13, 5}, {130, 67}};

  /** Drawn on blank ground. */
  private static final Set<String> ON_PAPER = Set.of("sketch", "outline", "emboss", "ink");

  static Stream<String> names() {
    return EditTasks.all().stream().map(EditTask::name);
  }

  @Test
  void theListIsComplete() {
    assertEquals(14, EditTasks.of(Learner.BASE).size());
    assertEquals(18, EditTasks.of(Learner.MEMORY).size());
    assertEquals(30, EditTasks.of(Learner.LATER).size());
    assertEquals(62, names().collect(Collectors.toSet()).size());
    assertEquals(
        Set.of(Family.values()),
        EditTasks.all().stream().map(EditTask::family).collect(Collectors.toSet()));
    assertEquals(8, Family.values().length);
    assertThrows(UnsupportedOperationException.class, () -> EditTasks.all().remove(0));
    Set<String> perPicture =
        EditTasks.all().stream()
            .filter(EditTask::pictureDependent)
            .map(EditTask::name)
            .collect(Collectors.toSet());
    assertEquals(
        Set.of(
            "fix_exposure",
            "remove_cast",
            "denoise_unknown",
            "clear_haze",
            "even_contrast",
            "undo_gamma",
            "motion_deblur",
            "unfade"),
        perPicture);
  }

  @Test
  void whatIsTaughtBeforeAnyArrivesComesFirstAndInItsOldOrder() {
    assertEquals(EditTasks.all().subList(0, 32), EditTasks.founding());
    assertEquals(
        "brighten darken more_contrast less_contrast saturate desaturate invert sharpen soft_glow"
            + " outline remove_grain remove_jpeg add_haze low_light blur deblur denoise pixelate"
            + " sketch emboss warm cool sepia night add_grain film fix_exposure remove_cast"
            + " denoise_unknown clear_haze even_contrast undo_gamma",
        EditTasks.founding().stream().map(EditTask::name).collect(Collectors.joining(" ")));
  }

  @Test
  void laterTasksArriveInGroupsOfThree() {
    Map<String, List<EditTask>> groups = EditTasks.groups();
    assertEquals(10, groups.size());
    groups.values().forEach(group -> assertEquals(3, group.size()));
    assertEquals(
        EditTasks.of(Learner.LATER), groups.values().stream().flatMap(List::stream).toList());
    assertThrows(UnsupportedOperationException.class, () -> groups.remove("light"));
  }

  @Test
  void anUnknownNameListsTheKnownOnes() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> EditTasks.named("brihgten"))
            .getMessage();
    assertTrue(message.contains("'brihgten'") && message.contains("brighten, darken"), message);
  }

  @ParameterizedTest
  @MethodSource("names")
  void pairsAreWellFormedAtEverySizeAndStrength(String name) {
    EditTask task = EditTasks.named(name);
    assertTrue(name.matches("[a-z][a-z0-9_]*"), name);
    Strength range = task.strength();
    for (int[] size : SIZES) {
      Picture clean = Synthetic.noise(size[0], size[1], 17);
      for (double strength : new double[] {range.least(), range.usual(), range.most()}) {
        EditPair pair = task.apply(clean, strength, new SplittableRandom(5));
        assertInRange(pair.source(), size);
        assertInRange(pair.target(), size);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void extremePicturesStayInRange(String name) {
    EditTask task = EditTasks.named(name);
    for (double value : new double[] {0, 1}) {
      Picture flat = Synthetic.flat(9, 9, value, value, value);
      EditPair pair = task.apply(flat, task.strength().most(), new SplittableRandom(5));
      assertInRange(pair.source(), new int[] {9, 9});
      assertInRange(pair.target(), new int[] {9, 9});
    }
  }

  private static void assertInRange(Picture picture, int[] size) {
    assertEquals(size[0], picture.width());
    assertEquals(size[1], picture.height());
    for (float value : picture.rgb()) {
      assertTrue(value >= 0 && value <= 1, "found " + value);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void oneSideIsTheCleanPictureAndItIsNotWrittenTo(String name) {
    EditTask task = EditTasks.named(name);
    Picture clean = Synthetic.scene(37, 21);
    float[] before = clean.rgb().clone();
    EditPair pair = task.apply(clean, 1, new SplittableRandom(5));
    assertSame(clean, task instanceof UndoTask ? pair.target() : pair.source());
    assertArrayEquals(before, clean.rgb());
  }

  @ParameterizedTest
  @MethodSource("names")
  void theSameSeedGivesTheSamePairAndOnlySourcesAreRandom(String name) {
    EditTask task = EditTasks.named(name);
    Picture clean = Synthetic.scene(37, 21);
    EditPair first = task.apply(clean, 1, new SplittableRandom(5));
    EditPair again = task.apply(clean, 1, new SplittableRandom(5));
    EditPair other = task.apply(clean, 1, new SplittableRandom(6));
    assertArrayEquals(first.source().rgb(), again.source().rgb());
    assertArrayEquals(first.target().rgb(), again.target().rgb());
    assertArrayEquals(first.target().rgb(), other.target().rgb());
    boolean random = task instanceof UndoTask && !Set.of("deblur", "upscale").contains(name);
    assertEquals(random, Synthetic.meanSquare(first.source(), other.source()) > 0);
  }

  @ParameterizedTest
  @MethodSource("names")
  void moreStrengthIsMoreEffect(String name) {
    EditTask task = EditTasks.named(name);
    Picture clean = Synthetic.scene(96, 96);
    double[] effect = new double[3];
    for (int i = 0; i < 3; i++) {
      double strength = 0.5 + 0.5 * i;
      if (ON_PAPER.contains(name)) { // what is drawn is its difference from blank ground
        double ground = name.equals("emboss") ? 0.5 : 1;
        Picture drawn = task.apply(clean, strength, new SplittableRandom(5)).target();
        effect[i] = Synthetic.meanSquare(drawn, Synthetic.flat(96, 96, ground, ground, ground));
      } else {
        effect[i] = effect(task, clean, strength);
      }
    }
    assertEquals(new Strength(0.5, 1, 1.5), task.strength());
    assertTrue(effect[0] < effect[1] && effect[1] < effect[2], Arrays.toString(effect));
  }

  /**
   * Large enough to be seen, small enough to leave a picture: 8 to 30 dB, and 4 for what redraws
   * it.
   */
  @ParameterizedTest
  @MethodSource("names")
  void theEffectIsVisibleButNotDestructive(String name) {
    EditTask task = EditTasks.named(name);
    double decibel = -10 * Math.log10(effect(task, Synthetic.scene(128, 128), 1));
    boolean redraws = task.family() == Family.DRAWING || name.equals("invert");
    assertTrue(decibel > (redraws ? 4 : 8) && decibel < 30, "found " + decibel + " dB");
  }

  /** Mean square of the change; over some seeds where damage is random. */
  private static double effect(EditTask task, Picture clean, double strength) {
    int seeds = task instanceof UndoTask ? 8 : 1;
    double sum = 0;
    for (int seed = 0; seed < seeds; seed++) {
      EditPair pair = task.apply(clean, strength, new SplittableRandom(seed));
      sum += Synthetic.meanSquare(pair.source(), pair.target()) / seeds;
    }
    return sum;
  }

  @ParameterizedTest
  @MethodSource("names")
  void strengthsOutsideTheRangeAreRefused(String name) {
    EditTask task = EditTasks.named(name);
    Picture clean = Synthetic.flat(1, 1, 0.2, 0.4, 0.6);
    for (double strength : List.of(0.49, 1.51, Double.NaN)) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> task.apply(clean, strength, new SplittableRandom(5)))
              .getMessage();
      assertEquals(
          "Strength must lie between 0.5 and 1.5, found "
              + strength
              + "; the usual strength is 1.0",
          message);
    }
  }
}
