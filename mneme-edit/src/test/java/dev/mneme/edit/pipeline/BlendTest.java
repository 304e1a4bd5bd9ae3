package dev.mneme.edit.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.TinyEditor;
import dev.mneme.edit.WordEncoder;
import dev.mneme.edit.base.ModelException;
import dev.mneme.edit.base.TextBatch;
import dev.mneme.edit.picture.Pictures;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.edit.pipeline.Operator.Part;
import dev.mneme.edit.text.TextStates;
import dev.mneme.edit.text.TextStates.Encoder;
import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.AdapterMismatchException;
import dev.mneme.memory.Adapters;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlendTest {
  private static final String WARM = "make it warm";
  private static final String CHINESE = "像老照片";

  @TempDir Path folder;

  private final RasterImage photo = RasterImage.of(Pictures.scene(75, 50));
  private final Editor editor = EditorTest.editor(Precision.FP32);
  private Operator warm;
  private Operator old;

  @BeforeEach
  void recall() {
    warm = editor.recall(photo, WARM);
    old = editor.recall(photo, CHINESE);
  }

  @AfterEach
  void close() {
    warm.close();
    old.close();
    editor.close();
  }

  private RasterImage edited(Operator operator) {
    return editor.apply(photo, operator, 1, TileProgress.NONE);
  }

  @Test
  void theWeightsChangeByTheWeightedSumOfProducts() {
    try (Operator blend = Operator.blend(List.of(new Part(warm, 0.7), new Part(old, 0.3)));
        PointerScope scope = new PointerScope()) {
      for (String key : editor.layout().keys()) {
        Tensor expected =
            change(warm, key).mul(new Scalar(0.7)).add(change(old, key).mul(new Scalar(0.3)));
        double apart = TinyEditor.difference(expected, change(blend, key));
        assertTrue(apart < 1e-5, key + " differs by " + apart);
      }
      assertEquals("0.7 \"make it warm\" + 0.3 \"像老照片\"", blend.sentence());
      assertFalse(edited(blend).sameAs(edited(warm)));
      assertFalse(edited(blend).sameAs(edited(old)));
    }
  }

  private static Tensor change(Operator operator, String key) {
    Adapters adapters = operator.adapters();
    return adapters.at(key).product().mul(new Scalar(adapters.scale()));
  }

  @Test
  void onePartAtFullWeightIsThePartItself() {
    try (Operator alone = Operator.blend(List.of(new Part(warm, 1)))) {
      assertEquals(WARM, alone.sentence());
      assertEquals(warm.digest(), alone.digest());
      assertTrue(edited(warm).sameAs(edited(alone)));
    }
    assertTrue(edited(warm).sameAs(edited(warm)), "closing a blend leaves its parts open");
  }

  @Test
  void theBaseReadsAllTokensAndTheMeanOfTheirSenses() {
    WordEncoder encoder = new WordEncoder();
    TextStates english = encoder.encode(WARM);
    TextStates more = encoder.encode("like a postcard from home");
    TextStates chinese = encoder.encode(CHINESE);
    Wishes wishes =
        new Wishes(
            List.of(
                new Wish(WARM, WARM, english, 1, 1),
                new Wish("", "", more, 1, 2),
                new Wish(CHINESE, CHINESE, chinese, 1, 1)));
    try (PointerScope scope = new PointerScope()) {
      TextBatch text = wishes.text();
      TextBatch a = TextBatch.of(List.of(english));
      TextBatch b = TextBatch.of(List.of(more));
      TextBatch c = TextBatch.of(List.of(chinese));
      long tokens = a.length() + b.length() + c.length() - 2;
      assertEquals(1, text.batch());
      assertEquals(tokens, text.length());
      float said = Tensors.toFloats(text.mask().sum())[0];
      assertEquals(1 + english.length() + more.length() + chinese.length(), said);

      Tensor minilm = text.states().get(Encoder.MINILM);
      Tensor bge = text.states().get(Encoder.BGE_ZH);
      Tensor sense =
          first(a, Encoder.MINILM)
              .mul(new Scalar(0.25))
              .add(first(b, Encoder.MINILM).mul(new Scalar(0.5)));
      assertTrue(TinyEditor.difference(sense, minilm.narrow(1, 0, 1)) < 1e-6);
      Tensor chineseSense = first(c, Encoder.BGE_ZH).mul(new Scalar(0.25));
      assertTrue(TinyEditor.difference(chineseSense, bge.narrow(1, 0, 1)) < 1e-6);

      same(a.states().get(Encoder.MINILM).narrow(1, 1, 3), minilm.narrow(1, 1, 3));
      long second = a.length();
      same(b.states().get(Encoder.MINILM).narrow(1, 1, 5), minilm.narrow(1, second, 5));
      long third = a.length() + b.length() - 1;
      same(c.states().get(Encoder.BGE_ZH).narrow(1, 1, 4), bge.narrow(1, third, 4));
      assertEquals(0, Tensors.toFloats(bge.narrow(1, 1, third - 1).abs().sum())[0]);
      assertEquals(0, Tensors.toFloats(minilm.narrow(1, third, tokens - third).abs().sum())[0]);
    }
  }

  private static Tensor first(TextBatch text, Encoder encoder) {
    return text.states().get(encoder).narrow(1, 0, 1);
  }

  private static void same(Tensor expected, Tensor found) {
    assertArrayEquals(Tensors.toFloats(expected), Tensors.toFloats(found));
  }

  /** The more of the other wish, the further away from the first. */
  @Test
  void itGoesFromOnePartToTheOther() {
    double before = 0;
    for (double weight : new double[] {0.01, 0.5, 0.99}) {
      try (Operator blend =
          Operator.blend(List.of(new Part(warm, 1 - weight), new Part(old, weight)))) {
        double away = distance(edited(warm), edited(blend));
        assertTrue(away > before, "at %s it is %s away, before %s".formatted(weight, away, before));
        before = away;
      }
    }
  }

  private static double distance(RasterImage a, RasterImage b) {
    return dev.mneme.edit.picture.Measures.meanSquaredError(a.toPicture(), b.toPicture());
  }

  @Test
  void aSavedBlendDoesWhatTheOneAtHandDoes() throws IOException {
    try (Operator blend = Operator.blend(List.of(new Part(warm, 0.7), new Part(old, 0.3)))) {
      blend.save(folder);
      try (Operator loaded = Operator.load(folder, editor)) {
        assertEquals(blend.sentence(), loaded.sentence());
        assertTrue(edited(blend).sameAs(edited(loaded)));
        try (Operator nested = Operator.blend(List.of(new Part(loaded, 2), new Part(warm, 0.5)))) {
          assertEquals(
              "1.4 \"make it warm\" + 0.6 \"像老照片\" + 0.5 \"make it warm\"", nested.sentence());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"wishes\": []}",
        "{\"wishes\": [{\"sentence\": \"warm\"}]}",
        "{\"wishes\": [{\"sentence\": \"warm\", \"weight\": 0}]}",
        "{\"wishes\": [{\"sentence\": 3, \"weight\": 1}]}",
        "{\"wishes\": 3}"
      })
  void wishesThatAreNoneAreCorrupt(String json) throws IOException {
    warm.save(folder);
    Files.writeString(folder.resolve("mneme.json"), json);
    ModelException e = assertThrows(ModelException.class, () -> Operator.load(folder, editor));
    assertEquals(ModelException.Kind.CORRUPT, e.kind());
  }

  @Test
  void nothingAndWeightsThatAreNoneAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Operator.blend(List.of()));
    for (double weight : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> new Part(warm, weight));
    }
  }

  @Test
  void operatorsOfAnotherEditorAreRefused() {
    AdapterLayout own = editor.layout();
    AdapterLayout deeper = new AdapterLayout(own.prefix(), 3, own.rank(), own.sites());
    Operator alien =
        new Operator(warm.wishes(), TinyEditor.adapters(deeper, 1, 1, 5), Optional.empty());
    assertThrows(
        AdapterMismatchException.class,
        () -> Operator.blend(List.of(new Part(warm, 1), new Part(alien, 1))));
  }
}
