package dev.mneme.memory;

import dev.mneme.tensor.Scopes;
import dev.mneme.tensor.Tensors;
import dev.mneme.tensor.safetensors.Safetensors;
import dev.mneme.tensor.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Decides by the first token of a condition whether a memory is needed at all. Linear judges, one
 * for each thing that is done without it: closed where weights · token + bias of any of them is
 * above zero. Immutable.
 *
 * @param width of a token
 * @param weights of all judges, one after another, {@code width} each
 * @param biases one for each judge, at least one
 */
public record LinearGate(int width, List<Float> weights, List<Float> biases) {
  private static final String WEIGHT = "weight";
  private static final String BIAS = "bias";

  public LinearGate {
    weights = List.copyOf(weights);
    biases = List.copyOf(biases);
    if (width < 1 || biases.isEmpty() || weights.size() != width * biases.size()) {
      throw new IllegalArgumentException(
          "A gate needs judges of %d weights and a bias each, found %d weights and %d biases"
              .formatted(width, weights.size(), biases.size()));
    }
  }

  /**
   * Whether it is open for each row.
   *
   * @param condition [B, L, width]
   * @throws IllegalArgumentException if the condition is of another width
   */
  public boolean[] open(Condition condition) {
    if (condition.width() != width) {
      throw new IllegalArgumentException(
          "This gate reads conditions of width %d, found %d".formatted(width, condition.width()));
    }
    float[] tokens =
        Scopes.call(() -> Tensors.toFloats(condition.states().select(1, 0)), t -> List.of());
    boolean[] open = new boolean[condition.batch()];
    for (int row = 0; row < open.length; row++) {
      open[row] = highest(tokens, row * width) <= 0;
    }
    return open;
  }

  /** The highest score any judge gives a token. */
  private double highest(float[] tokens, int start) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int judge = 0; judge < biases.size(); judge++) {
      double score = biases.get(judge);
      for (int i = 0; i < width; i++) {
        score += weights.get(judge * width + i) * (double) tokens[start + i];
      }
      highest = Math.max(highest, score);
    }
    return highest;
  }

  /** Writes a safetensors file: weight [judges, width] and bias [judges]. */
  public void save(Path file) throws IOException {
    Scopes.run(
        () -> {
          Map<String, Tensor> tensors = new LinkedHashMap<>();
          tensors.put(WEIGHT, Tensors.fromFloats(array(weights), biases.size(), width));
          tensors.put(BIAS, Tensors.fromFloats(array(biases), biases.size()));
          Safetensors.write(file, tensors, Map.of("format", "pt"));
        });
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws IOException if it is something else; the message says what was expected and found
   */
  public static LinearGate load(Path file) throws IOException {
    try (SafetensorsFile source = SafetensorsFile.open(file)) {
      List<Float> biases = values(source, BIAS);
      List<Float> weights = values(source, WEIGHT);
      return new LinearGate(weights.size() / Math.max(1, biases.size()), weights, biases);
    } catch (IllegalArgumentException e) {
      throw new IOException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static float[] array(List<Float> values) {
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }

  private static List<Float> values(SafetensorsFile source, String name) throws IOException {
    if (!source.names().contains(name)) {
      throw new IOException(
          "Expected a gate with tensors '%s' and '%s', found %s"
              .formatted(WEIGHT, BIAS, source.names()));
    }
    List<Float> values = new ArrayList<>();
    for (float v : Scopes.call(() -> Tensors.toFloats(source.tensor(name)), t -> List.of())) {
      values.add(v);
    }
    return values;
  }
}
