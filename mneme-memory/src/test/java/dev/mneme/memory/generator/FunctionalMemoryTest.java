package dev.mneme.memory.generator;

import dev.mneme.memory.Memory;
import dev.mneme.memory.MemoryContractTest;

class FunctionalMemoryTest extends MemoryContractTest {
  private final FunctionalMemory memory = SmallGenerator.memory(1, true);

  @Override
  protected Memory memory() {
    return memory;
  }

  @Override
  protected int width() {
    return SmallGenerator.WIDTH;
  }
}
