package dev.mneme.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mneme.tensor.Tensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class NearestMeanTest {
  @Test
  void whatAllHaveInCommonDoesNotDecide() {
    Map<String, List<float[]>> seen = new LinkedHashMap<>();
    seen.put("left", List.of(new float[] {100, 1, 0}, new float[] {100, 3, 0}));
    seen.put("right", List.of(new float[] {100, 0, 2}));
    NearestMean router = NearestMean.of(seen);
    assertEquals("left", router.route(new float[] {90, 1.2f, 1}));
    assertEquals("right", router.route(new float[] {110, 0.9f, 1.1f}));
  }

  @Test
  void readsPaddedConditionsAsTheRowsAlone() {
    Tensor one = Tensors.fromFloats(new float[] {1, 2, 3, 4}, 1, 2, 2);
    Tensor other = Tensors.fromFloats(new float[] {5, 6}, 1, 1, 2);
    Condition both = Condition.stack(List.of(Condition.of(one), Condition.of(other)));
    assertArrayEquals(new float[] {2, 3, 5, 6}, Tensors.toFloats(both.pooled()));
    NearestMean router =
        NearestMean.of(Map.of("a", List.of(new float[] {2, 3}), "b", List.of(new float[] {5, 6})));
    assertEquals("a", router.route(both.select(0)));
    assertEquals("b", router.route(both.select(1)));
  }

  @Test
  void everyNameNeedsAConditionAndAllOneWidth() {
    assertThrows(IllegalArgumentException.class, () -> NearestMean.of(Map.of()));
    assertThrows(
        IllegalArgumentException.class, () -> NearestMean.of(Map.of("a", List.<float[]>of())));
    assertThrows(
        IllegalArgumentException.class,
        () -> NearestMean.of(Map.of("a", List.of(new float[] {1}, new float[] {1, 2}))));
  }
}
