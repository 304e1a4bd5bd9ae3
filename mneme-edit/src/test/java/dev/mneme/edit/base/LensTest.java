package dev.mneme.edit.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.TinyEditor;
import dev.mneme.tensor.Tensors;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lens against loops over pixels. */
class LensTest {
  private static final int BATCH = 2;

  /** Where a pixel's feature stands: sample, quad, feature, pixel of the quad. */
  private static int feature(EditorConfig c, int sample, int y, int x, int k) {
    int q = c.cell();
    int quads = c.tile() / q + 1;
    int quad = (y + q / 2) / q * quads + (x + q / 2) / q;
    int pixel = (y + q / 2) % q * q + (x + q / 2) % q;
    return ((sample * quads * quads + quad) * c.lens() + k) * q * q + pixel;
  }

  private static int quads(EditorConfig c) {
    int quads = c.tile() / c.cell() + 1;
    return quads * quads;
  }

  private static EditorConfig config(int cells) {
    return new EditorConfig(32, 2, 16, 8, 32, 8, 48, 40, cells);
  }

  /** Where a coefficient of a cell stands in what a sample's tokens paint. */
  private static int at(EditorConfig c, int cellY, int cellX, int out, int feature) {
    int last = c.side() * c.cells() - 1;
    int y = Math.min(last, Math.max(0, cellY));
    int x = Math.min(last, Math.max(0, cellX));
    int token = y / c.cells() * c.side() + x / c.cells();
    int cell = y % c.cells() * c.cells() + x % c.cells();
    return token * c.paintWidth() + (cell * 3 + out) * c.lens() + feature;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void paintMixesTheFeaturesOfEveryPixelByInterpolatedCoefficients(int cells) {
    EditorConfig c = config(cells);
    int t = c.tile();
    int q = c.cell();
    int sample = c.side() * c.side() * c.paintWidth();
    Tensor paint = TinyEditor.random(1, BATCH, (long) c.side() * c.side(), c.paintWidth());
    Tensor features = TinyEditor.random(2, (long) BATCH * quads(c), c.lens(), (long) q * q);
    float[] p = Tensors.toFloats(paint);
    float[] f = Tensors.toFloats(features);
    float[] expected = new float[BATCH * 3 * t * t];
    for (int i = 0; i < expected.length; i++) {
      int x = i % t;
      int y = i / t % t;
      int out = i / t / t % 3;
      int b = i / t / t / 3;
      double u = (y + 0.5) / q - 0.5; // in cells, from the centre of the first
      double v = (x + 0.5) / q - 0.5;
      int top = (int) Math.floor(u);
      int left = (int) Math.floor(v);
      double down = u - top;
      double right = v - left;
      double sum = 0;
      for (int k = 0; k < c.lens(); k++) {
        double coefficient =
            (1 - down) * (1 - right) * p[b * sample + at(c, top, left, out, k)]
                + (1 - down) * right * p[b * sample + at(c, top, left + 1, out, k)]
                + down * (1 - right) * p[b * sample + at(c, top + 1, left, out, k)]
                + down * right * p[b * sample + at(c, top + 1, left + 1, out, k)];
        sum += coefficient * f[feature(c, b, y, x, k)];
      }
      expected[i] = (float) (sum / 32);
    }
    Tensor found = new Lens(c).paint(paint, features);
    assertArrayEquals(new long[] {BATCH, 3, t, t}, found.shape());
    assertEquals(0, TinyEditor.difference(expected, Tensors.toFloats(found)), 1e-5);
  }

  @Test
  void withoutGradientItPaintsTheSameAnotherWay() {
    EditorConfig c = TinyEditor.CONFIG;
    Map<String, Tensor> weights = TinyEditor.weights(c, 3);
    weights.put(
        EditorWeights.WHITENING, TinyEditor.random(6, PixelFeatures.COUNT, PixelFeatures.COUNT));
    Tensor tiles = TinyEditor.pictures(BATCH, c.tile(), 4);
    Tensor paint = TinyEditor.random(5, BATCH, (long) c.side() * c.side(), c.paintWidth());
    Lens lens = new Lens(c);
    Tensor each = TinyEditor.random(7, BATCH, 3, c.lens());
    Tensor one = each.narrow(0, 0, 1);
    LensSight seen = lens.see(tiles, weights);
    try (NoGradGuard guard = new NoGradGuard()) {
      LensSight planes = lens.see(tiles, weights);
      assertAlike(seen.painted(paint), planes.painted(paint));
      assertAlike(seen.mixed(each), planes.mixed(each));
      assertAlike(seen.mixed(one), planes.mixed(one));
    }
  }

  private static void assertAlike(Tensor expected, Tensor found) {
    assertArrayEquals(expected.shape(), found.shape());
    double size = Math.max(1, TinyEditor.difference(expected, expected.mul(new Scalar(0.0))));
    assertEquals(0, TinyEditor.difference(expected, found) / size, 1e-4);
  }

  @Test
  void whatIsPaintedOnAFlatTileHasNoGrid() {
    EditorConfig c = TinyEditor.CONFIG;
    int t = c.tile();
    Tensor flat = Tensors.fromFloats(filled(3 * t * t, 0.4f), 1, 3, t, t);
    Map<String, Tensor> weights = TinyEditor.weights(c, 3);
    weights.remove(EditorWeights.WHITENING);
    weights.values().forEach(w -> w.mul_(new org.bytedeco.pytorch.Scalar(0.0))); // convolutions
    weights.put(EditorWeights.WHITENING, org.bytedeco.pytorch.global.torch.eye(38));
    Tensor paint = TinyEditor.random(5, 1, (long) c.side() * c.side(), c.paintWidth());
    for (int cell = 0; cell < c.cells() * c.cells() * 3; cell++) {
      paint.select(2, cell * c.lens() + 37L).zero_(); // grain
    }
    Lens lens = new Lens(c);
    float[] found = Tensors.toFloats(lens.paint(paint, lens.features(flat, weights)));
    int q = c.cell();
    double within = 0;
    double across = 0;
    for (int y = 0; y < t; y++) {
      for (int x = q; x < t - q - 1; x++) {
        double step = Math.abs(found[y * t + x + 1] - found[y * t + x]);
        if (x % q == q - 1) {
          across = Math.max(across, step);
        } else {
          within = Math.max(within, step);
        }
      }
    }
    assertTrue(within > 0.001, "something was painted");
    assertTrue(across <= 1.01 * within, "a step of " + across + " at the border of cells");
  }

  /** features [B, 38, t, t], those of each pixel multiplied by the matrix. */
  private static float[] whitened(Tensor matrix, Tensor features) {
    int n = PixelFeatures.COUNT;
    float[] m = Tensors.toFloats(matrix);
    float[] f = Tensors.toFloats(features);
    int plane = (int) (features.size(2) * features.size(3));
    float[] out = new float[f.length];
    for (int i = 0; i < f.length; i++) {
      int pixel = i % plane;
      int row = i / plane % n;
      int start = i / plane / n * n * plane + pixel;
      double sum = 0;
      for (int k = 0; k < n; k++) {
        sum += m[row * n + k] * f[start + k * plane];
      }
      out[i] = (float) sum;
    }
    return out;
  }

  @Test
  void featuresAreTheKnownOnesAndThoseOfThreeConvolutions() {
    EditorConfig c = TinyEditor.CONFIG;
    int t = c.tile();
    int k = c.lens();
    int learnedCount = k - PixelFeatures.COUNT;
    Map<String, Tensor> weights = TinyEditor.weights(c, 3);
    Tensor whitening = TinyEditor.random(6, PixelFeatures.COUNT, PixelFeatures.COUNT);
    weights.put(EditorWeights.WHITENING, whitening);
    Tensor tiles = TinyEditor.pictures(BATCH, t, 4);
    float[] found = Tensors.toFloats(new Lens(c).features(tiles, weights));
    float[] known = whitened(whitening, new PixelFeatures(t).of(tiles));
    float[] inner = convolve(Tensors.toFloats(tiles), 3, 24, t, weights, "lens.conv1");
    inner = convolve(inner, 24, 24, t, weights, "lens.conv2");
    float[] learned = convolve(inner, 24, learnedCount, t, weights, "lens.conv3");
    for (int b = 0; b < BATCH; b++) {
      for (int y = 0; y < t; y++) {
        for (int x = 0; x < t; x++) {
          int pixel = y * t + x;
          for (int i = 0; i < k; i++) {
            float expected =
                i < PixelFeatures.COUNT
                    ? known[(b * PixelFeatures.COUNT + i) * t * t + pixel]
                    : learned[(b * learnedCount + i - PixelFeatures.COUNT) * t * t + pixel];
            assertEquals(
                expected,
                found[feature(c, b, y, x, i)],
                1e-5 * Math.max(1, Math.abs(expected)) * 10);
          }
        }
      }
    }
  }

  private static float[] filled(int length, float value) {
    float[] all = new float[length];
    java.util.Arrays.fill(all, value);
    return all;
  }

  /** 3 x 3 with zeros beyond the border, then silu. */
  private static float[] convolve(
      float[] in, int from, int to, int t, Map<String, Tensor> weights, String name) {
    float[] w = Tensors.toFloats(weights.get(name + ".weight"));
    float[] bias = Tensors.toFloats(weights.get(name + ".bias"));
    float[] out = new float[BATCH * to * t * t];
    for (int b = 0; b < BATCH; b++) {
      for (int o = 0; o < to; o++) {
        for (int y = 0; y < t; y++) {
          for (int x = 0; x < t; x++) {
            double sum = bias[o];
            for (int i = 0; i < from; i++) {
              for (int k = 0; k < 9; k++) {
                int yy = y + k / 3 - 1;
                int xx = x + k % 3 - 1;
                if (yy >= 0 && yy < t && xx >= 0 && xx < t) {
                  sum += w[(o * from + i) * 9 + k] * in[((b * from + i) * t + yy) * t + xx];
                }
              }
            }
            out[((b * to + o) * t + y) * t + x] = (float) (sum / (1 + Math.exp(-sum)));
          }
        }
      }
    }
    return out;
  }
}
