package dev.mneme.edit.base;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Names, shapes and fresh values of the base editor's weights. */
public final class EditorWeights {
  /**
   * What the lens' known features are multiplied by, [38, 38]: C^(-1/2) of their second moments C
   * over photographs. Two blurs of one picture are nearly the same; what differs between them is
   * what counts, and it is small. Whitened, all that a coefficient can change is of one size, and a
   * gradient step goes as far in every direction. Measured once, not learned.
   */
  public static final String WHITENING = "lens.whitening";

  private EditorWeights() {}

  /** Those that training changes: all but {@value #WHITENING}. */
  public static Map<String, Tensor> trainable(Map<String, Tensor> weights) {
    Map<String, Tensor> learned = new LinkedHashMap<>(weights);
    learned.remove(WHITENING);
    return learned;
  }

  /** Every weight of a base with its shape, in the order in which it is written. */
  public static Map<String, long[]> shapes(EditorConfig c) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    int d = c.width();
    for (var encoder : dev.mneme.edit.text.TextStates.Encoder.values()) {
      String name = encoder.name().toLowerCase(java.util.Locale.ROOT);
      shapes.put("text." + name + ".weight", new long[] {d, encoder.width()});
    }
    shapes.put("text.norm.weight", new long[] {d});
    linear(shapes, "patch", 3 * c.patch() * c.patch(), d);
    linear(shapes, "place", Places.WIDTH, d);
    shapes.put("position", new long[] {(long) c.side() * c.side(), d});
    shapes.put("context.type", new long[] {d});
    shapes.put(WHITENING, new long[] {PixelFeatures.COUNT, PixelFeatures.COUNT});
    shapes.putAll(Lens.shapes(c));
    for (int i = 0; i < c.layers(); i++) {
      String block = "blocks." + i + ".";
      linear(shapes, block + "modulation", d, 4 * d);
      for (String norm : new String[] {"norm_mix", "norm_attn", "norm_mlp", "norm_paint"}) {
        shapes.put(block + norm + ".weight", new long[] {d});
      }
      for (var site : c.layout(1).sites()) {
        if (site.module().equals(EditorConfig.PAINT)) {
          linear(shapes, block + site.module(), site.in(), c.paintWidth());
        } else if (!site.module().equals(EditorConfig.MIX)) {
          linear(shapes, block + site.module(), site.in(), site.out());
        }
      }
    }
    return shapes;
  }

  private static void linear(Map<String, long[]> shapes, String name, int in, int out) {
    shapes.put(name + ".weight", new long[] {out, in});
    shapes.put(name + ".bias", new long[] {out});
  }

  /**
   * Fresh weights for training. Whatever a block adds starts small, and what it paints starts at
   * zero, so that the fresh base returns its source.
   */
  public static Map<String, Tensor> fresh(EditorConfig config, long seed) {
    torch.manual_seed(seed);
    Map<String, Tensor> weights = new LinkedHashMap<>();
    shapes(config).forEach((name, shape) -> weights.put(name, init(config, name, shape)));
    return weights;
  }

  private static Tensor init(EditorConfig config, String name, long[] shape) {
    if (name.contains("norm")) {
      return torch.ones(shape);
    }
    if (name.equals(WHITENING)) {
      return torch.eye(PixelFeatures.COUNT);
    }
    if (name.endsWith(".bias") || name.contains("modulation") || name.contains("paint.proj")) {
      return torch.zeros(shape);
    }
    long in = 1;
    for (int i = 1; i < shape.length; i++) {
      in *= shape[i];
    }
    double std = shape.length == 1 || name.equals("position") ? 0.02 : 1 / Math.sqrt(in);
    if (name.endsWith("o_proj.weight")
        || name.endsWith("down_proj.weight") && !name.contains("mix.down")
        || name.contains("mix.up")) {
      std /= Math.sqrt(2.0 * config.layers());
    }
    return torch.randn(shape).mul_(new Scalar(std));
  }

  /**
   * Checks that weights fit a shape.
   *
   * @throws IllegalArgumentException naming the first weight that is missing, unknown or of another
   *     shape
   */
  public static void check(EditorConfig config, Map<String, Tensor> weights) {
    Map<String, long[]> expected = shapes(config);
    expected.forEach(
        (name, shape) -> {
          Tensor found = weights.get(name);
          if (found == null) {
            throw new IllegalArgumentException(
                "Base editor weight '%s' is missing".formatted(name));
          }
          long[] sizes = found.shape();
          if (!java.util.Arrays.equals(sizes, shape)) {
            throw new IllegalArgumentException(
                "Base editor weight '%s' must have shape %s, found %s"
                    .formatted(
                        name, java.util.Arrays.toString(shape), java.util.Arrays.toString(sizes)));
          }
        });
    for (String name : weights.keySet()) {
      if (!expected.containsKey(name)) {
        throw new IllegalArgumentException("Unknown base editor weight '%s'".formatted(name));
      }
    }
  }
}
