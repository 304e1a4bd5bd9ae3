package dev.mneme.edit.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.TinyEditor;
import dev.mneme.edit.WordEncoder;
import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.Pictures;
import dev.mneme.edit.task.EditPair;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.edit.task.Phrasings;
import dev.mneme.edit.task.PhrasingsReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompositionTest {
  @Test
  void everyTaskButTheLastWordsIsGoneOnFrom() {
    SplittableRandom random = new SplittableRandom(1);
    Set<String> without = new HashSet<>();
    for (EditTask task : EditTasks.all()) {
      Set<String> seconds = new HashSet<>();
      for (int i = 0; i < 60; i++) {
        Optional<Composition> drawn = Composition.draw(task, Wording.TRAIN, random);
        drawn.ifPresentOrElse(
            both -> seconds.add(both.second().name()), () -> without.add(task.name()));
        drawn.ifPresent(both -> assertEquals(task, both.first()));
      }
      assertFalse(seconds.contains(task.name()), "never the same twice");
      assertTrue(seconds.isEmpty() || seconds.size() > 2, task.name() + " then " + seconds);
    }
    assertEquals(
        Set.of("sketch", "emboss", "outline", "pixelate", "invert", "ink", "poster"), without);
  }

  @Test
  void whatTheFirstDidIsNotUndoneByTheSecond() {
    SplittableRandom random = new SplittableRandom(2);
    for (String[] opposites :
        new String[][] {
          {"brighten", "darken"},
          {"night", "brighten"},
          {"warm", "cool"},
          {"remove_cast", "warm"},
          {"blur", "sharpen"},
          {"desaturate", "saturate"},
          {"even_contrast", "less_contrast"},
          {"bw_red", "saturate"},
          {"tint_green", "warm"},
          {"soften", "sharpen"}
        }) {
      EditTask first = EditTasks.named(opposites[0]);
      for (int i = 0; i < 200; i++) {
        Composition both = Composition.draw(first, Wording.TRAIN, random).orElseThrow();
        assertFalse(both.second().name().equals(opposites[1]), opposites[0]);
      }
    }
  }

  @Test
  void aPairIsEitherTrainedOnOrMeasured() {
    Set<List<String>> seen = pairs(Wording.TRAIN);
    Set<List<String>> heldOut = pairs(Wording.CHINESE_HELD_OUT);
    assertEquals(heldOut, pairs(Wording.ENGLISH_HELD_OUT));
    assertTrue(java.util.Collections.disjoint(seen, heldOut));
    double share = heldOut.size() / (double) (heldOut.size() + seen.size());
    assertTrue(share > 0.15 && share < 0.25, "one in five, found " + share);
  }

  private static Set<List<String>> pairs(Wording wording) {
    SplittableRandom random = new SplittableRandom(5);
    Set<List<String>> pairs = new HashSet<>();
    for (EditTask task : EditTasks.all()) {
      for (int i = 0; i < 150; i++) {
        Composition.draw(task, wording, random)
            .ifPresent(both -> pairs.add(List.of(task.name(), both.second().name())));
      }
    }
    return pairs;
  }

  @Test
  void measuredSentencesAreHeldOut() {
    EditTask first = EditTasks.named("denoise");
    EditTask second = EditTasks.named("warm");
    String sentence =
        new Composition(first, second).sentence(Wording.ENGLISH_HELD_OUT, new Random(4));
    assertTrue(
        joined(
            sentence,
            PhrasingsReader.of(first).englishHeldOut(),
            PhrasingsReader.of(second).englishHeldOut()),
        sentence);
  }

  @Test
  void theSecondIsDoneOnTheFirstsTarget() {
    EditTask darken = EditTasks.named("darken");
    EditTask sepia = EditTasks.named("sepia");
    Picture clean = Pictures.scene(20, 17);
    EditPair found = new Composition(darken, sepia).apply(clean, Wording.TRAIN, new Random(1));
    Random random = new Random(1);
    EditPair one = darken.apply(clean, 1, random);
    EditPair two = sepia.apply(one.target(), 1, random);
    assertArrayEquals(one.source().rgb(), found.source().rgb());
    assertArrayEquals(two.target().rgb(), found.target().rgb());
  }

  @Test
  void aSentenceHoldsOneOfEachInOneLanguageAndNoneThatIsHeldOut() {
    EditTask first = EditTasks.named("denoise");
    EditTask second = EditTasks.named("warm");
    Composition both = new Composition(first, second);
    SplittableRandom random = new SplittableRandom(3);
    Phrasings a = PhrasingsReader.of(first);
    Phrasings b = PhrasingsReader.of(second);
    int chinese = 0;
    int swapped = 0;
    for (int i = 0; i < 60; i++) {
      String sentence = both.sentence(Wording.TRAIN, random);
      boolean english = joined(sentence, a.english(), b.english());
      boolean other = joined(sentence, a.chinese(), b.chinese());
      assertTrue(english != other, sentence);
      chinese += other ? 1 : 0;
      List<String> begins = other ? b.chinese() : b.english();
      swapped += begins.stream().anyMatch(sentence::startsWith) ? 1 : 0;
    }
    assertTrue(chinese > 5 && chinese < 35, "one in three, found " + chinese);
    assertTrue(swapped > 15 && swapped < 45, "half of them, found " + swapped);
  }

  /** Whether a sentence is one of each with something short between them. */
  private static boolean joined(String sentence, List<String> first, List<String> second) {
    for (String a : first) {
      for (String b : second) {
        for (String[] order : new String[][] {{a, b}, {b, a}}) {
          int between = sentence.length() - a.length() - b.length();
          if (between > 0
              && between <= 10
              && sentence.startsWith(order[0])
              && sentence.endsWith(order[1])) {
            return true;
          }
        }
      }
    }
    return false;
  }

  @Test
  void theirShareIsAsAskedFor(@TempDir Path folder) throws IOException {
    List<Photo> photos = TinyEditor.photographs(folder, 1).train();
    List<EditTask> tasks = List.of(EditTasks.named("darken"), EditTasks.named("invert"));
    for (double share : new double[] {0, 0.5, 1}) {
      ExampleMaker maker = new ExampleMaker(Wording.TRAIN, new WordEncoder(), 32, share);
      EditBatches batches = new EditBatches(photos, tasks, maker, 8, 4);
      List<String> labels = new ArrayList<>();
      for (long step = 1; step < 12; step += 3) {
        labels.addAll(batches.batch(step).labels());
      }
      assertEquals(16, labels.stream().filter("invert"::equals).count(), "a last word stays alone");
      long composed = labels.stream().filter(ExampleMaker.COMPOSED::equals).count();
      assertEquals(16 * share, composed, share == 0.5 ? 6 : 0);
    }
  }
}
