package dev.mneme.memory;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class NoMemoryTest extends MemoryContractTest {
  private final Memory memory = new NoMemory(TestTensors.smallLayout());

  @Override
  protected Memory memory() {
    return memory;
  }

  @Override
  protected int width() {
    return 2;
  }

  @Test
  void recallsNothing() {
    assertTrue(memory.recall(Condition.of(TestTensors.random(1, 2, 2, 2))).isEmpty());
  }
}
