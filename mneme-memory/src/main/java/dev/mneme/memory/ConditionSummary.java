package dev.mneme.memory;

import dev.mneme.tensor.Autocast;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Scopes;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A few numbers of what a condition ends with: its last tokens along the axes on which those that
 * were seen differ most (principal components), each made as long as any other. Immutable.
 */
public final class ConditionSummary {
  private static final double LEAST = 1e-9;

  private final int tokens;
  private final int width;
  private final Tensor centre; // [1, S D]
  private final Tensor axes; // [S D, K]

  private ConditionSummary(int tokens, int width, Tensor centre, Tensor axes) {
    this.tokens = tokens;
    this.width = width;
    this.centre = centre;
    this.axes = axes;
  }

  /**
   * Finds the axes.
   *
   * @param seen conditions such as will be read, of two samples or more in all
   * @param tokens how many of a condition's last present tokens are read, S
   * @param numbers how many axes, K; no more than there are numbers in S tokens
   */
  public static ConditionSummary fit(List<Condition> seen, int tokens, int numbers) {
    int width = seen.get(0).width();
    if (tokens < 1 || numbers < 1 || numbers > tokens * width) {
      throw new IllegalArgumentException(
          "Expected at least 1 token and from 1 to %d numbers, found %d and %d"
              .formatted(Math.max(1, tokens * width), tokens, numbers));
    }
    Tensor[] found = new Tensor[2];
    Scopes.run(
        () -> {
          TensorVector rows = new TensorVector();
          seen.forEach(c -> rows.push_back(last(c, tokens, width)));
          Tensor all = torch.cat(rows, 0).to(ScalarType.Double); // [N, S D]
          Tensor mean = all.mean(new long[] {0}, true, new ScalarTypeOptional());
          Tensor from = all.sub(mean);
          Tensor covariance = from.t().matmul(from).div(new Scalar((double) all.size(0)));
          var eigen = torch.linalg_eigh(covariance); // rising
          long first = covariance.size(0) - numbers;
          Tensor lengths = eigen.get0().narrow(0, first, numbers).clamp_min(new Scalar(LEAST));
          Tensor scale = lengths.sqrt().unsqueeze(0);
          found[0] = mean.to(ScalarType.Float);
          found[1] = eigen.get1().narrow(1, first, numbers).div(scale).to(ScalarType.Float);
          found[0].retainReference();
          found[1].retainReference();
        });
    return new ConditionSummary(tokens, width, found[0], found[1]);
  }

  /** How many numbers there are, K. */
  public int numbers() {
    return (int) axes.size(1);
  }

  /**
   * The numbers of each row, [B, K]; over what was seen each has mean 0 and variance 1.
   *
   * @throws IllegalArgumentException if a row has fewer present tokens than are read, or tokens are
   *     of another width
   */
  public Tensor of(Condition condition) {
    try (Autocast exact = Autocast.on(Precision.FP32)) {
      return Scopes.call(() -> last(condition, tokens, width).sub(centre).matmul(axes));
    }
  }

  /** The last present tokens of every row side by side, [B, S D]. */
  private static Tensor last(Condition condition, int tokens, int width) {
    Tensor presence = condition.presence(); // [B, L]
    Tensor place = presence.flip(1).cumsum(1, new ScalarTypeOptional()).flip(1); // the last is 1
    Tensor chosen = presence.logical_and(place.le(new Scalar(tokens)));
    long found = chosen.sum(new ScalarTypeOptional()).item_long();
    if (condition.width() != width || found != (long) tokens * condition.batch()) {
      throw new IllegalArgumentException(
          "Expected at least %d present tokens of width %d in every row of the condition, found states %s with %d such tokens"
              .formatted(tokens, width, Arrays.toString(condition.states().shape()), found));
    }
    return condition
        .states()
        .to(ScalarType.Float)
        .masked_select(chosen.unsqueeze(2)) // in the order of rows and tokens
        .view(condition.batch(), (long) tokens * width);
  }
}
