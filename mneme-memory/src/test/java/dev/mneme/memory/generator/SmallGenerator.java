package dev.mneme.memory.generator;

import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.TestTensors;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** A generator of a few thousand weights for awkward widths. */
public final class SmallGenerator {
  /** Width of its conditions. */
  public static final int WIDTH = 6;

  private SmallGenerator() {}

  /** The places it writes for. */
  public static AdapterLayout layout() {
    return TestTensors.smallLayout().withRank(4);
  }

  /** Its shape. */
  public static GeneratorConfig config() {
    return config(2);
  }

  private static GeneratorConfig config(int blocks) {
    return GeneratorConfig.builder(layout(), WIDTH)
        .tokenDim(8)
        .dimAccumulation(2)
        .dModel(16)
        .headDim(8)
        .blocks(blocks)
        .build();
  }

  /** Random weights, unlike fresh ones nowhere zero. */
  public static Map<String, Tensor> weights(long seed, boolean trainable) {
    return weights(config(), seed, trainable);
  }

  private static Map<String, Tensor> weights(GeneratorConfig config, long seed, boolean trainable) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    GeneratorShapes.of(config)
        .forEach(
            (name, shape) -> {
              Tensor values = TestTensors.random(seed * 1000 + weights.size(), shape);
              Tensor weight = values.mul(new org.bytedeco.pytorch.Scalar(0.3));
              weights.put(name, weight.set_requires_grad(trainable));
            });
    return weights;
  }

  /** A memory of random weights, one block deep. */
  public static FunctionalMemory memory(long seed, boolean trainable) {
    GeneratorConfig config = config(1);
    return new FunctionalMemory(new ParameterGenerator(config, weights(config, seed, trainable)));
  }
}
