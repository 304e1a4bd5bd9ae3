package dev.mneme.memory.generator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Names and shapes of a generator's weights. */
final class GeneratorShapes {
  private static final int NAMES_IN_MESSAGE = 5;

  private GeneratorShapes() {}

  /** Every weight with its shape, in the order of published checkpoints. */
  static Map<String, long[]> of(GeneratorConfig c) {
    ParameterTokens tokens = ParameterTokens.of(c);
    long d = c.dModel();
    long folded = d / c.dimAccumulation();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put("model.norm_input.weight", new long[] {d});
    shapes.put("model.norm_tokens.weight", new long[] {d});
    shapes.put("model.hw_pos.weight", new long[] {(long) tokens.total() * c.rank(), folded});
    shapes.put("model.layer_pos.weight", new long[] {c.numBaseModelLayers(), folded});
    shapes.put("model.norm_final.weight", new long[] {d});
    for (int i = 0; i < c.numPgLayers(); i++) {
      String block = "model.blocks." + i + ".";
      for (String attention : List.of("self_attn_n", "self_attn_hw", "self_attn_cross")) {
        for (String projection : List.of("W_q", "W_k", "W_v", "W_o")) {
          linear(shapes, block + attention + "." + projection, d, d);
        }
      }
      linear(shapes, block + "feed_forward.fc1", 4 * d, d);
      linear(shapes, block + "feed_forward.fc2", d, 4 * d);
      for (int norm = 1; norm <= 4; norm++) {
        shapes.put(block + "norm" + norm + ".weight", new long[] {d});
      }
    }
    linear(shapes, "model.proj_out_A", c.outputDim(), folded);
    linear(shapes, "model.proj_out_B", c.outputDim(), folded);
    linear(shapes, "hidden_in", d, c.inputDim());
    return shapes;
  }

  /** What is wrong with these weights, or null if they are exactly the expected ones. */
  static String complaint(GeneratorConfig config, Map<String, Tensor> weights) {
    Map<String, long[]> expected = of(config);
    List<String> missing = new ArrayList<>(expected.keySet());
    missing.removeAll(weights.keySet());
    if (!missing.isEmpty()) {
      return "expected tensors %s, found none of these names".formatted(some(missing));
    }
    List<String> unknown = new ArrayList<>(weights.keySet());
    unknown.removeAll(expected.keySet());
    if (!unknown.isEmpty()) {
      return "found unknown tensors %s; the configuration has no place for them"
          .formatted(some(unknown));
    }
    for (Map.Entry<String, long[]> e : expected.entrySet()) {
      long[] found = weights.get(e.getKey()).shape();
      if (!Arrays.equals(e.getValue(), found)) {
        return "expected tensor %s of shape %s, found %s"
            .formatted(e.getKey(), Arrays.toString(e.getValue()), Arrays.toString(found));
      }
    }
    return null;
  }

  private static String some(List<String> names) {
    return names.size() <= NAMES_IN_MESSAGE
        ? names.toString()
        : "%s and %d more"
            .formatted(names.subList(0, NAMES_IN_MESSAGE), names.size() - NAMES_IN_MESSAGE);
  }

  private static void linear(Map<String, long[]> shapes, String name, long out, long in) {
    shapes.put(name + ".weight", new long[] {out, in});
    shapes.put(name + ".bias", new long[] {out});
  }
}
