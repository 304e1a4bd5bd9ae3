package dev.mneme.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class MixtureMemoryTest extends MemoryContractTest {
  private static final int WIDTH = 6;
  private static final int EXPERTS = 3;
  private final AdapterLayout layout = TestTensors.smallLayout().withRank(2);
  private final MixtureMemory memory = filled();

  @Override
  protected Memory memory() {
    return memory;
  }

  @Override
  protected int width() {
    return WIDTH;
  }

  /** Something in every weight, and a gate that is not even. */
  private MixtureMemory filled() {
    return TestTensors.filled(MixtureMemory.fresh(layout, EXPERTS, WIDTH, 0.5, 3));
  }

  @Test
  void aFreshOneChangesNothingAndWeighsNearlyEvenly() {
    MixtureMemory fresh = MixtureMemory.fresh(layout, EXPERTS, WIDTH, 0.5, 3);
    Condition any = Condition.of(TestTensors.random(1, 2, 5, WIDTH));
    for (LoraFactors f : fresh.recall(any).factors().values()) {
      assertEquals(0, f.product().abs().max().item_float());
    }
    for (float share : Tensors.toFloats(fresh.shares(any))) {
      assertEquals(1.0 / EXPERTS, share, 0.1);
    }
  }

  @Test
  void theChangeIsTheSumOfTheExpertsChangesByTheirShares() {
    Condition condition = Condition.of(TestTensors.random(4, 2, 5, WIDTH));
    Adapters recalled = memory.recall(condition);
    float[] shares = Tensors.toFloats(memory.shares(condition));
    assertEquals(6, recalled.rank());
    assertEquals(0.5, recalled.scale());
    for (String key : layout.keys()) {
      Tensor a = memory.parameters().get(key + ".lora_A");
      Tensor b = memory.parameters().get(key + ".lora_B");
      for (int row = 0; row < 2; row++) {
        Tensor sum = null;
        for (int k = 0; k < EXPERTS; k++) {
          Tensor one = b.narrow(-1, 2L * k, 2).matmul(a.narrow(-2, 2L * k, 2));
          one = one.mul(new org.bytedeco.pytorch.Scalar(shares[row * EXPERTS + k]));
          sum = sum == null ? one : sum.add(one);
        }
        Tensor found = recalled.select(row).at(key).product();
        assertTrue(sum.sub(found).abs().max().item_float() < 1e-4, key);
      }
    }
  }

  @Test
  void theGateLearnsToo() {
    Condition condition = Condition.of(TestTensors.random(4, 2, 5, WIDTH));
    MixtureMemory learning = filled();
    learning
        .recall(condition)
        .factors()
        .values()
        .iterator()
        .next()
        .product()
        .square()
        .sum()
        .backward();
    for (String name : List.of("gate.weight", "gate.bias")) {
      assertTrue(learning.parameters().get(name).grad().abs().max().item_float() > 0, name);
    }
  }

  @Test
  void needsAnExpert() {
    assertThrows(IllegalArgumentException.class, () -> MixtureMemory.fresh(layout, 0, WIDTH, 1, 1));
  }
}
