package dev.mneme.edit.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mneme.edit.TinyEditor;
import dev.mneme.tensor.Tensors;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lens against loops over pixels. */
class LensTest {
  private static final int BATCH = 2;

  /** Which row of the features belongs to a pixel: token, cell, pixel of the cell. */
  private static int row(EditorConfig c, int y, int x) {
    int q = c.patch() / c.cells();
    int token = y / c.patch() * c.side() + x / c.patch();
    int cell = y % c.patch() / q * c.cells() + x % c.patch() / q;
    int pixel = y % q * q + x % q;
    return (token * c.cells() * c.cells() + cell) * q * q + pixel;
  }

  private static EditorConfig config(int cells) {
    return new EditorConfig(32, 2, 16, 8, 32, 8, 48, 12, cells);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void paintMixesTheFeaturesOfEveryPixel(int cells) {
    EditorConfig c = config(cells);
    int t = c.tile();
    int k = c.lens();
    int q = c.patch() / cells;
    int tokens = c.side() * c.side();
    Tensor paint = TinyEditor.random(1, BATCH, tokens, c.paintWidth());
    Tensor features = TinyEditor.random(2, (long) BATCH * tokens * cells * cells, (long) q * q, k);
    float[] p = Tensors.toFloats(paint);
    float[] f = Tensors.toFloats(features);
    float[] expected = new float[BATCH * 3 * t * t];
    for (int b = 0; b < BATCH; b++) {
      for (int y = 0; y < t; y++) {
        for (int x = 0; x < t; x++) {
          int token = y / c.patch() * c.side() + x / c.patch();
          int of = (b * tokens + token) * c.paintWidth();
          int cell = y % c.patch() / q * cells + x % c.patch() / q;
          int pixel = row(c, y, x);
          for (int out = 0; out < 3; out++) {
            double sum = 0;
            for (int i = 0; i < k; i++) {
              sum += p[of + (cell * 3 + out) * k + i] * f[(b * t * t + pixel) * k + i];
            }
            int inToken = pixel % (c.patch() * c.patch());
            sum += p[of + cells * cells * 3 * k + inToken * 3 + out];
            expected[((b * 3 + out) * t + y) * t + x] = (float) (sum / 32);
          }
        }
      }
    }
    Tensor found = new Lens(c).paint(paint, features);
    assertArrayEquals(new long[] {BATCH, 3, t, t}, found.shape());
    assertEquals(0, TinyEditor.difference(expected, Tensors.toFloats(found)), 1e-5);
  }

  @Test
  void featuresAreOneTheSourceItsBlursAndTwoConvolutions() {
    EditorConfig c = TinyEditor.CONFIG;
    int t = c.tile();
    int k = c.lens();
    Map<String, Tensor> weights = TinyEditor.weights(c, 3);
    Tensor tiles = TinyEditor.pictures(BATCH, t, 4);
    float[] found = Tensors.toFloats(new Lens(c).features(tiles, weights));
    float[] source = Tensors.toFloats(tiles);
    float[] narrow = blur(source, t, 1.5);
    float[] wide = blur(source, t, 4);
    float[] inner = convolve(source, 3, 16, t, weights, "lens.conv1");
    float[] learned = convolve(inner, 16, k - Lens.FIXED, t, weights, "lens.conv2");
    for (int b = 0; b < BATCH; b++) {
      for (int y = 0; y < t; y++) {
        for (int x = 0; x < t; x++) {
          int at = (b * t * t + row(c, y, x)) * k;
          assertEquals(1, found[at]);
          for (int ch = 0; ch < 3; ch++) {
            int pixel = ((b * 3 + ch) * t + y) * t + x;
            assertEquals(source[pixel], found[at + 1 + ch]);
            assertEquals(narrow[pixel], found[at + 4 + ch], 1e-5);
            assertEquals(wide[pixel], found[at + 7 + ch], 1e-5);
          }
          for (int i = 0; i < k - Lens.FIXED; i++) {
            float expected = learned[((b * (k - Lens.FIXED) + i) * t + y) * t + x];
            assertEquals(expected, found[at + Lens.FIXED + i], 1e-5);
          }
        }
      }
    }
  }

  /** Gauss over three sigmas, the border repeated. */
  private static float[] blur(float[] in, int t, double sigma) {
    int reach = (int) Math.ceil(3 * sigma);
    double[] kernel = new double[2 * reach + 1];
    double total = 0;
    for (int i = -reach; i <= reach; i++) {
      kernel[i + reach] = Math.exp(-i * i / (2 * sigma * sigma));
      total += kernel[i + reach];
    }
    float[] out = new float[in.length];
    for (int plane = 0; plane < in.length / (t * t); plane++) {
      for (int y = 0; y < t; y++) {
        for (int x = 0; x < t; x++) {
          double sum = 0;
          for (int dy = -reach; dy <= reach; dy++) {
            for (int dx = -reach; dx <= reach; dx++) {
              int yy = Math.min(t - 1, Math.max(0, y + dy));
              int xx = Math.min(t - 1, Math.max(0, x + dx));
              sum += kernel[dy + reach] * kernel[dx + reach] * in[(plane * t + yy) * t + xx];
            }
          }
          out[(plane * t + y) * t + x] = (float) (sum / total / total);
        }
      }
    }
    return out;
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
