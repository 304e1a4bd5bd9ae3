package dev.mneme.tensor;

/** The library behind 32-bit matrix products. */
public enum Blas {
  /** Intel's; shares its threads with libtorch. */
  MKL,
  /** Open; runs everywhere, but its threads compete with those of libtorch. */
  OPENBLAS
}
