package dev.mneme.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class StaticMemoryTest extends MemoryContractTest {
  private static final Condition ANY = Condition.of(TestTensors.random(1, 2, 3, 4));
  private final AdapterLayout layout = TestTensors.smallLayout().withRank(9);
  private final StaticMemory memory = StaticMemory.fresh(layout, 0.5, 7);

  @Override
  protected Memory memory() {
    return memory;
  }

  @Override
  protected int width() {
    return 4;
  }

  @Test
  void aFreshOneChangesNothingAndHasItsOwnRank() {
    Adapters recalled = memory.recall(ANY);
    assertEquals(9, recalled.rank());
    assertEquals(0.5, recalled.scale());
    for (LoraFactors f : recalled.factors().values()) {
      assertEquals(0, f.product().abs().max().item_float());
      float largest = f.a().abs().max().item_float();
      double bound = 1 / Math.sqrt(f.in());
      assertTrue(largest > bound / 2 && largest <= bound, "A is uniform within 1/√in");
    }
    assertEquals(
        memory.recall(ANY).digest(), StaticMemory.fresh(layout, 0.5, 7).recall(ANY).digest());
    assertNotEquals(
        memory.recall(ANY).digest(), StaticMemory.fresh(layout, 0.5, 8).recall(ANY).digest());
  }

  @Test
  void whatAnOptimizerChangesIsRecalled() {
    StaticMemory learning = StaticMemory.fresh(layout, 0.5, 7);
    Tensor b = learning.parameters().get("model.layers.1.mlp.down.lora_B");
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      b.add_(new Scalar(2));
    }
    LoraFactors recalled = learning.recall(ANY).at(1, "mlp.down");
    assertEquals(2, recalled.b().min().item_float());
    assertEquals(12, learning.parameters().size());
  }

  @Test
  void startsFromKnownWeightsOnACopy() {
    Adapters known = TestTensors.adapters(layout, 1, 2, 3, 1);
    String digest = known.digest();
    StaticMemory learning = StaticMemory.of(known);
    assertEquals(digest, learning.recall(ANY).digest());
    try (NoGradGuard guard = new NoGradGuard()) {
      learning.parameters().values().forEach(p -> p.mul_(new Scalar(2)));
    }
    assertEquals(digest, known.digest());
    assertThrows(
        AdapterMismatchException.class,
        () -> StaticMemory.of(TestTensors.adapters(layout, 2, 2, 3, 1)));
    assertThrows(AdapterMismatchException.class, () -> StaticMemory.of(Adapters.none()));
  }

  @Test
  void aMemoryMadeInAScopeOutlivesIt() {
    StaticMemory made;
    try (PointerScope scope = new PointerScope()) {
      made = StaticMemory.fresh(layout, 0.5, 7);
    }
    assertEquals(memory.recall(ANY).digest(), made.recall(ANY).digest());
  }
}
