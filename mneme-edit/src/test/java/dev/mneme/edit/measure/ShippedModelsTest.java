package dev.mneme.edit.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.base.EditorModel;
import dev.mneme.edit.corpus.Corpus;
import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.learn.Wording;
import dev.mneme.edit.measure.Candidate.Sees;
import dev.mneme.edit.object.CutOuts;
import dev.mneme.edit.object.NamedObjects;
import dev.mneme.edit.picture.Measures;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.edit.pipeline.Editor;
import dev.mneme.edit.pipeline.Operator;
import dev.mneme.edit.pipeline.TileProgress;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.edit.task.PhrasingsReader;
import dev.mneme.edit.text.RoutedTextEncoder;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.edit.words.Asked;
import dev.mneme.memory.Memory;
import dev.mneme.memory.NoMemory;
import dev.mneme.memory.generator.FunctionalMemory;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The models in the repository do what their cards say, on held-out photographs and wording. */
class ShippedModelsTest {
  private static final Path HOME = Path.of("..");
  private static final int ROUNDS = 2;

  private static Precision precision;
  private static Memory memory;
  private static EditorBase base;

  @BeforeAll
  static void open() throws IOException {
    precision = Engine.start().precision().value();
    memory = FunctionalMemory.load(HOME.resolve("models/memory"));
    base = EditorModel.load(HOME.resolve("models/editor"), memory.layout().rank());
  }

  @Test
  void theMemoryIsForTheBase() {
    assertEquals(base.layout().required(), memory.layout());
  }

  /** To the letter, so that a sentence or two may be misread. */
  @Test
  void theBaseKnowsItsTasks() throws IOException {
    gains(new NoMemory(base.layout()), 6, "brighten", "desaturate", "invert", "add_haze");
  }

  /** To the letter, as above: of two sentences a task one may be far-fetched. */
  @Test
  void theMemoryWritesTasksThatTheBaseNeverSaw() throws IOException {
    gains(memory, 8, "night", "sketch", "pixelate", "emboss", "sepia");
  }

  @Test
  void withTheMemoryTheBaseStillKnowsItsTasks() throws IOException {
    gains(memory, 4, "brighten", "desaturate", "add_haze");
  }

  /** What undoes a blur made a net of fine lines of this one (17 dB). */
  @Test
  void aSharpPictureIsNoNetOfLinesOnceItIsDeblurred() throws IOException {
    try (Editor editor = Editor.open(HOME.resolve("models"))) {
      RasterImage photo = RasterImage.of(photo("red_panda.jpg").within(640));
      RasterImage edited = editor.edit(photo, "deblur this photo", 1, TileProgress.NONE);
      double psnr = Measures.psnr(photo.toPicture(), edited.toPicture());
      assertTrue(psnr >= 20, "%.1f dB".formatted(psnr));
    }
  }

  /** A memory that saw hazy pictures alone put a haze over this one (13 dB). */
  @Test
  void aPictureWithoutHazeStaysWithoutIt() throws IOException {
    try (Editor editor = Editor.open(HOME.resolve("models"))) {
      for (String sentence : List.of("clear the haze", "去除雾气")) {
        RasterImage photo = RasterImage.of(photo("red_panda.jpg").within(256));
        RasterImage edited = editor.edit(photo, sentence, 1, TileProgress.NONE);
        double psnr = Measures.psnr(photo.toPicture(), edited.toPicture());
        assertTrue(psnr >= 20, "%s: %.1f dB".formatted(sentence, psnr));
      }
    }
  }

  /** What is brighter than any dark photo made ledges at other heights in other tiles (1.6). */
  @Test
  void tilesDoNotShow() throws IOException {
    try (Editor editor = Editor.open(HOME.resolve("models"))) {
      for (String task : List.of("low_light", "local_tone", "add_haze")) {
        String sentence = PhrasingsReader.of(EditTasks.named(task)).plain(false);
        for (TestChart chart : TestChart.all()) {
          List<Picture> edited =
              chart.pictures().stream()
                  .map(p -> editor.edit(RasterImage.of(p), sentence, 1, TileProgress.NONE))
                  .map(RasterImage::toPicture)
                  .toList();
          double seams = chart.seams(edited);
          assertTrue(seams <= 1.05, "%s, %s: %.3f".formatted(task, chart.name(), seams));
        }
      }
    }
  }

  /** One word, and which way is meant the picture shows. */
  @Test
  void hazeIsClearedWhereThereIsSomeAndPutInWhereThereIsNone() throws IOException {
    Picture clear = photo("red_panda.jpg").within(256);
    EditTask haze = EditTasks.named("clear_haze");
    Picture veiled = haze.apply(clear, haze.strength().usual(), new java.util.Random(2)).source();
    try (Editor editor = Editor.open(HOME.resolve("models"));
        Operator puts = editor.recall(RasterImage.of(clear), "foggy");
        Operator clears = editor.recall(RasterImage.of(veiled), "foggy")) {
      assertEquals(PhrasingsReader.of(haze).plain(false), clears.said().orElseThrow());
      assertEquals(
          PhrasingsReader.of(EditTasks.named("add_haze")).plain(false), puts.said().orElseThrow());
    }
  }

  /** Done at once, two wishes put a veil over this one's black fur; done in turn they do not. */
  @Test
  void twoWishesAreDoneInTurnAndBlackStaysBlack() throws IOException {
    try (Editor editor = Editor.open(HOME.resolve("models"))) {
      String sentence = "make it warmer and clear the haze";
      assertEquals(List.of("make it warmer", "clear the haze"), wishes(editor, sentence));
      String one = "turn it into night, with a full moon";
      assertEquals(List.of(one), wishes(editor, one));
      List<Asked> parts = editor.inTurn(Asked.of("remove the noise and make it a little warmer"));
      assertEquals("make it warmer", parts.get(1).wish());
      assertEquals(0.5, parts.get(1).intensity());
      assertEquals(1, parts.get(0).intensity());
      Picture photo = photo("red_panda.jpg").within(256);
      RasterImage edited = editor.edit(RasterImage.of(photo), sentence, 1, TileProgress.NONE);
      assertTrue(darkest(photo) < 0.03, "before: " + darkest(photo));
      assertTrue(darkest(edited.toPicture()) < 0.06, "after: " + darkest(edited.toPicture()));
    }
  }

  /** What is heard by rules stands beside what is understood, in either order. */
  @Test
  void retouchesStandBesideOtherWishes() throws IOException {
    try (Editor editor = Editor.open(HOME.resolve("models"))) {
      assertEquals(
          List.of("remove it", "make it warmer"),
          wishes(editor, "remove the dog and make it warmer"));
      assertEquals(
          List.of("make it warmer", "make it blue"),
          wishes(editor, "make it warmer, and then make the car blue"));
      assertEquals(1, wishes(editor, "remove the dog and add a cat").size());
    }
  }

  @Test
  void thingsThatWereTaughtAreFound() throws IOException {
    try (TextEncoder encoder = new RoutedTextEncoder()) {
      ObjectScores scores =
          ObjectScores.of(
              NamedObjects.of(HOME.resolve("models"), encoder),
              Corpus.load(HOME.resolve("photos")).heldOut(),
              CutOuts.load(HOME.resolve("objects")),
              8,
              TileProgress.NONE);
      double right = scores.found().get("learned, among others, English").right();
      double wrong = scores.found().get("learned, not there").there();
      assertTrue(right > 0.4 && wrong < 0.4, right + " rightly, " + wrong + " wrongly found");
    }
  }

  /** Ahead of the memory alone over all tasks that have one, and far below it in none. */
  @Test
  void whatIsATasksOwnBettersIt() throws IOException {
    try (TextEncoder encoder = new RoutedTextEncoder()) {
      Candidate editor = Candidate.load("editor", HOME.resolve("models"), encoder);
      Candidate without = editor.withoutOwn("without");
      List<EditTask> own =
          Stream.of(
                  "brighten",
                  "invert",
                  "remove_jpeg",
                  "low_light",
                  "deblur",
                  "warm",
                  "bw_blue",
                  "emboss",
                  "denoise")
              .map(EditTasks::named)
              .toList();
      assertTrue(editor.memories().own().size() > 40, "" + editor.memories().own().keySet());
      EvaluationSet set = questions(own, encoder);
      Scores with = Scores.of(set, new Evaluator(set, precision).edit(editor));
      Scores before = Scores.of(set, new Evaluator(set, precision).edit(without));
      double sum = 0;
      for (EditTask task : own) {
        double gain = with.psnr().get(task.name()) - before.psnr().get(task.name());
        assertTrue(gain > -4, "%s gains %.2f dB".formatted(task.name(), gain));
        sum += gain;
      }
      assertTrue(sum > 0.3 * own.size(), "in the mean %.2f dB".formatted(sum / own.size()));
    }
  }

  private static EvaluationSet questions(List<EditTask> tasks, TextEncoder encoder)
      throws IOException {
    return new QuestionDraw(
            Corpus.load(HOME.resolve("photos")).heldOut(),
            tasks,
            encoder,
            base.config().tile(),
            ROUNDS)
        .questions(Wording.ENGLISH_HELD_OUT);
  }

  private static List<String> wishes(Editor editor, String sentence) {
    return editor.inTurn(Asked.of(sentence)).stream().map(Asked::wish).toList();
  }

  /** A value that one in fifty is darker than. */
  private static float darkest(Picture picture) {
    float[] values = picture.rgb().clone();
    Arrays.sort(values);
    return values[values.length / 50];
  }

  private static Photo photo(String name) throws IOException {
    Corpus corpus = Corpus.load(HOME.resolve("photos"));
    return Stream.concat(corpus.train().stream(), corpus.heldOut().stream())
        .filter(photo -> photo.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Every task ends at least {@code least} dB nearer to its target than its source was. */
  private static void gains(Memory memory, double least, String... names) throws IOException {
    List<EditTask> tasks = List.of(names).stream().map(EditTasks::named).toList();
    try (TextEncoder encoder = new RoutedTextEncoder()) {
      EvaluationSet set = questions(tasks, encoder);
      Scores source = Scores.of(set, set.examples().stream().map(e -> e.tile().source()).toList());
      Candidate candidate = new Candidate("shipped", base, memory, Sees.OWN);
      Scores edited = Scores.of(set, new Evaluator(set, precision).edit(candidate));
      for (String name : names) {
        double gain = edited.psnr().get(name) - source.psnr().get(name);
        assertTrue(gain >= least, "%s gains %.1f dB, expected %.1f".formatted(name, gain, least));
      }
    }
  }
}
