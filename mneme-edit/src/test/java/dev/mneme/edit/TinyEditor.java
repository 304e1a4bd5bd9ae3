package dev.mneme.edit;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.base.EditorConfig;
import dev.mneme.edit.base.EditorModel;
import dev.mneme.edit.base.EditorWeights;
import dev.mneme.edit.corpus.Corpus;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.PictureWriter;
import dev.mneme.edit.picture.Pictures;
import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.AdapterSite;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.LoraFactors;
import dev.mneme.memory.generator.FunctionalMemory;
import dev.mneme.memory.generator.GeneratorConfig;
import dev.mneme.memory.generator.GeneratorInit;
import dev.mneme.memory.generator.ParameterGenerator;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Editors small enough for tests, what they are given, and photographs to learn from. */
public final class TinyEditor {
  public static final EditorConfig CONFIG = EditorConfig.tiny();
  public static final int RANK = 4;

  private TinyEditor() {}

  /** Weights with something in every one of them, so that all that is read also matters. */
  public static Map<String, Tensor> weights(EditorConfig config, long seed) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    EditorWeights.shapes(config)
        .forEach(
            (name, shape) -> {
              Tensor w = random(seed + name.hashCode(), shape);
              if (name.equals(EditorWeights.WHITENING)) {
                w.copy_(torch.eye(shape[0]));
              } else if (name.contains("norm")) {
                w.mul_(new Scalar(0.1)).add_(new Scalar(1.0));
              } else if (shape.length == 1 || name.equals("position")) {
                w.mul_(new Scalar(0.2));
              } else {
                w.mul_(new Scalar(Math.sqrt((double) shape[0] / w.numel())));
              }
              weights.put(name, w);
            });
    return weights;
  }

  /** A frozen base of these weights for adapters of rank 4. */
  public static EditorBase base(long seed) {
    return new EditorBase(CONFIG, RANK, weights(CONFIG, seed), false);
  }

  /**
   * A base that paints the same whatever it sees: weights are zero but the first block's paint, and
   * its features are as they are.
   */
  public static EditorBase constant(EditorConfig config, float[] paint) {
    Engine.start();
    Map<String, Tensor> weights = new LinkedHashMap<>();
    EditorWeights.shapes(config)
        .forEach(
            (name, shape) -> {
              int size = 1;
              for (long s : shape) {
                size *= (int) s;
              }
              boolean bias = name.equals("blocks.0." + EditorConfig.PAINT + ".bias");
              weights.put(
                  name,
                  name.equals(EditorWeights.WHITENING)
                      ? torch.eye(shape[0])
                      : Tensors.fromFloats(bias ? paint : new float[size], shape));
            });
    return new EditorBase(config, RANK, weights, false);
  }

  /** The shape of a small memory for a base of the tiny width. */
  public static GeneratorConfig generator(AdapterLayout layout) {
    return GeneratorConfig.builder(layout, CONFIG.width())
        .tokenDim(32)
        .dimAccumulation(2)
        .dModel(32)
        .headDim(16)
        .blocks(1)
        .build();
  }

  /** Writes {@code editor} and {@code memory} into a folder. */
  public static void saveModels(Path models) throws IOException {
    EditorModel.save(models.resolve("editor"), CONFIG, weights(CONFIG, 1), Precision.FP32);
    memory(CONFIG.layout(RANK), 2).save(models.resolve("memory"));
  }

  /** A memory that says something different for every condition. */
  public static FunctionalMemory memory(AdapterLayout layout, long seed) {
    Engine.start();
    GeneratorConfig config = generator(layout);
    Map<String, Tensor> weights = GeneratorInit.fresh(config, seed);
    weights.forEach(
        (name, weight) -> {
          if (name.endsWith("proj_out_B.weight")) { // fresh it is zero, and the memory says nothing
            weight.copy_(random(seed, weight.shape()).mul_(new Scalar(0.05)));
          }
        });
    return new FunctionalMemory(new ParameterGenerator(config, weights));
  }

  /** Random adapters, B not zero. */
  public static Adapters adapters(AdapterLayout layout, int batch, double scale, long seed) {
    Map<String, LoraFactors> factors = new LinkedHashMap<>();
    for (int layer = 0; layer < layout.layers(); layer++) {
      for (AdapterSite site : layout.sites()) {
        Tensor a = random(seed * 1_000 + factors.size(), batch, layout.rank(), site.in());
        Tensor b = random(seed * 1_000 + 500 + factors.size(), batch, site.out(), layout.rank());
        a.mul_(new Scalar(1 / Math.sqrt(site.in())));
        b.mul_(new Scalar(1 / Math.sqrt(layout.rank())));
        factors.put(layout.key(layer, site), new LoraFactors(a, b));
      }
    }
    return Adapters.of(layout, factors, scale);
  }

  /** Normal values, the same for the same seed. */
  public static Tensor random(long seed, long... shape) {
    Engine.start();
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    int size = 1;
    for (long s : shape) {
      size *= (int) s;
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensors.fromFloats(values, shape);
  }

  /** Pictures of 0 to 1 as a batch [B, 3, tile, tile]. */
  public static Tensor pictures(int batch, int tile, long seed) {
    float[] all = new float[batch * 3 * tile * tile];
    for (int i = 0; i < batch; i++) {
      Picture noise = Pictures.noise(tile, tile, seed + i);
      System.arraycopy(noise.rgb(), 0, all, i * noise.rgb().length, noise.rgb().length);
    }
    Engine.start();
    return Tensors.fromFloats(all, batch, 3, tile, tile);
  }

  /** A folder of synthetic photographs, all for training. */
  public static Corpus photographs(Path folder, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Picture scene = Pictures.scene(90 + 40 * i, 150 - 20 * i);
      float[] rgb = scene.rgb().clone();
      Random random = new Random(i);
      for (int k = 0; k < rgb.length; k++) {
        rgb[k] += (float) (0.15 * random.nextGaussian());
      }
      Picture grainy = new Picture(scene.width(), scene.height(), rgb).clamped();
      PictureWriter.write(folder.resolve("photo" + i + ".png"), grainy, "");
    }
    return Corpus.load(folder);
  }

  /** The largest difference, relative to the largest expected magnitude; NaN is infinitely far. */
  public static double difference(Tensor expected, Tensor found) {
    if (!java.util.Arrays.equals(expected.shape(), found.shape())) {
      throw new AssertionError(
          "Expected shape %s, found %s"
              .formatted(
                  java.util.Arrays.toString(expected.shape()),
                  java.util.Arrays.toString(found.shape())));
    }
    return difference(Tensors.toFloats(expected), Tensors.toFloats(found));
  }

  /** As {@link #difference(Tensor, Tensor)}. */
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
}
