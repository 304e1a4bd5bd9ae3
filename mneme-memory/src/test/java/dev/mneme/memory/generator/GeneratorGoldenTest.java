package dev.mneme.memory.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.memory.Adapters;
import dev.mneme.memory.Condition;
import dev.mneme.memory.TestTensors;
import java.io.IOException;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers of the reference generator. */
class GeneratorGoldenTest {
  private static final double TOLERANCE = 1e-5;

  @ParameterizedTest
  @ValueSource(strings = {"dense-tiny", "experts-tiny"})
  void writesTheReferenceFactors(String name) throws IOException {
    Map<String, Tensor> golden = TestTensors.golden(name + "/golden.safetensors");
    FunctionalMemory memory = FunctionalMemory.load(TestTensors.goldenPath(name));

    Adapters recalled = memory.recall(Condition.of(golden.get("condition")));

    requireGolden(golden, recalled);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dense-tiny", "experts-tiny"})
  void writesTheSameWhenTrainable(String name) throws IOException {
    Map<String, Tensor> golden = TestTensors.golden(name + "/golden.safetensors");
    FunctionalMemory memory = FunctionalMemory.loadTrainable(TestTensors.goldenPath(name));

    Tensor states = golden.get("condition").unsqueeze(1); // [B, 1, L, D] is accepted too
    requireGolden(golden, memory.recall(Condition.of(states)));
  }

  private static void requireGolden(Map<String, Tensor> golden, Adapters recalled) {
    assertEquals(golden.get("scale").item_float(), (float) recalled.scale());
    assertEquals(golden.size() - 2, 2 * recalled.factors().size(), "every factor has a golden one");
    recalled
        .factors()
        .forEach(
            (key, factors) -> {
              requireClose(key + ".lora_A", golden, factors.a());
              requireClose(key + ".lora_B", golden, factors.b());
            });
  }

  private static void requireClose(String name, Map<String, Tensor> golden, Tensor found) {
    double apart = TestTensors.difference(golden.get(name), found);
    assertTrue(apart <= TOLERANCE, () -> name + " is apart by " + apart);
  }
}
