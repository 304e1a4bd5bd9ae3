package dev.mneme.edit.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.TinyEditor;
import dev.mneme.edit.WordEncoder;
import dev.mneme.edit.text.TextStates;
import dev.mneme.memory.AdaptableBase;
import dev.mneme.memory.AdapterMismatchException;
import dev.mneme.memory.Adapters;
import dev.mneme.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class EditorBaseTest extends AdaptableBaseContract {
  private static final String LONG =
      "please make this photograph of the old harbour at dawn look as if somebody had drawn it with a soft"
          + " pencil on rough paper many years ago";
  private static final List<String> SENTENCES = List.of("darken it", "把照片调亮一点", LONG, "blur");

  private final EditorBase base = TinyEditor.base(1);
  private final Tensor tiles = TinyEditor.pictures(4, 32, 10);
  private final Tensor context = TinyEditor.random(11, 4, 16, 32);
  private final Tensor place =
      Tensors.fromFloats(
          new float[] {0, 0, 1, 1, 0.25f, 0.5f, 0.5f, 1, 0, 0.1f, 0.3f, 0.4f, 0.6f, 0, 1.1f, 0.2f},
          4,
          4);

  @Override
  AdaptableBase base() {
    return base;
  }

  @Override
  Tensor forward(Adapters adapters, int... samples) {
    return base.forward(input(context, samples), adapters);
  }

  private EditorInput input(Tensor context, int... samples) {
    List<TextStates> sentences = new ArrayList<>();
    for (int i : samples) {
      sentences.add(new WordEncoder().encode(SENTENCES.get(i)));
    }
    return new EditorInput(
        rows(tiles, samples),
        TextBatch.of(sentences),
        context == null ? null : rows(context, samples),
        rows(place, samples));
  }

  private static Tensor rows(Tensor all, int... samples) {
    TensorVector rows = new TensorVector();
    for (int i : samples) {
      rows.push_back(all.narrow(0, i, 1));
    }
    return torch.cat(rows, 0);
  }

  @Test
  void freshWeightsGiveTheSourceBack() {
    for (boolean training : new boolean[] {true, false}) {
      EditorBase fresh =
          new EditorBase(TinyEditor.CONFIG, 4, EditorWeights.fresh(TinyEditor.CONFIG, 3), training);
      Tensor out = fresh.forward(input(context, 0, 1, 2), Adapters.none());
      assertArrayEquals(Tensors.toFloats(rows(tiles, 0, 1, 2)), Tensors.toFloats(out));
    }
  }

  @Test
  void outputsHaveTheirShapes() {
    Tensor picture = base.forward(input(context, 0, 2), Adapters.none());
    assertArrayEquals(new long[] {2, 3, 32, 32}, picture.shape());
    EditorStates out = base.look(input(context, 0, 2));
    assertArrayEquals(new long[] {2, 48, 32}, out.text().shape());
    assertArrayEquals(new long[] {2, 48, 32}, out.textInput().shape());
    assertArrayEquals(new long[] {2, 16, 32}, out.image().shape());
    assertArrayEquals(new long[] {2, 16, 32}, out.imageInput().shape());
  }

  @Test
  void paddingOfASentenceDoesNotMatter() {
    for (Tensor seen : new Tensor[] {context, null}) {
      EditorStates together = base.look(input(seen, 0, 1, 2));
      Tensor pictures = base.forward(input(seen, 0, 1, 2), Adapters.none());
      assertEquals(48, together.text().size(1), "the longest takes two steps of padding");
      for (int row : new int[] {0, 1}) {
        EditorStates alone = base.look(input(seen, row));
        Tensor picture = base.forward(input(seen, row), Adapters.none());
        assertEquals(24, alone.text().size(1));
        requireNear(picture, pictures.narrow(0, row, 1));
        requireNear(alone.image(), together.image().narrow(0, row, 1));
        long words = new WordEncoder().encode(SENTENCES.get(row)).length();
        requireNear(
            alone.text().narrow(1, 0, 1 + words),
            together.text().narrow(0, row, 1).narrow(1, 0, 1 + words));
      }
    }
  }

  @Test
  void anAdapterInTheWeightsDoesWhatItDoesWithTheCall() {
    Adapters two = TinyEditor.adapters(base.layout(), 2, 0.7, 20);
    for (int i = 0; i < 2; i++) {
      Tensor merged = base.with(two.select(i)).forward(input(context, 1, 2, 3), Adapters.none());
      requireNear(forward(two.select(i), 1, 2, 3), merged);
    }
    assertThrows(AdapterMismatchException.class, () -> base.with(two));
    assertEquals(base, base.with(Adapters.none()));
    var other = TinyEditor.CONFIG.layout(4);
    Adapters foreign =
        TinyEditor.adapters(
            new dev.mneme.memory.AdapterLayout("blocks.", 3, 4, other.sites()), 1, 1, 21);
    assertThrows(AdapterMismatchException.class, () -> base.with(foreign));
  }

  @Test
  void anAdapterMixesTheFeaturesOfEveryPixelAlike() {
    EditorConfig c = TinyEditor.CONFIG;
    EditorBase silent = TinyEditor.constant(c, new float[c.paintWidth()]);
    Adapters some = TinyEditor.adapters(base.layout(), 2, 0.7, 23);
    Tensor expected = torch.zeros(2, 3, c.lens());
    for (int i = 0; i < c.layers(); i++) {
      expected.add_(some.at(i, EditorConfig.MIX).product(), new Scalar(some.scale()));
      some.at(i, EditorConfig.PAINT).b().zero_();
    }
    Tensor known = new PixelFeatures(c.tile()).of(rows(tiles, 0, 1)).flatten(2, 3); // [2, 38, T T]
    expected = expected.narrow(2, 0, PixelFeatures.COUNT).mul(new Scalar(0.25));
    requireNear(expected, silent.mixed(some).narrow(2, 0, PixelFeatures.COUNT));
    expected = expected.bmm(known).view(2, 3, 32, 32);
    Tensor found = silent.forward(input(context, 0, 1), some).sub(rows(tiles, 0, 1));
    requireNear(expected, found); // the learned features of silent convolutions are zero
  }

  @Test
  void anAdapterInTheWeightsLeavesTheBaseAsItWas() {
    float[] before = Tensors.toFloats(forward(Adapters.none(), 0));
    base.with(TinyEditor.adapters(base.layout(), 1, 5, 22));
    assertArrayEquals(before, Tensors.toFloats(forward(Adapters.none(), 0)));
  }

  @Test
  void everyInputMatters() {
    EditorInput in = input(context, 0);
    float[] out = Tensors.toFloats(base.forward(in, Adapters.none()));
    EditorInput other = input(context, 3);
    List<EditorInput> changed =
        List.of(
            new EditorInput(in.tiles(), other.text(), in.context(), in.place()),
            new EditorInput(in.tiles(), in.text(), other.context(), in.place()),
            new EditorInput(in.tiles(), in.text(), null, in.place()),
            new EditorInput(in.tiles(), in.text(), in.context(), other.place()));
    for (EditorInput c : changed) {
      float[] found = Tensors.toFloats(base.forward(c, Adapters.none()));
      assertTrue(TinyEditor.difference(out, found) > 1e-4);
    }
  }

  @Test
  void aGradientReachesEveryWeight() {
    Map<String, Tensor> weights = TinyEditor.weights(TinyEditor.CONFIG, 1);
    weights.values().forEach(w -> w.set_requires_grad(true));
    EditorBase trained = new EditorBase(TinyEditor.CONFIG, 4, weights, true);
    Tensor out = trained.forward(input(context, 0, 1, 2, 3), Adapters.none());
    requireNear(forward(Adapters.none(), 0, 1, 2, 3), out);
    out.sub(tiles.roll(1)).square().sum().backward();
    weights.forEach(
        (name, w) -> {
          assertTrue(w.grad().defined(), name);
          assertTrue(w.grad().any().item_bool(), name);
          assertTrue(w.grad().isfinite().all().item_bool(), name);
        });
  }

  @Test
  void wrongWeightsAreNamed() {
    Map<String, Tensor> missing = TinyEditor.weights(TinyEditor.CONFIG, 1);
    missing.remove("blocks.1.mix.up_proj.bias");
    requireRefused(missing, "'blocks.1.mix.up_proj.bias' is missing");
    Map<String, Tensor> unknown = TinyEditor.weights(TinyEditor.CONFIG, 1);
    unknown.put("blocks.2.extra", torch.zeros(1));
    requireRefused(unknown, "Unknown", "'blocks.2.extra'");
    Map<String, Tensor> shaped = TinyEditor.weights(TinyEditor.CONFIG, 1);
    shaped.put("position", torch.zeros(16, 31));
    requireRefused(shaped, "'position'", "[16, 32]", "[16, 31]");
  }

  private static void requireRefused(Map<String, Tensor> weights, String... said) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new EditorBase(TinyEditor.CONFIG, 4, weights, false));
    for (String s : said) {
      assertTrue(e.getMessage().contains(s), e.getMessage());
    }
  }

  @Test
  void theWeightsMapMayChangeAfterwards() {
    Map<String, Tensor> weights = new LinkedHashMap<>(TinyEditor.weights(TinyEditor.CONFIG, 1));
    EditorBase own = new EditorBase(TinyEditor.CONFIG, 4, weights, false);
    weights.clear();
    requireNear(forward(Adapters.none(), 0), own.forward(input(context, 0), Adapters.none()));
  }

  @Test
  void neighboursAreTheNineAround() {
    int side = 3;
    int m = 2;
    Tensor h = TinyEditor.random(30, 2, side * side, m);
    float[] in = Tensors.toFloats(h);
    float[] expected = new float[2 * side * side * 9 * m];
    int at = 0;
    for (int b = 0; b < 2; b++) {
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          for (int dy = -1; dy <= 1; dy++) {
            for (int dx = -1; dx <= 1; dx++) {
              for (int c = 0; c < m; c++) {
                boolean inside = y + dy >= 0 && y + dy < side && x + dx >= 0 && x + dx < side;
                expected[at++] = inside ? in[((b * side + y + dy) * side + x + dx) * m + c] : 0;
              }
            }
          }
        }
      }
    }
    Tensor found = TokenGrid.neighbours(h, 2, side);
    assertArrayEquals(new long[] {2, side * side, 9 * m}, found.shape());
    assertArrayEquals(expected, Tensors.toFloats(found));
  }

  @Test
  void halvedAveragesSquaresOfFour() {
    int n = 4;
    int c = 3;
    Tensor tokens = TinyEditor.random(31, 2, n * n, c);
    float[] in = Tensors.toFloats(tokens);
    float[] expected = new float[2 * n * n / 4 * c];
    for (int b = 0; b < 2; b++) {
      for (int y = 0; y < n; y++) {
        for (int x = 0; x < n; x++) {
          for (int k = 0; k < c; k++) {
            expected[((b * n / 2 + y / 2) * n / 2 + x / 2) * c + k] +=
                in[((b * n + y) * n + x) * c + k] / 4;
          }
        }
      }
    }
    Tensor found = TokenGrid.halved(tokens, n);
    assertArrayEquals(new long[] {2, n * n / 4, c}, found.shape());
    assertArrayEquals(expected, Tensors.toFloats(found), 1e-6f);
  }

  @Test
  void placesAreSmoothFeaturesOfEveryTokensCentre() {
    int side = 4;
    float[] p = {0.25f, 0.5f, 0.75f, 0.875f};
    float[] found = Tensors.toFloats(Places.features(Tensors.fromFloats(p, 1, 4), side));
    assertEquals(side * side * Places.WIDTH, found.length);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double u = p[0] + (p[2] - p[0]) * (x + 0.5) / side;
        double v = p[1] + (p[3] - p[1]) * (y + 0.5) / side;
        List<Double> expected =
            new ArrayList<>(List.of(u, v, (double) p[2] - p[0], (double) p[3] - p[1]));
        for (double octave : new double[] {Math.PI, 2 * Math.PI, 4 * Math.PI}) {
          for (double t : new double[] {u, v}) {
            expected.add(Math.sin(octave * t));
            expected.add(Math.cos(octave * t));
          }
        }
        assertEquals(Places.WIDTH, expected.size());
        for (int k = 0; k < Places.WIDTH; k++) {
          assertEquals(expected.get(k), found[(y * side + x) * Places.WIDTH + k], 1e-5);
        }
      }
    }
  }

  @Test
  void aGlanceIsWhatTheBaseSeesOfTheWhole() {
    TextBatch text =
        TextBatch.of(
            List.of(new WordEncoder().encode("darken it"), new WordEncoder().encode(LONG)));
    Map<String, Tensor> weights = TinyEditor.weights(TinyEditor.CONFIG, 1);
    weights.values().forEach(w -> w.set_requires_grad(true));
    EditorBase trained = new EditorBase(TinyEditor.CONFIG, 4, weights, true);
    Glance glance = Glance.take(trained, rows(tiles, 0, 1), text);
    Tensor statistics = PictureStatistics.tokens(rows(tiles, 0, 1), 32);
    long facts = statistics.size(1);
    assertArrayEquals(new long[] {2, 48 + 18 + facts, 32}, glance.condition().states().shape());
    assertTrue(!glance.condition().states().requires_grad() && !glance.context().requires_grad());
    Tensor whole = Tensors.fromFloats(new float[] {0, 0, 1, 1, 0, 0, 1, 1}, 2, 4);
    EditorStates seen = base.look(new EditorInput(rows(tiles, 0, 1), text, null, whole));
    TensorVector parts = new TensorVector(seen.textInput(), seen.imageInput());
    parts.push_back(seen.text().narrow(1, 0, 1));
    parts.push_back(seen.image().mean(new long[] {1}, true, null));
    parts.push_back(statistics);
    Tensor expected = torch.cat(parts, 1);
    requireNear(expected, glance.condition().states());
    requireNear(seen.image(), glance.context());
    long[] mask = Tensors.toLongs(glance.condition().mask());
    int row = Math.toIntExact(48 + 18 + facts);
    assertEquals(3 + 18 + facts, Arrays.stream(mask, 0, row).sum(), "two words and their mean");
    assertEquals(0, mask[47]);
  }
}
