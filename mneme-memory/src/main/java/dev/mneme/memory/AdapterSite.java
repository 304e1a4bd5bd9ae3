package dev.mneme.memory;

/**
 * One place in every layer of a base where low-rank weights are added.
 *
 * @param module name of the linear inside its layer, such as {@code self_attn.o_proj}
 * @param in width of the linear's input, at least 1
 * @param out width of the linear's output, at least 1
 * @param experts number of experts, or 0 for a dense linear
 */
public record AdapterSite(String module, int in, int out, int experts) {
  /** Checks the ranges above. */
  public AdapterSite {
    if (module == null || module.isBlank()) {
      throw new IllegalArgumentException("An adapter site needs a module name, found " + module);
    }
    if (in < 1 || out < 1 || experts < 0) {
      throw new IllegalArgumentException(
          "Site %s needs in ≥ 1, out ≥ 1 and experts ≥ 0, found in %d, out %d, experts %d"
              .formatted(module, in, out, experts));
    }
  }

  /** A dense linear of these widths. */
  public static AdapterSite dense(String module, int in, int out) {
    return new AdapterSite(module, in, out, 0);
  }

  /** Values in lora_A for this rank. */
  public long sizeOfA(int rank) {
    return (long) Math.max(1, experts) * rank * in;
  }

  /** Values in lora_B for this rank. */
  public long sizeOfB(int rank) {
    return (long) Math.max(1, experts) * rank * out;
  }
}
