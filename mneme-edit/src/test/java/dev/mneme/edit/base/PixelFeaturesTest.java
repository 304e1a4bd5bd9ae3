package dev.mneme.edit.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.TinyEditor;
import dev.mneme.edit.picture.Filters;
import dev.mneme.edit.picture.GrainPattern;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.Pictures;
import dev.mneme.tensor.Autocast;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every feature against the filters on single planes. */
class PixelFeaturesTest {
  private static final int T = 40;
  private static final int N = T * T;

  private final Picture picture = Pictures.noise(T, T, 11);
  private final float[] grey = Filters.luminance(picture);
  private float[] found;

  @BeforeEach
  void compute() {
    Tensor two = TinyEditor.pictures(2, T, 10); // the second is the picture above
    Tensor features = new PixelFeatures(T).of(two);
    assertArrayEquals(new long[] {2, PixelFeatures.COUNT, T, T}, features.shape());
    found = Tensors.toFloats(features.select(0, 1));
  }

  private void requireFeature(int index, float[] expected) {
    for (int i = 0; i < N; i++) {
      assertEquals(expected[i], found[index * N + i], 2e-5, "feature " + index + " at " + i);
    }
  }

  private float[] channel(Picture p, int c) {
    return java.util.Arrays.copyOfRange(p.rgb(), c * N, (c + 1) * N);
  }

  private interface Value {
    double at(int i);
  }

  private static float[] plane(Value value) {
    float[] out = new float[N];
    for (int i = 0; i < N; i++) {
      out[i] = (float) value.at(i);
    }
    return out;
  }

  @Test
  void oneTheSourceAndScaleSpace() {
    requireFeature(0, plane(i -> 1));
    double[] sigmas = {1, 2, 4};
    for (int c = 0; c < 3; c++) {
      requireFeature(1 + c, channel(picture, c));
      for (int s = 0; s < 3; s++) {
        requireFeature(4 + 3 * s + c, channel(Filters.gaussianBlur(picture, sigmas[s]), c));
      }
    }
  }

  @Test
  void guidedFilters() {
    int[] radii = {2, 5};
    double[] eps = {0.004, 0.02};
    for (int s = 0; s < 2; s++) {
      int r = radii[s];
      float[] mean = Filters.boxBlur(grey, T, T, r);
      float[] square = Filters.boxBlur(plane(i -> grey[i] * grey[i]), T, T, r);
      for (int c = 0; c < 3; c++) {
        float[] p = channel(picture, c);
        float[] meanP = Filters.boxBlur(p, T, T, r);
        float[] product = Filters.boxBlur(plane(i -> grey[i] * p[i]), T, T, r);
        double e = eps[s];
        float[] a =
            plane(i -> (product[i] - mean[i] * meanP[i]) / (square[i] - mean[i] * mean[i] + e));
        float[] b = plane(i -> meanP[i] - a[i] * mean[i]);
        float[] meanA = Filters.boxBlur(a, T, T, r);
        float[] meanB = Filters.boxBlur(b, T, T, r);
        requireFeature(13 + 3 * s + c, plane(i -> meanA[i] * grey[i] + meanB[i]));
      }
    }
  }

  @Test
  void slopesAndTheirMagnitude() {
    float[] x = {-1, 0, 1, -2, 0, 2, -1, 0, 1};
    float[] y = {-1, -2, -1, 0, 0, 0, 1, 2, 1};
    requireFeature(19, Filters.stencil(grey, T, T, x));
    requireFeature(20, Filters.stencil(grey, T, T, y));
    float[] calm = Filters.gaussianBlur(grey, T, T, 1);
    float[] across = Filters.stencil(calm, T, T, x);
    float[] down = Filters.stencil(calm, T, T, y);
    Value magnitude = i -> Math.sqrt(across[i] * across[i] + down[i] * down[i] + 1e-6);
    requireFeature(21, plane(magnitude));
    requireFeature(22, plane(i -> magnitude.at(i) / (magnitude.at(i) + 0.3)));
  }

  @Test
  void luminanceAgainstItsSurroundings() {
    double[] sigmas = {2, 4};
    for (int s = 0; s < 2; s++) {
      float[] around = Filters.gaussianBlur(grey, T, T, sigmas[s]);
      Value ratio = i -> (grey[i] + 0.02) / (around[i] + 0.02);
      requireFeature(23 + 2 * s, plane(i -> Math.min(1, ratio.at(i))));
      requireFeature(24 + 2 * s, plane(i -> Math.min(2, Math.max(1, ratio.at(i))) - 1));
    }
  }

  @Test
  void curvesBlocksChromaAndGrain() {
    for (int c = 0; c < 3; c++) {
      float[] p = channel(picture, c);
      requireFeature(27 + c, plane(i -> p[i] * p[i]));
      requireFeature(30 + c, plane(i -> Math.sqrt(Math.max(1e-4, p[i]))));
      float[] means = new float[N];
      for (int i = 0; i < N; i++) {
        double sum = 0;
        for (int k = 0; k < 64; k++) {
          sum += p[(i / T / 8 * 8 + k / 8) * T + i % T / 8 * 8 + k % 8];
        }
        means[i] = (float) (sum / 64);
      }
      requireFeature(33 + c, means);
    }
    float[] rgb = picture.rgb();
    requireFeature(
        36,
        plane(
            i ->
                Math.max(rgb[i], Math.max(rgb[N + i], rgb[2 * N + i]))
                    - Math.min(rgb[i], Math.min(rgb[N + i], rgb[2 * N + i]))));
    requireFeature(37, plane(i -> GrainPattern.at(i % T, i / T)));
  }

  @Test
  void halfPrecisionAroundDoesNotTouchThem() {
    try (Autocast autocast = Autocast.on(Precision.BF16)) {
      Tensor again = new PixelFeatures(T).of(TinyEditor.pictures(2, T, 10)).select(0, 1);
      assertArrayEquals(found, Tensors.toFloats(again));
    }
  }

  @Test
  void theGrainHasNoMeanAndUnitVariance() {
    double sum = 0;
    double square = 0;
    int n = GrainPattern.PERIOD * GrainPattern.PERIOD;
    for (int i = 0; i < n; i++) {
      float value = GrainPattern.at(i % GrainPattern.PERIOD + 16, i / GrainPattern.PERIOD);
      sum += value;
      square += value * value;
    }
    assertEquals(0, sum / n, 1e-6);
    assertEquals(1, square / n, 1e-5);
    assertTrue(GrainPattern.at(3, 5) != GrainPattern.at(5, 3));
  }
}
