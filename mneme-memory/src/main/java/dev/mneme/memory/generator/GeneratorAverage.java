package dev.mneme.memory.generator;

import dev.mneme.tensor.Scopes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The weighted mean of generators that grew from one: often better than any of them ("Model soups",
 * Wortsman et al. 2022, arXiv 2203.05482). Generators that never shared weights have no useful
 * mean.
 */
public final class GeneratorAverage {
  private GeneratorAverage() {}

  /**
   * One of the generators.
   *
   * @param weight above 0; all weights are divided by their sum
   */
  public record Part(GeneratorCheckpoint generator, double weight) {}

  /**
   * @param parts at least one, all of one shape; the first says the type and order of tensors
   * @throws IllegalArgumentException if they differ in shape, or a weight is not above 0
   */
  public static GeneratorCheckpoint of(List<Part> parts) {
    GeneratorCheckpoint first = parts.get(0).generator();
    double sum = 0;
    for (Part part : parts) {
      if (!(part.weight() > 0) || !Double.isFinite(part.weight())) {
        throw new IllegalArgumentException(
            "Expected weights above 0, found " + part.weight() + ".");
      }
      if (!part.generator().config().equals(first.config())) {
        throw new IllegalArgumentException(
            "Expected generators of one shape, found %s and %s. Average memories that were trained from one another."
                .formatted(first.config(), part.generator().config()));
      }
      sum += part.weight();
    }
    Map<String, Tensor> mean = new LinkedHashMap<>();
    for (String name : first.weights().keySet()) {
      mean.put(name, mean(name, parts, sum));
    }
    return new GeneratorCheckpoint(first.config(), mean, first.metadata());
  }

  private static Tensor mean(String name, List<Part> parts, double sum) {
    ScalarType type = parts.get(0).generator().weights().get(name).scalar_type();
    Tensor mean =
        Scopes.call(
            () -> {
              Tensor total = null;
              for (Part part : parts) {
                Tensor weight = part.generator().weights().get(name).detach().to(ScalarType.Double);
                Tensor share = weight.mul(new Scalar(part.weight() / sum));
                total = total == null ? share : total.add(share);
              }
              return total.to(type);
            });
    mean.retainReference();
    return mean;
  }
}
