package dev.mneme.memory;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What a memory recalls from: a sequence of token states for each sample.
 *
 * <p>A token that the mask leaves out has no effect, wherever it stands: a padded row means the
 * same as the row alone.
 *
 * @param states [B, L, D] floating point; [B, 1, L, D] is taken as [B, L, D]
 * @param mask [B, L] bool, true where a token is present; null when all are
 */
public record Condition(Tensor states, Tensor mask) {
  /**
   * Checks the shapes above and that every row has at least one token.
   *
   * @throws IllegalArgumentException with expected and found shapes
   */
  public Condition {
    if (states.dim() == 4 && states.size(1) == 1) {
      states = states.squeeze(1);
    }
    if (states.dim() != 3 || states.numel() == 0 || !torch.is_floating_point(states)) {
      throw new IllegalArgumentException(
          "Expected floating-point condition states [B, L, D] with at least one token, found %s %s"
              .formatted(states.scalar_type(), Arrays.toString(states.shape())));
    }
    if (mask != null) {
      requireMask(states, mask);
    }
  }

  /** A condition whose tokens are all present. */
  public static Condition of(Tensor states) {
    return new Condition(states, null);
  }

  /** Number of samples. */
  public int batch() {
    return (int) states.size(0);
  }

  /** Number of tokens of a row, padding counted. */
  public int length() {
    return (int) states.size(1);
  }

  /** Width of a token state. */
  public int width() {
    return (int) states.size(2);
  }

  /** Sample {@code i} as a batch of 1. */
  public Condition select(int i) {
    return new Condition(states.narrow(0, i, 1), mask == null ? null : mask.narrow(0, i, 1));
  }

  /**
   * Joins conditions along the batch, padding shorter ones at the end.
   *
   * @param parts at least one, all of the same width
   * @return [sum of batches, longest length, D], with a mask only if one is needed
   */
  public static Condition stack(List<Condition> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("Expected at least one condition to stack, found none");
    }
    int width = parts.get(0).width();
    int length = parts.stream().mapToInt(Condition::length).max().orElseThrow();
    boolean masked = parts.stream().anyMatch(c -> c.mask != null || c.length() < length);
    TensorVector states = new TensorVector();
    TensorVector masks = new TensorVector();
    for (Condition part : parts) {
      if (part.width() != width) {
        throw new IllegalArgumentException(
            "Expected conditions of width %d to stack, found %d".formatted(width, part.width()));
      }
      int missing = length - part.length();
      states.push_back(torch.constant_pad_nd(part.states, 0, 0, 0, missing));
      if (masked) {
        masks.push_back(torch.constant_pad_nd(part.presence(), 0, missing));
      }
    }
    return new Condition(torch.cat(states, 0), masked ? torch.cat(masks, 0) : null);
  }

  /**
   * The average of all samples, token by token, over the samples that have the token: what is left
   * when a memory may not look at the single sample.
   *
   * @return a batch of 1
   */
  public Condition meanOverBatch() {
    if (mask == null) {
      return new Condition(states.mean(new long[] {0}, true, null), null);
    }
    Tensor present = mask.to(states.scalar_type()).unsqueeze(2); // [B, L, 1]
    Tensor count = present.sum(new long[] {0}, true, null).clamp_min(new Scalar(1));
    Tensor mean = states.mul(present).sum(new long[] {0}, true, null).div(count);
    return new Condition(mean, mask.any(0, true));
  }

  /** The mean of each row's tokens, [B, D]: what is left when their order does not matter. */
  public Tensor pooled() {
    if (mask == null) {
      return states.mean(new long[] {1}, false, null);
    }
    Tensor present = mask.to(states.scalar_type()).unsqueeze(2); // [B, L, 1]
    Tensor count = present.sum(new long[] {1}, false, null); // [B, 1], at least 1
    return states.mul(present).sum(new long[] {1}, false, null).div(count);
  }

  /** Every row with another row's condition: row i gets row (i + by) mod B. */
  public Condition rotated(int by) {
    long[] shift = {-by};
    return new Condition(
        states.roll(shift, 0), mask == null ? null : mask.roll(new long[] {-by}, 0));
  }

  /** The mask, made of true where all tokens are present: [B, L] bool. */
  Tensor presence() {
    return mask != null
        ? mask
        : torch.ones(
            new long[] {batch(), length()},
            new org.bytedeco.pytorch.TensorOptions(ScalarType.Bool));
  }

  private static void requireMask(Tensor states, Tensor mask) {
    boolean fits =
        mask.scalar_type().intern() == ScalarType.Bool
            && mask.dim() == 2
            && mask.size(0) == states.size(0)
            && mask.size(1) == states.size(1);
    if (!fits) {
      throw new IllegalArgumentException(
          "Expected a Bool mask [%d, %d] for states %s, found %s %s"
              .formatted(
                  states.size(0),
                  states.size(1),
                  Arrays.toString(states.shape()),
                  mask.scalar_type(),
                  Arrays.toString(mask.shape())));
    }
    try (PointerScope scope = new PointerScope()) {
      if (!mask.any(1).all().item_bool()) {
        throw new IllegalArgumentException(
            "Expected at least one token in every row of the condition, found a row without any");
      }
    }
  }
}
