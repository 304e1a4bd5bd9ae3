package dev.mneme.edit.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.TinyEditor;
import dev.mneme.edit.WordEncoder;
import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.base.EditorInput;
import dev.mneme.edit.base.Glance;
import dev.mneme.edit.corpus.Corpus;
import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.learn.EditBatch;
import dev.mneme.edit.learn.EditExample;
import dev.mneme.edit.learn.ExampleMaker;
import dev.mneme.edit.learn.Wording;
import dev.mneme.edit.measure.Candidate.Sees;
import dev.mneme.edit.picture.Measures;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.PictureWriter;
import dev.mneme.edit.picture.Pictures;
import dev.mneme.edit.pipeline.Hearing;
import dev.mneme.edit.pipeline.Memories;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.edit.text.TextStates.Encoder;
import dev.mneme.edit.text.Understanding;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.Condition;
import dev.mneme.memory.Memory;
import dev.mneme.memory.NoMemory;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluatorTest {
  private static final int ROUNDS = 3;
  private static final List<EditTask> TASKS =
      List.of("darken", "invert", "warm", "sepia", "cool").stream().map(EditTasks::named).toList();

  private static List<Photo> photos;
  private static EvaluationSet set;

  private final EditorBase base = TinyEditor.base(1);
  private final Memory memory = TinyEditor.memory(base.layout(), 2);

  /** Photographs of one colour each, so that it can be told which one a question shows. */
  @BeforeAll
  static void photographs(@TempDir Path folder) throws IOException {
    for (int i = 0; i < ROUNDS; i++) {
      float[] rgb = new float[3 * 60 * 50];
      Arrays.fill(rgb, 0.2f + 0.2f * i);
      PictureWriter.write(folder.resolve("p" + i + ".png"), new Picture(60, 50, rgb), "");
    }
    photos = Corpus.load(folder).train();
    photos.forEach(Photo::image);
    set = questions(Wording.ENGLISH_HELD_OUT);
  }

  private static EvaluationSet questions(Wording wording) {
    return draw(TASKS, ROUNDS).questions(wording);
  }

  private static QuestionDraw draw(List<EditTask> tasks, int rounds) {
    return new QuestionDraw(photos, tasks, new WordEncoder(), 32, rounds);
  }

  @Test
  void theSameQuestionsAreAskedEveryTime() {
    EvaluationSet again = questions(Wording.ENGLISH_HELD_OUT);
    assertEquals(TASKS.size() * ROUNDS, set.examples().size());
    for (int i = 0; i < set.examples().size(); i++) {
      EditExample a = set.examples().get(i);
      EditExample b = again.examples().get(i);
      assertArrayEquals(a.tile().source().rgb(), b.tile().source().rgb());
      assertArrayEquals(a.tile().target().rgb(), b.tile().target().rgb());
      assertArrayEquals(a.text().states(), b.text().states());
      assertArrayEquals(a.place(), b.place());
    }
  }

  @Test
  void noSentenceIsAskedAgainBeforeAllOthersWere() {
    int all = Wording.CHINESE_HELD_OUT.sentences(TASKS.get(0)).size();
    EvaluationSet twice = draw(TASKS, 2 * all).questions(Wording.CHINESE_HELD_OUT);
    for (int t = 0; t < TASKS.size(); t++) {
      List<String> known = Wording.CHINESE_HELD_OUT.sentences(TASKS.get(t));
      List<String> asked = new ArrayList<>();
      for (int p = 0; p < known.size(); p++) {
        asked.add(twice.examples().get(twice.index(t, p)).sentence());
      }
      assertEquals(known.stream().sorted().toList(), asked.stream().sorted().toList());
      assertFalse(known.equals(asked), "the order depends on the seed");
    }
  }

  @Test
  void pairsAskForTwoThingsEach() {
    List<EditTask> tasks = EditTasks.all();
    EvaluationSet pairs = draw(tasks, ROUNDS).pairs(Wording.ENGLISH_HELD_OUT);
    assertTrue(pairs.tasks().size() > tasks.size() / 2, "tasks with a pair held out");
    assertEquals(pairs.tasks().size() * ROUNDS, pairs.examples().size());
    pairs.examples().forEach(e -> assertEquals(ExampleMaker.COMPOSED, e.task(), e.sentence()));
    List<Picture> targets = pairs.examples().stream().map(e -> e.tile().target()).toList();
    Map<String, Double> perfect = Scores.of(pairs, targets).psnr();
    assertEquals(Set.of(ExampleMaker.COMPOSED), perfect.keySet());
    assertEquals(60, perfect.get(ExampleMaker.COMPOSED), 1e-9);
  }

  @Test
  void wishesAreDoneInTurnEachOnWhatTheLastOneLeft() {
    EvaluationSet pairs = draw(TASKS, ROUNDS).pairs(Wording.ENGLISH_HELD_OUT);
    Evaluator evaluator = new Evaluator(pairs, Precision.FP32);
    EditorBase base = TinyEditor.base(1);
    Candidate whole = new Candidate("x", base, TinyEditor.memory(base.layout(), 2), Sees.OWN);
    List<Picture> once = evaluator.edit(whole);
    List<Picture> turns = evaluator.editInTurn(whole, new WordEncoder());
    for (int i = 0; i < once.size(); i++) {
      assertEquals(0, Pictures.largestDifference(once.get(i), turns.get(i)), 1e-6);
    }
    EditExample part =
        set.examples().stream().filter(e -> e.place()[2] < 1).findFirst().orElseThrow();
    assertThrows(IllegalArgumentException.class, () -> part.from(part.glance()));
  }

  @Test
  void everyRoundShowsItsOwnPhotographAndNoOther() {
    for (int t = 0; t < TASKS.size(); t++) {
      for (int p = 0; p < ROUNDS; p++) {
        EditExample e = set.examples().get(set.index(t, p));
        assertEquals(TASKS.get(t).name(), e.task());
        assertEquals(0.2 + 0.2 * p, e.tile().source().rgb()[0], 1 / 255.0);
      }
    }
  }

  @Test
  void onlyTheWordingDiffersBetweenWordings() {
    EvaluationSet seen = questions(Wording.ENGLISH_SEEN);
    int differing = 0;
    for (int i = 0; i < set.examples().size(); i++) {
      EditExample a = set.examples().get(i);
      EditExample b = seen.examples().get(i);
      assertArrayEquals(a.tile().source().rgb(), b.tile().source().rgb());
      assertArrayEquals(a.tile().target().rgb(), b.tile().target().rgb());
      differing += Arrays.equals(a.text().states(), b.text().states()) ? 0 : 1;
    }
    assertEquals(set.examples().size(), differing);
  }

  @Test
  void indicesGoRoundAndRound() {
    assertEquals(set.index(1, 0), set.index(TASKS.size() + 1, ROUNDS));
    assertEquals(set.index(4, 2), set.index(-1, -1));
  }

  @Test
  void anotherTaskIsAnotherOneOfTheSameLearner() {
    for (EvaluationSet questions :
        List.of(set, draw(EditTasks.all(), 1).questions(Wording.ENGLISH_SEEN))) {
      Evaluator evaluator = new Evaluator(questions, Precision.FP32);
      for (int t = 0; t < questions.tasks().size(); t++) {
        int other = evaluator.anotherTask(t);
        assertFalse(other == t, questions.tasks().get(t).name());
        assertEquals(questions.tasks().get(t).learner(), questions.tasks().get(other).learner());
      }
    }
  }

  @Test
  void everyCandidateEditsWithTheConditionItSees() {
    Evaluator evaluator = new Evaluator(set, Precision.FP32);
    for (Sees sees : Sees.values()) {
      List<Picture> edited = evaluator.edit(new Candidate("x", base, memory, sees));
      for (int t = 0; t < TASKS.size(); t++) {
        for (int p = 0; p < ROUNDS; p++) {
          Picture expected = edit(set.index(t, p), condition(sees, t, p));
          Picture found = edited.get(set.index(t, p));
          assertEquals(0, TinyEditor.difference(expected.rgb(), found.rgb()), 1e-5, sees.name());
        }
      }
    }
  }

  @Test
  void conditionsOfOthersGiveOtherPictures() {
    Evaluator evaluator = new Evaluator(set, Precision.FP32);
    List<List<Picture>> all = new ArrayList<>();
    for (Sees sees : Sees.values()) {
      all.add(evaluator.edit(new Candidate("x", base, memory, sees)));
    }
    all.add(evaluator.edit(new Candidate("x", base, new NoMemory(base.layout()), Sees.OWN)));
    for (int a = 0; a < all.size(); a++) {
      for (int b = 0; b < a; b++) {
        assertFalse(Arrays.equals(all.get(a).get(0).rgb(), all.get(b).get(0).rgb()), a + " " + b);
      }
    }
  }

  @Test
  void anotherPhotographNeedsASecondRound() {
    EvaluationSet once = draw(TASKS, 1).questions(Wording.ENGLISH_SEEN);
    Candidate candidate = new Candidate("x", base, memory, Sees.ANOTHER_PHOTO);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Evaluator(once, Precision.FP32).edit(candidate));
    assertTrue(e.getMessage().contains("found 1"), e.getMessage());
  }

  @Test
  void questionsAreReadInPlainWordsByWhoHears() {
    Candidate literal = new Candidate("x", base, memory, Sees.OWN);
    Candidate hears =
        new Candidate(
            "y", base, Memories.of(memory), Sees.OWN, Optional.of(hearing("do it warm")), true);
    List<Picture> heard = new Evaluator(saying("warm please now"), Precision.FP32).edit(hears);
    List<Picture> plain = new Evaluator(saying("do it warm"), Precision.FP32).edit(literal);
    List<Picture> asked = new Evaluator(saying("warm please now"), Precision.FP32).edit(literal);
    Evaluator again = new Evaluator(saying("warm please now"), Precision.FP32);
    List<Picture> unheard = again.edit(hears.literal("z"));
    for (int i = 0; i < heard.size(); i++) {
      assertEquals(0, Pictures.largestDifference(plain.get(i), heard.get(i)), 1e-6);
      assertEquals(0, Pictures.largestDifference(asked.get(i), unheard.get(i)), 1e-6);
      assertTrue(Pictures.largestDifference(asked.get(i), heard.get(i)) > 1e-6, "other words");
    }
  }

  /** Every question of the set in the same words. */
  private static EvaluationSet saying(String sentence) {
    WordEncoder encoder = new WordEncoder();
    return new EvaluationSet(
        set.tasks(),
        set.rounds(),
        set.examples().stream().map(e -> e.saying(sentence, encoder.encode(sentence))).toList());
  }

  /** Knows what "warm" is, that it takes the memory, and how it is said most plainly. */
  private static Hearing hearing(String plain) {
    WordEncoder encoder = new WordEncoder();
    List<Understanding.Example> examples = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      for (String warm : List.of("warm please" + " now".repeat(i % 3), "暖")) {
        examples.add(new Understanding.Example(encoder.encode(warm), Set.of("warm")));
      }
      for (String other : List.of("a dog" + " there".repeat(i % 3), "狗")) {
        examples.add(new Understanding.Example(encoder.encode(other), Set.of()));
      }
    }
    Understanding.Tasks tasks =
        new Understanding.Tasks(
            List.of("warm"), Set.of(), Set.of(), Map.of(Encoder.MINILM, Map.of("warm", plain)));
    return new Hearing(Understanding.fit(examples, tasks), encoder);
  }

  @Test
  void nothingOfWhatIsGlancedAtStaysButTheGlances() {
    List<EditExample> many = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      many.addAll(set.examples());
    }
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      long before = Pointer.totalCount();
      List<Glance> glances = Evaluator.glances(base, many);
      long kept = Pointer.totalCount() - before;
      assertTrue(kept <= 4L * glances.size(), kept + " native objects of " + glances.size());
    }
  }

  private Condition condition(Sees sees, int task, int p) {
    return switch (sees) {
      case OWN -> glance(set.index(task, p)).condition();
      case ANOTHER_PHOTO -> glance(set.index(task, (p + 1) % ROUNDS)).condition();
      case ANOTHER_TASK ->
          glance(set.index(new Evaluator(set, Precision.FP32).anotherTask(task), p)).condition();
      case MEAN -> {
        List<Condition> tasks = new ArrayList<>();
        for (int t = 0; t < TASKS.size(); t++) {
          tasks.add(glance(set.index(t, p)).condition());
        }
        yield Condition.stack(tasks).meanOverBatch();
      }
    };
  }

  private Glance glance(int question) {
    EditBatch one = new EditBatch(List.of(set.examples().get(question)), false);
    return Glance.take(base, one.glances(), one.text());
  }

  /** One question alone. */
  private Picture edit(int question, Condition condition) {
    try (NoGradGuard guard = new NoGradGuard()) {
      EditBatch one = new EditBatch(List.of(set.examples().get(question)), false);
      Adapters adapters = memory.recall(condition);
      Tensor context = glance(question).context();
      EditorInput in = new EditorInput(one.sources(), one.text(), context, one.places());
      return new Picture(32, 32, Tensors.toFloats(base.forward(in, adapters))).clamped();
    }
  }

  @Test
  void scoresAreMeansOverRoundsAndAPerfectTileCountsAsSixty() {
    List<Picture> targets = set.examples().stream().map(e -> e.tile().target()).toList();
    Scores perfect = Scores.of(set, targets);
    assertEquals(
        List.of("darken", "invert", "warm", "sepia", "cool"), List.copyOf(perfect.psnr().keySet()));
    perfect.psnr().values().forEach(v -> assertEquals(60, v, 1e-9));
    perfect.ssim().values().forEach(v -> assertEquals(1, v, 1e-5));

    List<Picture> sources = set.examples().stream().map(e -> e.tile().source()).toList();
    Scores scores = Scores.of(set, sources);
    double psnr = 0;
    for (int p = 0; p < ROUNDS; p++) {
      int at = set.index(1, p);
      psnr += Math.min(60, Measures.psnr(sources.get(at), targets.get(at))) / ROUNDS;
    }
    assertEquals(psnr, scores.psnr().get("invert"), 1e-9);
    assertEquals(
        (scores.psnr().get("invert") + scores.psnr().get("warm")) / 2,
        scores.meanPsnr(t -> t.equals("invert") || t.equals("warm")),
        1e-9);
    assertTrue(Double.isNaN(scores.meanPsnr(t -> false)));
  }
}
