package dev.mneme.edit.base;

import dev.mneme.edit.picture.Filters;
import dev.mneme.edit.picture.GrainPattern;
import dev.mneme.tensor.Autocast;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Scopes;
import dev.mneme.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * What is known of every pixel without learning: the classical vocabulary of image processing, at
 * full resolution. Beyond the tile's border the border pixel repeats.
 *
 * <ul>
 *   <li>one, and the source (1 + 3)
 *   <li>Gaussian scale space: sigma 1, 2 and 4 (9)
 *   <li>edge-preserving smoothing at two scales: guided filter, led by luminance (He, Sun and Tang,
 *       2010) (6)
 *   <li>Sobel slopes of luminance, and their blurred magnitude, plain and saturating (4)
 *   <li>luminance against its surroundings at two scales, darker and brighter apart (4)
 *   <li>squares and square roots of the source, for curves (6)
 *   <li>means of blocks of 8 x 8 pixels (3), chroma (1), and a grain pattern (1)
 * </ul>
 */
final class PixelFeatures {
  /** How many there are. */
  static final int COUNT = 38;

  private static final int BLOCK = 8;
  private static final double[] SIGMAS = {1, 2, 4};
  private static final int[] GUIDED_RADII = {2, 5};
  private static final float[] GUIDED_EPS = {0.004f, 0.02f};
  private static final float DARKEST = 0.02f; // keeps ratios in black areas finite
  private static final float[] ACROSS = {-1, 0, 1, -2, 0, 2, -1, 0, 1};
  private static final float[] DOWN = {-1, -2, -1, 0, 0, 0, 1, 2, 1};

  private final int tile;
  private final int plane; // pixels
  private final float[] grain;

  PixelFeatures(int tile) {
    this.tile = tile;
    this.plane = tile * tile;
    this.grain = new float[plane];
    for (int i = 0; i < plane; i++) {
      grain[i] = GrainPattern.at(i % tile, i / tile);
    }
  }

  /** tiles [B, 3, T, T] in [0, 1] to [B, {@value #COUNT}, T, T], in fp32, without gradient. */
  Tensor of(Tensor tiles) {
    int rows = Math.toIntExact(tiles.size(0));
    float[] rgb = Tensors.toFloats(tiles);
    return Tensors.fromRows(rows, i -> planes(rgb, i), rows, COUNT, tile, tile);
  }

  /**
   * The features of one tile, [T * T] each.
   *
   * @param tiles [B, 3, T, T]
   * @param index of the tile
   */
  float[][] planes(float[] tiles, int index) {
    return new Tile(tiles, 3 * index * plane).all();
  }

  /**
   * As {@link #of}, mixed so that none says what others say already.
   *
   * @param whitening [{@value #COUNT}, {@value #COUNT}], see {@link EditorWeights#WHITENING}
   */
  Tensor whitened(Tensor tiles, Tensor whitening) {
    try (Autocast exact = Autocast.on(Precision.FP32)) {
      return Scopes.call(
          () -> {
            Tensor planes = of(tiles).flatten(2, 3); // [B, COUNT, T T]
            return whitening
                .unsqueeze(0)
                .expand(planes.size(0), -1, -1)
                .bmm(planes)
                .view(-1, COUNT, tile, tile);
          });
    }
  }

  /** The features of one tile, plane after plane. */
  private final class Tile {
    private final float[][] rgb = new float[3][];
    private final float[] grey;
    private final List<float[]> out = new ArrayList<>(COUNT);

    /** The tile that begins at an index of many. */
    Tile(float[] tiles, int at) {
      for (int c = 0; c < 3; c++) {
        rgb[c] = Arrays.copyOfRange(tiles, at + c * plane, at + (c + 1) * plane);
      }
      grey = grey(rgb);
    }

    float[][] all() {
      float[] ones = new float[plane];
      Arrays.fill(ones, 1);
      out.add(ones);
      out.addAll(List.of(rgb));
      float[][] around = new float[SIGMAS.length][]; // luminance, blurred
      for (int i = 0; i < SIGMAS.length; i++) {
        float[][] blurred = Filters.gaussianBlur(rgb, tile, tile, SIGMAS[i]);
        out.addAll(List.of(blurred));
        around[i] = grey(blurred);
      }
      for (int i = 0; i < GUIDED_RADII.length; i++) {
        guided(GUIDED_RADII[i], GUIDED_EPS[i]);
      }
      slopes(around[0]);
      for (int i = 1; i < SIGMAS.length; i++) {
        surroundings(around[i]);
      }
      for (float[] colour : rgb) {
        out.add(product(colour, colour));
      }
      for (float[] colour : rgb) {
        out.add(roots(colour));
      }
      for (float[] colour : rgb) {
        out.add(blockMeans(colour));
      }
      out.add(chroma(rgb[0], rgb[1], rgb[2]));
      out.add(grain);
      return out.toArray(float[][]::new);
    }

    /** Locally linear in luminance, so that its edges stay. */
    private void guided(int radius, float eps) {
      float[][] first = { // luminance, its square, colours, and each of them times luminance
        grey,
        product(grey, grey),
        rgb[0],
        rgb[1],
        rgb[2],
        product(grey, rgb[0]),
        product(grey, rgb[1]),
        product(grey, rgb[2])
      };
      float[][] means = means(radius, first);
      float[] light = means[0];
      float[] rigid = means[1]; // mean squares, then one over the variance
      for (int i = 0; i < rigid.length; i++) {
        rigid[i] = 1 / (rigid[i] - light[i] * light[i] + eps);
      }
      float[][] lines = Arrays.copyOfRange(means, 2, means.length); // three offsets, three slopes
      for (int c = 0; c < 3; c++) {
        float[] offset = lines[c];
        float[] slope = lines[3 + c];
        for (int i = 0; i < slope.length; i++) {
          slope[i] = (slope[i] - light[i] * offset[i]) * rigid[i];
          offset[i] -= slope[i] * light[i];
        }
      }
      float[][] smooth = means(radius, lines);
      for (int c = 0; c < 3; c++) {
        float[] line = smooth[c];
        float[] slope = smooth[3 + c];
        for (int i = 0; i < line.length; i++) {
          line[i] += slope[i] * grey[i];
        }
        out.add(line);
      }
    }

    /** Of luminance, and how steep that is once it is calmed. */
    private void slopes(float[] calm) {
      float[][] both = {grey, calm};
      float[][] across = Filters.stencil(both, tile, tile, ACROSS);
      float[][] down = Filters.stencil(both, tile, tile, DOWN);
      out.add(across[0]);
      out.add(down[0]);
      float[] steep = across[1];
      float[] other = down[1];
      float[] saturating = new float[plane];
      for (int i = 0; i < steep.length; i++) {
        steep[i] = (float) Math.sqrt(steep[i] * steep[i] + other[i] * other[i] + 1e-6f);
        saturating[i] = steep[i] / (steep[i] + 0.3f);
      }
      out.add(steep);
      out.add(saturating);
    }

    private void surroundings(float[] around) {
      float[] darker = new float[plane];
      float[] brighter = new float[plane];
      for (int i = 0; i < darker.length; i++) {
        float ratio = (grey[i] + DARKEST) / (around[i] + DARKEST);
        darker[i] = Math.min(1, ratio);
        brighter[i] = Math.min(2, Math.max(1, ratio)) - 1;
      }
      out.add(darker);
      out.add(brighter);
    }
  }

  private float[][] means(int radius, float[][] planes) {
    return Filters.boxBlur(planes, tile, tile, radius);
  }

  private static float[] grey(float[][] colours) {
    float[] r = colours[0];
    float[] g = colours[1];
    float[] b = colours[2];
    float[] grey = new float[r.length];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = Filters.luminance(r[i], g[i], b[i]);
    }
    return grey;
  }

  private static float[] product(float[] a, float[] b) {
    float[] product = new float[a.length];
    for (int i = 0; i < product.length; i++) {
      product[i] = a[i] * b[i];
    }
    return product;
  }

  private static float[] roots(float[] plane) {
    float[] roots = new float[plane.length];
    for (int i = 0; i < roots.length; i++) {
      roots[i] = (float) Math.sqrt(Math.max(1e-4f, plane[i]));
    }
    return roots;
  }

  private static float[] chroma(float[] r, float[] g, float[] b) {
    float[] chroma = new float[r.length];
    for (int i = 0; i < chroma.length; i++) {
      chroma[i] = Math.max(r[i], Math.max(g[i], b[i])) - Math.min(r[i], Math.min(g[i], b[i]));
    }
    return chroma;
  }

  private float[] blockMeans(float[] colour) {
    float[] spread = new float[plane];
    for (int top = 0; top < tile; top += BLOCK) {
      for (int left = 0; left < tile; left += BLOCK) {
        float sum = 0;
        for (int y = top; y < top + BLOCK; y++) {
          for (int x = left; x < left + BLOCK; x++) {
            sum += colour[y * tile + x];
          }
        }
        for (int y = top; y < top + BLOCK; y++) {
          int from = y * tile + left;
          Arrays.fill(spread, from, from + BLOCK, sum / (BLOCK * BLOCK));
        }
      }
    }
    return spread;
  }
}
