package dev.mneme.memory;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.tensor.NativeMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** What every memory promises. */
public abstract class MemoryContractTest {
  private static final int RECALLS = 2000;

  /** How often so many recalls may follow before memory must have stopped growing. */
  private static final int STRETCHES = 4;

  private static final long MEGABYTE = 1 << 20;

  /** The memory under test; the same one for every call. */
  protected abstract Memory memory();

  /** The width of conditions it reads. */
  protected abstract int width();

  /** Three rows of different lengths. */
  private Condition condition() {
    return Condition.stack(
        List.of(
            Condition.of(TestTensors.random(1, 1, 5, width())),
            Condition.of(TestTensors.random(2, 1, 1, width())),
            Condition.of(TestTensors.random(3, 1, 3, width()))));
  }

  @Test
  void everyRowIsTheRecallOfTheRowAlone() {
    Condition condition = condition();
    Adapters together = memory().recall(condition);
    assertTrue(together.batch() == 1 || together.batch() == 3);
    for (int i = 0; i < 3; i++) {
      Adapters alone = memory().recall(condition.select(i));
      assertEquals(together.isEmpty(), alone.isEmpty());
      assertEquals(1, alone.batch());
      double apart = TestTensors.difference(alone, together.select(i));
      assertTrue(apart <= 1e-5, () -> "apart by " + apart);
    }
  }

  @Test
  void recalledAdaptersFitTheLayout() {
    assertDoesNotThrow(() -> memory().layout().check(memory().recall(condition())));
  }

  @Test
  void theSameConditionGivesTheSameWeights() {
    assertEquals(memory().recall(condition()).digest(), memory().recall(condition()).digest());
  }

  @Test
  void gradientsFlowOnlyWhenWanted() {
    try (NoGradGuard guard = new NoGradGuard()) {
      Adapters recalled = memory().recall(condition());
      recalled
          .factors()
          .values()
          .forEach(f -> assertTrue(f.a().grad_fn() == null || f.a().grad_fn().isNull()));
    }
    if (memory() instanceof TrainableMemory trainable) {
      for (Map.Entry<String, Tensor> parameter : trainable.parameters().entrySet()) {
        assertTrue(parameter.getValue().is_leaf(), parameter.getKey());
        assertTrue(parameter.getValue().requires_grad(), parameter.getKey());
        assertFalse(parameter.getValue().grad().defined(), "a recall makes no gradient");
      }
    } else {
      memory()
          .recall(condition())
          .factors()
          .values()
          .forEach(f -> assertFalse(f.a().requires_grad()));
    }
  }

  @Test
  void parametersAndRecalledWeightsOutliveScopes() {
    String digest = memory().recall(condition()).digest();
    try (PointerScope scope = new PointerScope()) {
      memory().recall(condition());
    }
    assertEquals(digest, memory().recall(condition()).digest());
  }

  @Test
  void thousandsOfRecallsLeaveNothingBehind() {
    Condition condition = condition();
    recall(condition, RECALLS); // by then Java's heap, too, has touched what it will
    System.gc();
    long pointers = Pointer.totalCount();
    List<Long> grown = new ArrayList<>(); // a leak grows each time, Java's heap now and then
    do {
      long before = NativeMemory.residentBytes();
      recall(condition, RECALLS);
      System.gc(); // the garbage of Java's heap is resident too
      grown.add((NativeMemory.residentBytes() - before) / MEGABYTE);
    } while (grown.size() < STRETCHES && grown.get(grown.size() - 1) >= 64);
    assertTrue(
        Pointer.totalCount() <= pointers,
        () -> "native objects grew from " + pointers + " to " + Pointer.totalCount());
    assertTrue(grown.get(grown.size() - 1) < 64, () -> "memory grew by MB: " + grown);
  }

  private void recall(Condition condition, int times) {
    for (int i = 0; i < times; i++) {
      try (PointerScope scope = new PointerScope()) {
        memory().recall(condition);
      }
    }
  }
}
