package dev.mneme.edit.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.TinyEditor;
import dev.mneme.edit.WordEncoder;
import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.corpus.Triple;
import dev.mneme.edit.corpus.Triples;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.PictureWriter;
import dev.mneme.edit.picture.Pictures;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.edit.text.TextStates;
import dev.mneme.edit.text.UnusableSentenceException;
import dev.mneme.learn.Refinements;
import dev.mneme.learn.Schedule;
import dev.mneme.learn.TrainingConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TripleBatchesTest {
  private static final int TILE = 32;

  @TempDir static Path folder;
  private static List<Triple> triples;

  /** Three pictures, the last smaller than a tile; after is before at half its brightness. */
  @BeforeAll
  static void write() throws IOException {
    StringBuilder manifest = new StringBuilder("before,after,sentence,task\n");
    int[][] sizes = {{90, 61}, {300, 40}, {20, 27}};
    for (int i = 0; i < sizes.length; i++) {
      Picture before = Pictures.scene(sizes[i][0], sizes[i][1]);
      float[] half = before.rgb().clone();
      for (int k = 0; k < half.length; k++) {
        half[k] *= 0.5f;
      }
      PictureWriter.write(folder.resolve(i + "b.png"), before, "");
      Picture after = new Picture(before.width(), before.height(), half);
      PictureWriter.write(folder.resolve(i + "a.png"), after, "");
      manifest.append("%db.png,%da.png,darker number %d,t%d\n".formatted(i, i, i, i));
    }
    Files.writeString(folder.resolve("manifest.csv"), manifest);
    triples = Triples.load(folder).train();
  }

  private static TripleBatches batches(Wording wording, int size, long seed) {
    return new TripleBatches(triples, new WordEncoder(), wording, TILE, size, seed);
  }

  @Test
  void sourceAndTargetShowTheSameWindow() {
    for (long step = 0; step < 9; step++) {
      EditBatch batch = batches(Wording.TRAIN, 5, 1).batch(step);
      assertEquals(step % 3 != 0, batch.whole());
      for (EditExample example : batch.examples()) {
        Picture source = example.tile().source();
        Picture target = example.tile().target();
        assertEquals(TILE, source.width());
        assertEquals(TILE, target.height());
        assertEquals(TILE, example.glance().width());
        for (int k = 0; k < source.rgb().length; k++) {
          assertEquals(0.5f * source.rgb()[k], target.rgb()[k], 0.006f, "two roundings to 8 bits");
        }
        assertTrue(example.place()[0] >= 0 && example.place()[2] <= 1);
      }
    }
  }

  @Test
  void everyTripleHasItsShareOfEveryCycle() {
    Map<String, Integer> seen = new TreeMap<>();
    for (long step = 0; step < 6; step++) {
      batches(Wording.TRAIN, 2, 3)
          .batch(step)
          .labels()
          .forEach(l -> seen.merge(l, 1, Integer::sum));
    }
    assertEquals(Map.of("t0", 4, "t1", 4, "t2", 4), seen);
  }

  @Test
  void stepAndSeedDecideEverything() {
    float[] one = batches(Wording.TRAIN, 3, 5).batch(4).examples().get(1).tile().source().rgb();
    assertArrayEquals(
        one, batches(Wording.TRAIN, 3, 5).batch(4).examples().get(1).tile().source().rgb());
    assertFalse(
        java.util.Arrays.equals(
            one, batches(Wording.TRAIN, 3, 6).batch(4).examples().get(1).tile().source().rgb()));
  }

  @Test
  void onlyTrainingBlursSentences() {
    float[] plain = new WordEncoder().encode("darker number 0").states();
    assertArrayEquals(plain, statesOf(Wording.ENGLISH_HELD_OUT));
    assertFalse(java.util.Arrays.equals(plain, statesOf(Wording.TRAIN)));
  }

  private static float[] statesOf(Wording wording) {
    return batches(wording, 3, 1).batch(1).examples().stream()
        .filter(e -> e.task().equals("t0"))
        .findFirst()
        .orElseThrow()
        .text()
        .states();
  }

  @Test
  void anUnusableSentenceIsNamedByItsLine() {
    TextEncoder picky =
        new TextEncoder() {
          @Override
          public TextStates encode(String sentence) {
            throw new UnusableSentenceException(
                UnusableSentenceException.Kind.NO_KNOWN_WORD, "expected words, found none");
          }

          @Override
          public void close() {}
        };
    UnusableSentenceException e =
        assertThrows(
            UnusableSentenceException.class,
            () -> new TripleBatches(triples, picky, Wording.TRAIN, TILE, 1, 1));
    assertTrue(e.getMessage().contains("manifest.csv, line 2: expected words"), e.getMessage());
  }

  @Test
  void aRunMeasuresWithWhatIsHeldOutWhateverItsSeed() {
    TrainingConfig plain = new TrainingConfig(folder, new Schedule(1, 0, 1, 0), 0, 1, 0, 1, 1);
    TrainingConfig measuring = plain.with(Refinements.NONE.evaluating(1, 0));
    HeldOutData heldOut = new HeldOutData(List.of(), triples.subList(2, 3));
    TripleShare all = new TripleShare(triples.subList(0, 2), 1);
    float[][] seen = new float[2][];
    for (int seed = 0; seed < 2; seed++) {
      RunConfig run = new RunConfig(measuring, List.of(), List.of(), 2, 0, 0, seed, all, heldOut);
      RunSources sources = new RunSources(run, Wording.TRAIN, new WordEncoder(), TILE);
      assertEquals(List.of("t2", "t2"), sources.heldOut().source().batch(1).labels());
      assertFalse(sources.train().batch(1).labels().contains("t2"));
      seen[seed] = sources.heldOut().source().batch(1).examples().get(0).tile().source().rgb();
    }
    assertArrayEquals(seen[0], seen[1]);
    RunConfig none = new RunConfig(plain, List.of(), List.of(), 2, 0, 0, 1, all, heldOut);
    assertNull(new RunSources(none, Wording.TRAIN, new WordEncoder(), TILE).heldOut());
  }

  @Test
  void aRunMixesTriplesAndTasks() throws IOException {
    List<Photo> photos =
        TinyEditor.photographs(Files.createDirectory(folder.resolve("photos")), 2).train();
    TrainingConfig training = new TrainingConfig(folder, new Schedule(1, 0, 1, 0), 0, 1, 0, 1, 1);
    var tasks = List.of(EditTasks.named("darken"));
    for (double share : new double[] {0, 0.01, 0.5, 0.99, 1}) {
      TripleShare part = share == 0 ? TripleShare.NONE : new TripleShare(triples, share);
      RunConfig run = new RunConfig(training, photos, tasks, 4, 0, 0, 1, part, HeldOutData.NONE);
      List<String> labels =
          new ArrayList<>(
              new RunSources(run, Wording.TRAIN, new WordEncoder(), TILE)
                  .train()
                  .batch(2)
                  .labels());
      long darken = labels.stream().filter("darken"::equals).count();
      assertEquals(4, labels.size());
      assertEquals(share == 0 ? 4 : share == 1 ? 0 : share < 0.1 ? 3 : share > 0.9 ? 1 : 2, darken);
    }
    assertThrows(IllegalArgumentException.class, () -> new TripleShare(triples, 0));
    assertThrows(IllegalArgumentException.class, () -> new TripleShare(List.of(), 0.5));
    assertNotEquals(0, triples.size());
  }
}
