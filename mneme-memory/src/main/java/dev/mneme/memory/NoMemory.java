package dev.mneme.memory;

/**
 * Remembers nothing: the base alone.
 *
 * @param layout the places it leaves as they are
 */
public record NoMemory(AdapterLayout layout) implements Memory {
  @Override
  public Adapters recall(Condition condition) {
    return Adapters.none();
  }
}
