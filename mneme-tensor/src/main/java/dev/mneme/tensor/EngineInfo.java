package dev.mneme.tensor;

/**
 * What the engine runs with, and why.
 *
 * @param blas the library behind 32-bit matrix products
 * @param threads threads within one operation
 * @param instructionSet the widest vector instructions libtorch uses, and matrix instructions the
 *     CPU offers beside them
 * @param precision the format {@link Autocast} should use unless the user says otherwise
 * @param attention how {@link Attention} computes
 */
public record EngineInfo(
    Choice<Blas> blas,
    Choice<Integer> threads,
    String instructionSet,
    Choice<Precision> precision,
    Choice<AttentionKernel> attention) {

  /** A value with the reason for it. */
  public record Choice<T>(T value, String reason) {
    @Override
    public String toString() {
      return value + " (" + reason + ")";
    }
  }

  /** One line for the log. */
  public String summary() {
    return String.format(
        "BLAS %s, threads %s, instructions %s, precision %s, attention %s",
        blas, threads, instructionSet, precision, attention);
  }
}
