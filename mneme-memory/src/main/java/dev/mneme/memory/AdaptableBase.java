package dev.mneme.memory;

/** A frozen model whose forward takes adapters as an argument. */
public interface AdaptableBase {
  /** Where adapters may be added. */
  AdapterLayout layout();

  /**
   * Checks adapters before a forward.
   *
   * @throws AdapterMismatchException as {@link AdapterLayout#check} does
   */
  default void check(Adapters adapters) {
    layout().check(adapters);
  }
}
