package dev.mneme.edit.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.TinyEditor;
import dev.mneme.edit.WordEncoder;
import dev.mneme.edit.base.Shown;
import dev.mneme.edit.corpus.Corpus;
import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.PictureWriter;
import dev.mneme.edit.picture.Pictures;
import dev.mneme.edit.picture.Resize;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditBatchesTest {
  private static final int TILE = 32;

  private static List<Photo> photos;

  @BeforeAll
  static void photographs(@TempDir Path folder) throws IOException {
    photos = TinyEditor.photographs(folder, 3).train();
    photos.forEach(Photo::image); // decoded before the folder goes
  }

  private static EditBatches batches(List<EditTask> tasks, int size, long seed) {
    ExampleMaker maker = new ExampleMaker(Wording.TRAIN, new WordEncoder(), TILE, 0);
    return new EditBatches(photos, tasks, maker, size, seed);
  }

  private static List<EditTask> tasks(String... names) {
    return List.of(names).stream().map(EditTasks::named).toList();
  }

  private static void requireEqual(EditExample a, EditExample b) {
    assertEquals(a.task(), b.task());
    assertArrayEquals(a.text().states(), b.text().states());
    assertArrayEquals(a.glance().rgb(), b.glance().rgb());
    assertArrayEquals(a.tile().source().rgb(), b.tile().source().rgb());
    assertArrayEquals(a.tile().target().rgb(), b.tile().target().rgb());
    assertArrayEquals(a.place(), b.place());
  }

  @Test
  void someAreShownByPairsOfOtherPhotographs() {
    ExampleMaker maker = new ExampleMaker(Wording.TRAIN, new WordEncoder(), TILE, 0, 0.4);
    EditBatches batches = new EditBatches(photos, tasks("darken"), maker, 60, 7);
    List<EditExample> shown =
        batches.batch(1).examples().stream().filter(e -> !e.shown().isEmpty()).toList();
    assertTrue(shown.size() > 12 && shown.size() < 36, shown.size() + " of 60");
    Set<Integer> parts = new HashSet<>();
    for (EditExample example : shown) {
      assertEquals(ShownMaker.SHOWN, example.task());
      assertEquals(Shown.SENTENCE, example.sentence());
      assertFalse(
          Arrays.equals(example.tile().source().rgb(), example.tile().target().rgb()), "a look");
      for (Shown pair : example.shown()) {
        assertEquals(TILE, pair.before().width());
        assertFalse(Arrays.equals(pair.before().rgb(), pair.after().rgb()));
      }
      parts.add(example.shown().size());
    }
    assertTrue(parts.contains(1) && parts.stream().anyMatch(n -> n >= 8), parts.toString());
    List<EditExample> again =
        batches.batch(1).examples().stream().filter(e -> !e.shown().isEmpty()).toList();
    for (int i = 0; i < shown.size(); i++) {
      requireEqual(shown.get(i), again.get(i));
      assertArrayEquals(
          shown.get(i).shown().get(0).after().rgb(), again.get(i).shown().get(0).after().rgb());
    }
  }

  @Test
  void aStepAndASeedDecideEverything() {
    List<EditTask> tasks = tasks("darken", "denoise", "fix_exposure", "add_grain");
    EditBatches one = batches(tasks, 3, 7);
    EditBatches same = batches(tasks, 3, 7);
    EditBatches other = batches(tasks, 3, 8);
    same.batch(40); // what was asked before changes nothing
    for (long step : new long[] {0, 1, 5, 123_456_789L}) {
      EditBatch expected = one.batch(step);
      EditBatch found = same.batch(step);
      assertEquals(expected.whole(), found.whole());
      for (int i = 0; i < 3; i++) {
        requireEqual(expected.examples().get(i), found.examples().get(i));
        assertFalse(
            Arrays.equals(
                expected.examples().get(i).tile().source().rgb(),
                other.batch(step).examples().get(i).tile().source().rgb()));
      }
    }
  }

  @Test
  void examplesOfARunAreAllDifferent() {
    EditBatches batches = batches(tasks("darken"), 4, 7);
    Set<Integer> seen = new HashSet<>();
    for (long step = 0; step < 8; step++) {
      for (EditExample e : batches.batch(step).examples()) {
        assertTrue(seen.add(Arrays.hashCode(e.tile().source().rgb())), "step " + step);
      }
    }
  }

  @Test
  void tasksGetEqualSharesOfEveryCycle() {
    List<EditTask> shares = new ArrayList<>(tasks("darken", "brighten", "invert", "warm", "cool"));
    shares.add(EditTasks.named("warm"));
    EditBatches batches = batches(shares, 4, 3);
    List<String> drawn = new ArrayList<>();
    for (long step = 0; step < 9; step++) {
      drawn.addAll(batches.batch(step).labels());
    }
    Set<List<String>> orders = new HashSet<>();
    for (int cycle = 0; cycle < 6; cycle++) {
      List<String> order = drawn.subList(6 * cycle, 6 * cycle + 6);
      Map<String, Integer> counts = new HashMap<>();
      order.forEach(name -> counts.merge(name, 1, Integer::sum));
      assertEquals(Map.of("darken", 1, "brighten", 1, "invert", 1, "warm", 2, "cool", 1), counts);
      orders.add(order);
    }
    assertTrue(orders.size() > 1, "the order is shuffled anew");
  }

  @Test
  void twoOfThreeBatchesShowWholePictures() {
    EditBatches batches = batches(tasks("darken"), 6, 3);
    for (long step = 0; step < 6; step++) {
      EditBatch batch = batches.batch(step);
      assertEquals(step % 3 != 0, batch.whole());
      for (EditExample e : batch.examples()) {
        float[] p = e.place();
        if (batch.whole()) {
          assertArrayEquals(new float[] {0, 0, 1, 1}, p);
          assertArrayEquals(e.tile().source().rgb(), e.glance().rgb());
        }
        assertTrue(0 <= p[0] && p[0] < p[2] && p[2] <= 1 && 0 <= p[1] && p[1] < p[3] && p[3] <= 1);
      }
    }
  }

  @Test
  void aTileLiesWhereItsPlaceSays(@TempDir Path folder) throws IOException {
    PictureWriter.write(folder.resolve("smooth.png"), Pictures.scene(300, 280), "");
    List<Photo> smooth = Corpus.load(folder).train();
    ExampleMaker maker = new ExampleMaker(Wording.TRAIN, new WordEncoder(), TILE, 0);
    int compared = 0;
    for (int seed = 0; seed < 150; seed++) {
      EditExample e = maker.make(EditTasks.named("invert"), smooth, new Random(seed), false);
      float[] p = e.place();
      float width = TILE / (p[2] - p[0]);
      float height = TILE / (p[3] - p[1]);
      for (float at : new float[] {width, height, p[0] * width, p[1] * height}) {
        assertEquals(0, Math.abs(at / 16 - Math.round(at / 16)), 1e-4, "in steps of 16 pixels");
      }
      assertTrue(width <= 512.01 && height <= 512.01);
      for (int i = 0; i < e.tile().source().rgb().length; i++) {
        assertEquals(1, e.tile().source().rgb()[i] + e.tile().target().rgb()[i], 1e-6);
      }
      // A glance is the whole picture, reduced: the tile is found in it where the place says.
      int across = Math.round(TILE * TILE / width);
      int down = Math.round(TILE * TILE / height);
      if (TILE % across == 0 && TILE % down == 0) {
        compared++;
        Picture small = Resize.to(e.tile().source(), across, down);
        Picture part =
            e.glance().crop(Math.round(p[0] * TILE), Math.round(p[1] * TILE), across, down);
        double apart = 0;
        for (int i = 0; i < small.rgb().length; i++) {
          apart += Math.abs(small.rgb()[i] - part.rgb()[i]) / small.rgb().length;
        }
        assertTrue(apart < 0.02, "apart by " + apart);
      }
    }
    assertTrue(compared > 3, "compared " + compared);
  }

  @Test
  void sentencesOfAllLengthsAndLanguagesShareABatch() {
    EditBatch batch = batches(tasks("darken", "sepia"), 12, 5).batch(1);
    Engine.start();
    Set<Integer> lengths = new HashSet<>();
    batch.examples().forEach(e -> lengths.add(e.text().length()));
    assertTrue(lengths.size() > 1);
    assertEquals(12, batch.text().batch());
    assertEquals(2, batch.text().states().size(), "both encoders speak");
    assertArrayEquals(new long[] {12, 3, TILE, TILE}, batch.sources().shape());
    assertArrayEquals(new long[] {12, 3, TILE, TILE}, batch.targets().shape());
    assertArrayEquals(new long[] {12, 3, TILE, TILE}, batch.glances().shape());
    assertArrayEquals(new long[] {12, 4}, batch.places().shape());
    float[] sources = Tensors.toFloats(batch.sources());
    float[] third = batch.examples().get(2).tile().source().rgb();
    assertArrayEquals(third, Arrays.copyOfRange(sources, 2 * third.length, 3 * third.length));
  }

  @Test
  void photographsSmallerThanATileAreEnlarged(@TempDir Path folder) throws IOException {
    PictureWriter.write(folder.resolve("small.png"), Pictures.noise(5, 3, 1), "");
    List<Photo> small = Corpus.load(folder).train();
    ExampleMaker maker = new ExampleMaker(Wording.TRAIN, new WordEncoder(), TILE, 0);
    for (boolean whole : new boolean[] {true, false}) {
      EditExample e = maker.make(EditTasks.named("darken"), small, new Random(1), whole);
      assertEquals(TILE, e.tile().source().width());
    }
  }

  @Test
  void nothingToLearnFromIsRefused() {
    ExampleMaker maker = new ExampleMaker(Wording.TRAIN, new WordEncoder(), TILE, 0);
    List<EditTask> tasks = tasks("darken");
    for (Runnable wrong :
        List.<Runnable>of(
            () -> new EditBatches(List.of(), tasks, maker, 1, 0),
            () -> new EditBatches(photos, List.of(), maker, 1, 0),
            () -> new EditBatches(photos, tasks, maker, 0, 0))) {
      assertTrue(
          assertThrows(IllegalArgumentException.class, wrong::run).getMessage().contains("found"));
    }
  }
}
