package dev.mneme.edit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.TinyEditor;
import dev.mneme.edit.WordEncoder;
import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.picture.PictureReader;
import dev.mneme.edit.picture.Pictures;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.edit.text.TextStates.Encoder;
import dev.mneme.edit.text.Understanding;
import dev.mneme.memory.NoMemory;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.NativeMemory;
import dev.mneme.tensor.Precision;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditorTest {
  private static final int THREADS = 16;

  private final RasterImage photo = RasterImage.of(Pictures.scene(75, 50));
  private final Editor editor = editor(Precision.FP32);

  static Editor editor(Precision precision) {
    EditorBase base = TinyEditor.base(1);
    Editor.Parts parts =
        new Editor.Parts(
            base, TinyEditor.memory(base.layout(), 2), new ModelDigests("editor", "memory"));
    return new Editor(parts, new WordEncoder(), precision, StageClock.NONE);
  }

  private static RasterImage edit(Editor editor, RasterImage photo, String sentence) {
    try (Operator operator = editor.recall(photo, sentence)) {
      return editor.apply(photo, operator, 1, TileProgress.NONE);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "7,300", "128,128", "129,127", "500,40"})
  void picturesOfAnySizeKeepIt(int width, int height) {
    RasterImage picture = RasterImage.of(Pictures.noise(width, height, 4));
    RasterImage edited = edit(editor, picture, "darken it");
    assertEquals(width, edited.width());
    assertEquals(height, edited.height());
    assertFalse(edited.sameAs(picture), "the edit does something");
  }

  private static final String PLAIN = "less light";

  /** An understanding that knows one task: the base's, or the memory's. */
  private static Editor understanding(boolean alone) {
    EditorBase base = TinyEditor.base(1);
    WordEncoder encoder = new WordEncoder();
    List<Understanding.Example> examples = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      for (String word : List.of("darken", "变暗")) {
        String sentence = word + " it".repeat(i % 3);
        examples.add(new Understanding.Example(encoder.encode(sentence), Set.of("darken")));
        examples.add(
            new Understanding.Example(encoder.encode(word + " 狗 dog".repeat(3)), Set.of()));
      }
      examples.add(new Understanding.Example(encoder.encode("warm it"), Set.of("warm")));
      examples.add(new Understanding.Example(encoder.encode("a dog"), Set.of()));
    }
    Understanding known =
        Understanding.fit(
            examples,
            new Understanding.Tasks(
                List.of("darken", "warm"),
                Set.of(alone ? "darken" : "warm"),
                Set.of(),
                Map.of(Encoder.MINILM, Map.of("darken", PLAIN))));
    Editor.Parts parts =
        new Editor.Parts(
            base,
            Memories.of(TinyEditor.memory(base.layout(), 2)),
            new ModelDigests("editor", "memory"),
            Optional.of(new Hearing(known, encoder)),
            dev.mneme.edit.region.ObjectFinder.NONE);
    return new Editor(parts, encoder, Precision.FP32, StageClock.NONE);
  }

  @Test
  void whatTheBaseDoesAloneIsLeftToIt() {
    EditorBase base = TinyEditor.base(1);
    Editor.Parts bare =
        new Editor.Parts(base, new NoMemory(base.layout()), new ModelDigests("editor", "memory"));
    Editor alone = new Editor(bare, new WordEncoder(), Precision.FP32, StageClock.NONE);
    RasterImage byBase = edit(alone, photo, PLAIN);
    assertTrue(edit(understanding(true), photo, "darken it").sameAs(byBase));
    assertFalse(edit(editor, photo, PLAIN).sameAs(byBase), "the memory does something");
    RasterImage asked = edit(understanding(false), photo, "darken it");
    assertTrue(asked.sameAs(edit(editor, photo, PLAIN)));
  }

  @Test
  void aWishIsReadInPlainWordsAndKeptWithBoth(@TempDir Path folder) throws IOException {
    Editor hearing = understanding(false);
    try (Operator operator = hearing.recall(photo, "darken it");
        Operator literal = editor.recall(photo, "darken it")) {
      assertEquals("darken it", operator.sentence());
      assertEquals(Optional.of(PLAIN), operator.said());
      assertEquals(Optional.empty(), literal.said());
      operator.save(folder);
      try (Operator loaded = Operator.load(folder, hearing)) {
        assertEquals("darken it", loaded.sentence());
        assertEquals(Optional.of(PLAIN), loaded.said());
        RasterImage expected = hearing.apply(photo, operator, 1, TileProgress.NONE);
        assertTrue(hearing.apply(photo, loaded, 1, TileProgress.NONE).sameAs(expected));
      }
    }
  }

  @Test
  void strengthZeroGivesTheSamePixels() {
    for (int[] size : new int[][] {{75, 50}, {1, 1}, {33, 129}}) {
      RasterImage picture = RasterImage.of(Pictures.noise(size[0], size[1], 4));
      try (Operator operator = editor.recall(picture, "darken it")) {
        assertTrue(editor.apply(picture, operator, 0, TileProgress.NONE).sameAs(picture));
      }
    }
  }

  @Test
  void strengthsOutsideZeroToTwoAreRefused() {
    try (Operator operator = editor.recall(photo, "darken it")) {
      for (double wrong : new double[] {Double.NaN, -1, -1e-9, 2.5, Double.POSITIVE_INFINITY}) {
        IllegalArgumentException e =
            assertThrows(
                IllegalArgumentException.class,
                () -> editor.apply(photo, operator, wrong, TileProgress.NONE));
        assertTrue(e.getMessage().contains("found " + wrong), e.getMessage());
      }
    }
  }

  @Test
  void transparencyIsKept(@TempDir Path folder) throws IOException {
    BufferedImage image = new BufferedImage(40, 35, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < 35; y++) {
      for (int x = 0; x < 40; x++) {
        image.setRGB(x, y, (5 * x + y) << 24 | 0x336699);
      }
    }
    Path file = folder.resolve("glass.png");
    ImageIO.write(image, "png", file.toFile());
    RasterImage glass = new PictureReader().read(file).image();
    assertTrue(glass.hasTransparency());
    RasterImage edited = edit(editor, glass, "darken it");
    for (int y = 0; y < 35; y++) {
      for (int x = 0; x < 40; x++) {
        assertEquals(5 * x + y, edited.alphaAt(x, y));
      }
    }
    assertFalse(edited.opaque().sameAs(glass.opaque()));
  }

  @Test
  void theSameRequestGivesTheSameBytes() {
    for (Precision precision : Precision.values()) {
      RasterImage first = edit(editor(precision), photo, "make it warm");
      assertTrue(first.sameAs(edit(editor(precision), photo, "make it warm")));
    }
  }

  @Test
  void thePhotographIsLeftAsItWas() {
    RasterImage before = RasterImage.of(photo.toPicture());
    edit(editor, photo, "make it warm");
    assertTrue(photo.sameAs(before));
  }

  @Test
  void everySentenceAndPhotographHasItsOwnWeights() {
    RasterImage other = RasterImage.of(Pictures.noise(75, 50, 8));
    try (Operator warm = editor.recall(photo, "make it warm");
        Operator cool = editor.recall(photo, "make it cool");
        Operator elsewhere = editor.recall(other, "make it warm")) {
      assertEquals("make it warm", warm.sentence());
      assertEquals(1, warm.adapters().batch());
      assertFalse(warm.digest().equals(cool.digest()));
      assertFalse(warm.digest().equals(elsewhere.digest()));
      RasterImage a = editor.apply(photo, warm, 1, TileProgress.NONE);
      assertFalse(a.sameAs(editor.apply(photo, cool, 1, TileProgress.NONE)));
    }
  }

  @Test
  void manyThreadsAtOnceGiveWhatOneGives() throws Exception {
    for (Precision precision : Precision.values()) {
      Editor shared = editor(precision);
      List<RasterImage> expected = new ArrayList<>();
      List<Callable<RasterImage>> work = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        String sentence = "edit number " + i;
        expected.add(edit(shared, photo, sentence));
        work.add(() -> edit(shared, photo, sentence));
      }
      ExecutorService pool = Executors.newFixedThreadPool(THREADS);
      try {
        List<Future<RasterImage>> found = pool.invokeAll(work);
        for (int i = 0; i < THREADS; i++) {
          assertTrue(expected.get(i).sameAs(found.get(i).get()), "thread " + i);
        }
      } finally {
        pool.shutdown();
      }
    }
  }

  @Test
  void hundredsOfEditsLeaveNothingBehind() {
    RasterImage small = RasterImage.of(Pictures.scene(20, 20));
    Editor shared = editor(Engine.start().precision().value());
    leavesNothingBehind(100, i -> edit(shared, small, "make it " + i % 7));
  }

  @Test
  void hundredsOfExamplesLeaveNothingBehind() {
    RasterImage before = RasterImage.of(Pictures.scene(20, 20));
    RasterImage after = RasterImage.of(Pictures.noise(20, 20, 3));
    leavesNothingBehind(
        50,
        i -> {
          editor.shown(List.of(new ExamplePair(before, after))).close();
          editor.like(before, after).close();
        });
  }

  /** Once for warming up and twice as often again, which must not add anything. */
  private static void leavesNothingBehind(int times, IntConsumer request) {
    repeat(times, request);
    long pointers = Pointer.totalCount();
    long before = NativeMemory.residentBytes();
    repeat(2 * times, request);
    long after = NativeMemory.residentBytes();
    assertTrue(
        after < 1.05 * before, () -> "memory grew from %,d to %,d bytes".formatted(before, after));
    assertTrue(
        Pointer.totalCount() <= pointers,
        () -> "native objects grew from " + pointers + " to " + Pointer.totalCount());
  }

  /** Collects garbage now and then, so that Java's heap has no reason to grow. */
  private static void repeat(int times, IntConsumer request) {
    for (int i = 0; i < times; i++) {
      request.accept(i);
      if (i % 25 == 24) {
        System.gc();
      }
    }
  }
}
