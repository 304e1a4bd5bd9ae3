package dev.mneme.edit.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.TinyEditor;
import dev.mneme.edit.WordEncoder;
import dev.mneme.edit.picture.Filters;
import dev.mneme.memory.Adapters;
import dev.mneme.tensor.Autocast;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SecondLookTest {
  private static final EditorConfig CONFIG = TinyEditor.CONFIG;
  private static final int T = CONFIG.tile();
  private static final int K = CONFIG.lens();
  private static final int WIDTH = SecondLook.width(CONFIG);
  private static final int PAIRS = 36;

  private final EditorBase base = TinyEditor.base(1);
  private final Tensor tiles = TinyEditor.pictures(3, T, 10);
  private final EditorInput in =
      new EditorInput(
          tiles,
          TextBatch.of(
              List.of("darken it", "blur", "darken it").stream()
                  .map(new WordEncoder()::encode)
                  .toList()),
          TinyEditor.random(11, 3, 16, 32),
          torch.tensor(0f, 0f, 1f, 1f).view(1, 4).expand(3, 4));

  private Adapters first(int batch) {
    return TinyEditor.adapters(base.layout(), batch, 0.7, 20);
  }

  private static void requireNear(Tensor expected, Tensor found) {
    assertTrue(
        TinyEditor.difference(expected, found) < 1e-4,
        "apart by " + TinyEditor.difference(expected, found));
  }

  @Test
  void featuresAreThoseOfBothPicturesAndSumsOfPixelsThatLieAlike() {
    Tensor edited = TinyEditor.pictures(3, T, 12).mul(new Scalar(1.6)).sub(new Scalar(0.3));
    Tensor all = base.secondFeatures(tiles, edited);
    assertArrayEquals(new long[] {3, WIDTH, T, T}, all.shape());
    Tensor shown =
        edited.clamp(new ScalarOptional(new Scalar(0.0)), new ScalarOptional(new Scalar(1.0)));
    requireNear(base.features(tiles), all.narrow(1, 0, K));
    requireNear(base.features(shown), all.narrow(1, K, K));
    requireNear(shown.sub(edited), all.narrow(1, 2L * K, 3));
    float[] found = Tensors.toFloats(all.narrow(1, 2L * K + 3, 3L * PAIRS).contiguous());
    float[] rgb = Tensors.toFloats(tiles);
    for (int tile : new int[] {0, 2}) {
      for (int colour = 0; colour < 3; colour++) {
        for (int[] at : new int[][] {{0, 0}, {T - 1, 3}, {13, 17}}) {
          double[] sums = sums(rgb, tile * 3 + colour, at[0], at[1]);
          for (int pair = 0; pair < PAIRS; pair++) {
            int index = ((tile * 3 + colour) * PAIRS + pair) * T * T + at[1] * T + at[0];
            assertEquals(sums[pair], found[index], 1e-4, "pair " + pair);
          }
        }
      }
    }
  }

  /** Around one pixel, by the definition; beyond the border the border's pixel repeats. */
  private static double[] sums(float[] rgb, int plane, int x, int y) {
    double[] sums = new double[PAIRS];
    int[] members = new int[PAIRS];
    for (int dy = -7; dy <= 7; dy++) {
      for (int dx = -7; dx <= 7; dx++) {
        int far = Math.max(Math.abs(dx), Math.abs(dy));
        int pair = far * (far + 1) / 2 + Math.min(Math.abs(dx), Math.abs(dy));
        int px = Math.max(0, Math.min(T - 1, x + dx));
        int py = Math.max(0, Math.min(T - 1, y + dy));
        sums[pair] += rgb[plane * T * T + py * T + px];
        members[pair]++;
      }
    }
    for (int pair = 0; pair < PAIRS; pair++) {
      sums[pair] /= Math.sqrt(members[pair]);
    }
    return sums;
  }

  @Test
  void aMixAddsItsFeaturesToTheFirstEdit() {
    Tensor mix = TinyEditor.random(30, 1, 3, WIDTH).mul(new Scalar(0.02));
    Tensor once = base.forward(in, first(1));
    Tensor twice = base.forward(in, ShownMix.andAgain(base, first(1), mix));
    Tensor added =
        mix.expand(3, -1, -1).bmm(base.secondFeatures(tiles, once).flatten(2, 3)).view(3, 3, T, T);
    requireNear(once.add(added), twice);
  }

  /** What a mix has no share of is not made, and nothing is missing for that. */
  @ParameterizedTest
  @EnumSource(SecondSight.class)
  void aMixThatSeesLessAddsWhatItSees(SecondSight sight) {
    Tensor some = torch.zeros(WIDTH).index_fill_(0, sight.features(CONFIG), new Scalar(1));
    Tensor mix = TinyEditor.random(34, 1, 3, WIDTH).mul(new Scalar(0.02)).mul(some);
    assertEquals(sight, SecondSight.of(mix.narrow(2, K, K)));
    Tensor added =
        mix.expand(3, -1, -1)
            .bmm(base.secondFeatures(tiles, base.forward(in, first(1))).flatten(2, 3))
            .view(3, 3, T, T);
    Tensor expected = base.forward(in, first(1)).add(added);
    requireNear(expected, base.forward(in, ShownMix.andAgain(base, first(1), mix)));
    try (NoGradGuard guard = new NoGradGuard()) {
      requireNear(expected, base.forward(in, ShownMix.andAgain(base, first(1), mix)));
    }
  }

  /** Also of weights that are kept in bf16, as edits have them on processors with tiles for it. */
  @Test
  void inLessPrecisionItAddsNearlyTheSame() {
    Tensor mix = TinyEditor.random(33, 1, 3, WIDTH).mul(new Scalar(0.02));
    Adapters both = ShownMix.andAgain(base, first(1), mix);
    Tensor exact = base.forward(in, both);
    try (Autocast less = Autocast.on(Precision.BF16)) {
      EditorBase rewritten = base.with(both).in(Precision.BF16);
      double apart = TinyEditor.difference(exact, rewritten.forward(in, Adapters.none()));
      assertTrue(apart < 0.05, "merged, apart by " + apart);
      apart = TinyEditor.difference(exact, base.forward(in, both));
      assertTrue(apart < 0.05, "apart by " + apart);
    }
  }

  @Test
  void everyRowHasItsOwnOrNone() {
    Tensor mix = TinyEditor.random(31, 2, 3, WIDTH).mul(new Scalar(0.02));
    Adapters two = ShownMix.andAgain(base, first(2), mix);
    Adapters plain = TinyEditor.adapters(base.layout(), 1, 0.7, 21);
    Adapters all = Adapters.stack(List.of(two, plain));
    Tensor together = base.forward(in, all);
    for (int i = 0; i < 3; i++) {
      EditorInput one =
          new EditorInput(
              tiles.narrow(0, i, 1),
              TextBatch.of(List.of(new WordEncoder().encode(i == 1 ? "blur" : "darken it"))),
              in.context().narrow(0, i, 1),
              in.place().narrow(0, i, 1));
      Adapters alone = i < 2 ? two.select(i) : plain;
      requireNear(base.forward(one, alone), together.narrow(0, i, 1));
      requireNear(base.with(alone).forward(one, Adapters.none()), together.narrow(0, i, 1));
    }
  }

  @Test
  void strengthScalesItAndNothingOfItIsNothing() {
    Tensor mix = TinyEditor.random(32, 1, 3, WIDTH).mul(new Scalar(0.02));
    Adapters both = ShownMix.andAgain(base, first(1), mix);
    Tensor silent = base.forward(in, both.scaledBy(0));
    requireNear(base.forward(in, Adapters.none()), silent);
    Adapters half = ShownMix.andAgain(base, first(1).scaledBy(0.5), mix.mul(new Scalar(0.5)));
    requireNear(base.forward(in, half), base.forward(in, both.scaledBy(0.5)));
    Adapters sum = both.plus(both.scaledBy(0.5));
    requireNear(base.forward(in, both.scaledBy(1.5)), base.forward(in, sum));
  }

  /** A Gaussian looks the same from all sides: its 225 weights are 36. */
  @Test
  void aBlurIsAMix() {
    float[] kernel = Filters.gaussianKernel(1.5); // 11 weights
    float[] mix = new float[3 * WIDTH];
    for (int c = 0; c < 3; c++) {
      for (int far = 0; far <= 5; far++) {
        for (int near = 0; near <= far; near++) {
          int members = (near == far || near == 0 ? 4 : 8) / (far == 0 ? 4 : 1);
          int pair = far * (far + 1) / 2 + near;
          mix[c * WIDTH + 2 * K + 3 + c * PAIRS + pair] =
              (float) (kernel[5 + far] * kernel[5 + near] * Math.sqrt(members));
        }
      }
    }
    EditorBase silent = TinyEditor.constant(CONFIG, new float[CONFIG.paintWidth()]);
    Adapters none = ShownMix.adapters(silent, torch.zeros(1, 3, K));
    Tensor out =
        silent.forward(in, ShownMix.andAgain(silent, none, torch.tensor(mix).view(1, 3, WIDTH)));
    float[] found = Tensors.toFloats(out.sub(tiles));
    float[] rgb = Tensors.toFloats(tiles);
    for (int plane = 0; plane < 9; plane++) {
      float[] one = Arrays.copyOfRange(rgb, plane * T * T, (plane + 1) * T * T);
      float[] expected = Filters.gaussianBlur(one, T, T, 1.5);
      float[] part = Arrays.copyOfRange(found, plane * T * T, (plane + 1) * T * T);
      assertTrue(TinyEditor.difference(expected, part) < 1e-4, "plane " + plane);
    }
  }
}
