package dev.mneme.tensor;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the user forces; empty where the engine shall choose.
 *
 * @param blas property {@code mneme.blas}: {@code mkl} or {@code openblas}
 * @param threads property {@code mneme.threads}: 1 to 1024 threads within one operation
 * @param precision property {@code mneme.precision}: {@code fp32} or {@code bf16}
 * @param attention property {@code mneme.attention}: {@code auto}, {@code fused} or {@code written}
 */
record EngineOptions(
    Optional<Blas> blas,
    Optional<Integer> threads,
    Optional<Precision> precision,
    Optional<AttentionKernel> attention) {
  static final String BLAS = "mneme.blas";
  static final String THREADS = "mneme.threads";
  static final String PRECISION = "mneme.precision";
  static final String ATTENTION = "mneme.attention";

  private static final int MAX_THREADS = 1024;

  /**
   * Reads the options.
   *
   * @param properties property name to value, null where it is not set
   * @throws IllegalArgumentException if a value is not one of those above
   */
  static EngineOptions from(UnaryOperator<String> properties) {
    return new EngineOptions(
        constant(properties, BLAS, Blas.class),
        threads(properties),
        constant(properties, PRECISION, Precision.class),
        constant(properties, ATTENTION, AttentionKernel.class));
  }

  private static <E extends Enum<E>> Optional<E> constant(
      UnaryOperator<String> properties, String name, Class<E> type) {
    String value = properties.apply(name);
    if (value == null) {
      return Optional.empty();
    }
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(value)) {
        return Optional.of(constant);
      }
    }
    String allowed = Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT);
    throw wrong(name, "one of " + allowed, value);
  }

  private static Optional<Integer> threads(UnaryOperator<String> properties) {
    String value = properties.apply(THREADS);
    if (value == null) {
      return Optional.empty();
    }
    if (value.matches("[1-9][0-9]{0,3}") && Integer.parseInt(value) <= MAX_THREADS) {
      return Optional.of(Integer.valueOf(value));
    }
    throw wrong(THREADS, "a whole number from 1 to " + MAX_THREADS, value);
  }

  private static IllegalArgumentException wrong(String name, String expected, String found) {
    return new IllegalArgumentException(
        name
            + ": expected "
            + expected
            + ", found '"
            + found
            + "'; correct the property or leave it out");
  }
}
