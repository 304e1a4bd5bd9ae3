package dev.mneme.memory;

import dev.mneme.tensor.Engine;
import dev.mneme.tensor.safetensors.SafetensorsFile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Small tensors, plain arrays of them, and golden files. */
public final class TestTensors {
  static {
    Engine.start();
  }

  private TestTensors() {}

  /** Two kinds of dense site and one of experts, awkward widths. */
  public static AdapterLayout smallLayout() {
    return new AdapterLayout(
        "model.layers.",
        2,
        3,
        List.of(
            AdapterSite.dense("attn.qkv", 7, 11),
            AdapterSite.dense("mlp.down", 5, 7),
            new AdapterSite("mlp.experts.w1", 7, 3, 2)));
  }

  /** Normal values, the same for the same seed. */
  public static Tensor random(long seed, long... shape) {
    int size = 1;
    for (long s : shape) {
      size *= (int) s;
    }
    Random random = new Random(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.create(values, shape);
  }

  /** Random adapters for a layout. */
  public static Adapters adapters(
      AdapterLayout layout, int batch, int rank, double scale, long seed) {
    Map<String, LoraFactors> factors = new LinkedHashMap<>();
    for (int layer = 0; layer < layout.layers(); layer++) {
      for (AdapterSite site : layout.sites()) {
        String key = layout.key(layer, site);
        factors.put(key, factors(site, batch, rank, seed * 1000 + factors.size()));
      }
    }
    return Adapters.of(layout, factors, scale);
  }

  /** Random factors for a site. */
  public static LoraFactors factors(AdapterSite site, int batch, int rank, long seed) {
    int e = site.experts();
    return e == 0
        ? new LoraFactors(
            random(seed, batch, rank, site.in()), random(seed + 500, batch, site.out(), rank))
        : new LoraFactors(
            random(seed, batch, e, rank, site.in()),
            random(seed + 500, batch, e, site.out(), rank));
  }

  /** Values in row-major order. */
  public static float[] values(Tensor tensor) {
    try (PointerScope scope = new PointerScope()) {
      Tensor plain = tensor.detach().to(ScalarType.Float).contiguous();
      FloatBuffer buffer = plain.createBuffer();
      float[] values = new float[(int) plain.numel()];
      buffer.get(values);
      return values;
    }
  }

  /** The largest difference, relative to the largest expected magnitude. */
  public static double difference(Tensor expected, Tensor found) {
    if (!List.of(boxed(expected.shape())).equals(List.of(boxed(found.shape())))) {
      throw new AssertionError(
          "Expected shape %s, found %s"
              .formatted(
                  java.util.Arrays.toString(expected.shape()),
                  java.util.Arrays.toString(found.shape())));
    }
    return difference(values(expected), values(found));
  }

  /** The largest difference, relative to the largest expected magnitude; NaN is infinitely far. */
  public static double difference(float[] expected, float[] found) {
    double largest = 0;
    double scale = 1e-30;
    for (int i = 0; i < expected.length; i++) {
      double apart = Math.abs((double) expected[i] - found[i]);
      largest = Math.max(largest, Double.isNaN(apart) ? Double.POSITIVE_INFINITY : apart);
      scale = Math.max(scale, Math.abs(expected[i]));
    }
    return largest / scale;
  }

  /** The largest difference over all factors of two adapters, products and scale included. */
  public static double difference(Adapters expected, Adapters found) {
    double largest = 0;
    for (Map.Entry<String, LoraFactors> e : expected.factors().entrySet()) {
      Tensor left = delta(e.getValue(), expected.scale());
      Tensor right = delta(found.at(e.getKey()), found.scale());
      largest = Math.max(largest, difference(left, right));
    }
    return largest;
  }

  /** scale · B A. */
  public static Tensor delta(LoraFactors factors, double scale) {
    return factors.product().mul(new org.bytedeco.pytorch.Scalar(scale));
  }

  /** Every tensor of a golden file, kept until collected. */
  public static Map<String, Tensor> golden(String name) throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    try (SafetensorsFile file = SafetensorsFile.open(goldenPath(name))) {
      for (String tensor : file.names()) {
        tensors.put(tensor, file.tensor(tensor));
      }
    }
    return tensors;
  }

  /** Where a golden file or directory is. */
  public static Path goldenPath(String name) {
    try {
      return Path.of(TestTensors.class.getResource("/golden/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Long[] boxed(long[] values) {
    List<Long> list = new ArrayList<>();
    for (long v : values) {
      list.add(v);
    }
    return list.toArray(Long[]::new);
  }

  /** The same memory with something in every weight. */
  static <M extends TrainableMemory> M filled(M memory) {
    try (NoGradGuard guard = new NoGradGuard()) {
      int i = 0;
      for (Tensor parameter : memory.parameters().values()) {
        parameter.copy_(random(10 + i++, parameter.shape()));
      }
    }
    return memory;
  }
}
