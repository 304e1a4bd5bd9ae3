package dev.mneme.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class SumMemoryTest extends MemoryContractTest {
  private static final int WIDTH = 6;
  private static final Condition ANY = Condition.of(TestTensors.random(4, 2, 5, WIDTH));
  private final AdapterLayout layout = TestTensors.smallLayout().withRank(2);
  private final MixtureMemory written = MixtureMemory.fresh(layout, 2, WIDTH, 0.5, 3);
  private final StaticMemory learned = StaticMemory.fresh(layout.withRank(3), 2, 5);
  private final SumMemory memory = new SumMemory(filled(written, 10), filled(learned, 40));

  @Override
  protected Memory memory() {
    return memory;
  }

  @Override
  protected int width() {
    return WIDTH;
  }

  /** Something in every weight. */
  private static <M extends TrainableMemory> M filled(M fresh, int seed) {
    try (NoGradGuard guard = new NoGradGuard()) {
      int i = seed;
      for (Tensor weight : fresh.parameters().values()) {
        weight.copy_(TestTensors.random(i++, weight.shape()));
      }
    }
    return fresh;
  }

  @Test
  void theChangeIsTheSumOfBothChanges() {
    Adapters both = memory.recall(ANY);
    Adapters one = written.recall(ANY);
    Adapters other = learned.recall(ANY);
    for (String key : layout.keys()) {
      for (int row = 0; row < 2; row++) {
        Tensor sum = change(one.select(row), key).add(change(other, key));
        Tensor found = change(both.select(row), key);
        assertTrue(sum.sub(found).abs().max().item_float() < 1e-3, key);
      }
    }
  }

  private static Tensor change(Adapters adapters, String key) {
    return adapters.at(key).product().mul(new org.bytedeco.pytorch.Scalar(adapters.scale()));
  }

  @Test
  void onlyTheSecondLearns() {
    assertEquals(learned.parameters(), memory.parameters());
    memory.recall(ANY).tensors().stream()
        .map(t -> t.square().sum())
        .reduce(Tensor::add)
        .orElseThrow()
        .backward();
    for (Map.Entry<String, Tensor> weight : learned.parameters().entrySet()) {
      assertTrue(weight.getValue().grad().abs().max().item_float() > 0, weight.getKey());
    }
    for (Map.Entry<String, Tensor> weight : written.parameters().entrySet()) {
      assertFalse(weight.getValue().grad().defined(), weight.getKey());
    }
  }

  @Test
  void besideNothingItIsTheSecondAlone() {
    SumMemory alone = new SumMemory(new NoMemory(layout), learned);
    assertEquals(learned.recall(ANY).digest(), alone.recall(ANY).digest());
  }

  @Test
  void otherPlacesAreRefused() {
    AdapterLayout other =
        new AdapterLayout("other.", layout.layers(), layout.rank(), layout.sites());
    assertThrows(AdapterMismatchException.class, () -> new SumMemory(new NoMemory(other), learned));
  }
}
