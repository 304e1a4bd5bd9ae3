package dev.mneme.memory.generator;

import dev.mneme.tensor.Engine;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;

/** Fresh weights for training a generator. */
public final class GeneratorInit {
  private static final double POSITION_STD = 0.02;
  private static final double HEAD_SCALE = 0.1;

  /**
   * How large the grid, and what self-attention adds to it, begin beside what the condition says.
   * At full size three quarters of what a fresh generator writes is the same for every condition,
   * and learning to tell conditions apart waits until that has been learned; with these it is half
   * or less.
   */
  private static final double GRID_SCALE = 0.3;

  private static final double WITHIN_GRID_SCALE = 0.1;

  private GeneratorInit() {}

  /**
   * Seeded random weights: uniform Xavier for linears, normal for positions, ones for norms.
   *
   * <p>The head that writes lora_B is zero and the one that writes lora_A is a tenth of its usual
   * size: a fresh memory changes nothing, and its first gradients are small. The grid begins small
   * beside the condition.
   *
   * @return weights by name, fp32, without gradient, kept until released or collected; the same
   *     seed gives the same values on every machine
   */
  public static Map<String, Tensor> fresh(GeneratorConfig config, long seed) {
    Engine.start();
    Map<String, Tensor> weights = new LinkedHashMap<>();
    GeneratorShapes.of(config)
        .forEach(
            (name, shape) -> {
              // Seeded by name too, so that a weight does not depend on those before it.
              Random random = new Random(seed * 31 + name.hashCode());
              Tensor weight = Tensor.create(values(name, shape, random), shape);
              weight.retainReference();
              weights.put(name, weight);
            });
    return weights;
  }

  private static float[] values(String name, long[] shape, Random random) {
    int size = 1;
    for (long s : shape) {
      size = Math.multiplyExact(size, Math.toIntExact(s));
    }
    float[] values = new float[size];
    if (name.contains("norm")) {
      java.util.Arrays.fill(values, name.contains("norm_tokens") ? (float) GRID_SCALE : 1);
    } else if (name.contains("_pos.")) {
      for (int i = 0; i < size; i++) {
        values[i] = (float) (POSITION_STD * random.nextGaussian());
      }
    } else if (name.endsWith(".weight") && !name.contains("proj_out_B")) {
      double bound = Math.sqrt(6.0 / (shape[0] + shape[1]));
      bound *= scale(name);
      for (int i = 0; i < size; i++) {
        values[i] = (float) (bound * (2 * random.nextDouble() - 1));
      }
    }
    return values;
  }

  private static double scale(String name) {
    if (name.contains("proj_out_A")) {
      return HEAD_SCALE;
    }
    boolean within = name.contains("self_attn_n.W_o") || name.contains("self_attn_hw.W_o");
    return within ? WITHIN_GRID_SCALE : 1;
  }
}
