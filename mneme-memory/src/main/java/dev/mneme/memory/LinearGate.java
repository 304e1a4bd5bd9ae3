package dev.mneme.memory;

import dev.mneme.tensor.Scopes;
import dev.mneme.tensor.Tensors;
import dev.mneme.tensor.safetensors.Safetensors;
import dev.mneme.tensor.safetensors.SafetensorsException;
import dev.mneme.tensor.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Decides by the first token of a condition whether a memory is needed at all: a linear judge, open
 * where weights · token + bias is above zero. Immutable.
 *
 * @param weights one for each value of a token
 * @param bias added to their product
 */
public record LinearGate(List<Float> weights, float bias) {
  private static final String WEIGHT = "weight";
  private static final String BIAS = "bias";

  public LinearGate {
    weights = List.copyOf(weights);
    if (weights.isEmpty()) {
      throw new IllegalArgumentException("A gate needs at least one weight, found none");
    }
  }

  /**
   * Whether it is open for each row.
   *
   * @param condition [B, L, D], D as many as there are weights
   * @throws IllegalArgumentException if the condition is of another width
   */
  public boolean[] open(Condition condition) {
    if (condition.width() != weights.size()) {
      throw new IllegalArgumentException(
          "This gate reads conditions of width %d, found %d"
              .formatted(weights.size(), condition.width()));
    }
    float[] tokens =
        Scopes.call(() -> Tensors.toFloats(condition.states().select(1, 0)), t -> List.of());
    boolean[] open = new boolean[condition.batch()];
    for (int row = 0; row < open.length; row++) {
      open[row] = open(tokens, row * weights.size());
    }
    return open;
  }

  /** Whether it is open for a token. */
  private boolean open(float[] tokens, int start) {
    double score = bias;
    for (int i = 0; i < weights.size(); i++) {
      score += weights.get(i) * (double) tokens[start + i];
    }
    return score > 0;
  }

  /** Writes a safetensors file. */
  public void save(Path file) throws IOException {
    float[] values = new float[weights.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = weights.get(i);
    }
    Scopes.run(
        () -> {
          Map<String, Tensor> tensors = new LinkedHashMap<>();
          tensors.put(WEIGHT, Tensors.fromFloats(values, values.length));
          tensors.put(BIAS, Tensors.fromFloats(new float[] {bias}, 1));
          Safetensors.write(file, tensors, Map.of("format", "pt"));
        });
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws SafetensorsException if it is something else
   */
  public static LinearGate load(Path file) throws IOException {
    try (SafetensorsFile source = SafetensorsFile.open(file)) {
      float[] bias = values(source, BIAS);
      if (bias.length != 1) {
        throw new IOException(
            "%s: expected one value under '%s', found %d".formatted(file, BIAS, bias.length));
      }
      List<Float> weights = new java.util.ArrayList<>();
      for (float w : values(source, WEIGHT)) {
        weights.add(w);
      }
      return new LinearGate(weights, bias[0]);
    }
  }

  private static float[] values(SafetensorsFile source, String name) throws IOException {
    if (!source.names().contains(name)) {
      throw new IOException(
          "Expected a gate with tensors '%s' and '%s', found %s"
              .formatted(WEIGHT, BIAS, source.names()));
    }
    return Scopes.call(() -> Tensors.toFloats(source.tensor(name)), t -> List.of());
  }
}
