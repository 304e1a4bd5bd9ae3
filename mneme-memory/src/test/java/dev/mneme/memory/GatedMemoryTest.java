package dev.mneme.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class GatedMemoryTest extends MemoryContractTest {
  private static final int WIDTH = 5;
  private final AdapterLayout layout = TestTensors.smallLayout().withRank(3);
  private final ConditionSummary summary =
      ConditionSummary.fit(List.of(Condition.of(TestTensors.random(9, 20, 2, WIDTH))), 1, 3);
  private final GatedMemory memory = filled();

  @Override
  protected Memory memory() {
    return memory;
  }

  @Override
  protected int width() {
    return WIDTH;
  }

  private GatedMemory filled() {
    return TestTensors.filled(GatedMemory.fresh(layout, summary, 0.5, 3));
  }

  @Test
  void aFreshOneChangesNothingAndHasTwiceTheRank() {
    GatedMemory fresh = GatedMemory.fresh(layout, summary, 0.5, 3);
    Adapters recalled = fresh.recall(Condition.of(TestTensors.random(1, 2, 4, WIDTH)));
    assertEquals(2, recalled.batch());
    assertEquals(6, recalled.rank());
    assertEquals(0.5, recalled.scale());
    recalled
        .factors()
        .forEach((key, f) -> assertEquals(0, f.product().abs().max().item_float(), key));
  }

  @Test
  void theSecondHalfOfItsDirectionsCountsByWhatTheConditionSays() {
    Condition condition = Condition.of(TestTensors.random(4, 2, 3, WIDTH));
    Adapters recalled = memory.recall(condition);
    float[] z = Tensors.toFloats(summary.of(condition));
    float[] gates = Tensors.toFloats(memory.parameters().get("gates")); // [n 3, 3]
    for (String key : layout.keys()) {
      int first = 9 * layout.keys().indexOf(key);
      float[] b = Tensors.toFloats(memory.parameters().get(key + ".lora_B"));
      for (int row = 0; row < 2; row++) {
        float[] expected = new float[b.length];
        for (int i = 0; i < b.length; i++) {
          int direction = i % 6;
          double share = direction < 3 ? 1 : 0;
          for (int k = 0; k < 3 && direction >= 3; k++) {
            share += gates[first + (direction - 3) * 3 + k] * z[3 * row + k];
          }
          expected[i] = (float) (b[i] * share);
        }
        assertArrayEquals(expected, Tensors.toFloats(recalled.select(row).at(key).b()), 1e-4f, key);
      }
    }
  }

  @Test
  void gatesLearnFromWhereTheyBegin() {
    GatedMemory fresh = GatedMemory.fresh(layout, summary, 0.5, 3);
    fresh.parameters().forEach((n, p) -> stir(n, p));
    Condition condition = Condition.of(TestTensors.random(4, 2, 3, WIDTH));
    String key = layout.keys().get(0);
    fresh.recall(condition).at(key).product().square().sum().backward();
    assertTrue(fresh.parameters().get("gates").grad().abs().max().item_float() > 0);
  }

  private static void stir(String name, Tensor parameter) {
    try (NoGradGuard guard = new NoGradGuard()) {
      if (name.endsWith("B")) {
        parameter.copy_(TestTensors.random(8, parameter.shape()));
      }
    }
  }
}
