package dev.mneme.memory;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/**
 * The low-rank weights of one linear for a batch of samples: ΔW = scale · B A.
 *
 * <p>A batch of 1 serves every row of any batch. The tensors are not copied; treat them as
 * read-only.
 *
 * @param a lora_A, [B, r, in], or [B, E, r, in] for experts
 * @param b lora_B, [B, out, r], or [B, E, out, r] for experts
 */
public record LoraFactors(Tensor a, Tensor b) {
  /**
   * Checks that A and B belong together.
   *
   * @throws AdapterMismatchException if batch, experts or rank of A and B differ
   */
  public LoraFactors {
    long[] left = a.shape();
    long[] right = b.shape();
    int last = left.length - 1;
    boolean fits =
        left.length == right.length
            && (left.length == 3 || left.length == 4)
            && left[last - 1] == right[last]
            && left[0] == right[0]
            && (last == 2 || left[1] == right[1]);
    if (!fits) {
      throw new AdapterMismatchException(
          "Expected lora_A [B, r, in] with lora_B [B, out, r], or [B, E, r, in] with [B, E, out, r], found %s with %s"
              .formatted(Arrays.toString(left), Arrays.toString(right)));
    }
  }

  /** Number of samples; 1 serves any batch. */
  public int batch() {
    return (int) a.size(0);
  }

  /** Number of experts, 0 for a dense linear. */
  public int experts() {
    return a.dim() == 4 ? (int) a.size(1) : 0;
  }

  /** Width of the low-rank waist. */
  public int rank() {
    return (int) a.size(-2);
  }

  /** Width of the linear's input. */
  public int in() {
    return (int) a.size(-1);
  }

  /** Width of the linear's output. */
  public int out() {
    return (int) b.size(-2);
  }

  /** The factors of sample {@code i}, as a batch of 1. */
  public LoraFactors select(int i) {
    return new LoraFactors(a.narrow(0, i, 1), b.narrow(0, i, 1));
  }

  /** The factors of a dense linear for some of its outputs. */
  public LoraFactors outputs(long from, long count) {
    return new LoraFactors(a, b.narrow(1, from, count));
  }

  /** The dense factors of one expert, [B, r, in] and [B, out, r]. */
  public LoraFactors expert(int e) {
    return new LoraFactors(a.select(1, e), b.select(1, e));
  }

  /** B A without the scale: [B, out, in] or [B, E, out, in]. */
  public Tensor product() {
    return b.matmul(a);
  }

  /** Both shapes, for messages. */
  public String describe() {
    return "lora_A %s and lora_B %s"
        .formatted(Arrays.toString(a.shape()), Arrays.toString(b.shape()));
  }
}
