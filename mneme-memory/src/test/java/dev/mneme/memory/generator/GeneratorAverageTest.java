package dev.mneme.memory.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.memory.TestTensors;
import dev.mneme.memory.generator.GeneratorAverage.Part;
import dev.mneme.tensor.Tensors;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class GeneratorAverageTest {
  private static GeneratorCheckpoint fresh(long seed) throws IOException {
    GeneratorConfig config =
        GeneratorCheckpoint.load(TestTensors.goldenPath("dense-tiny")).config();
    return GeneratorCheckpoint.of(config, GeneratorInit.fresh(config, seed));
  }

  @Test
  void everyValueIsTheWeightedMean() throws IOException {
    GeneratorCheckpoint one = fresh(1);
    GeneratorCheckpoint two = fresh(2);
    GeneratorCheckpoint mean = GeneratorAverage.of(List.of(new Part(one, 2), new Part(two, 3)));
    assertEquals(List.copyOf(one.weights().keySet()), List.copyOf(mean.weights().keySet()));
    boolean moved = false;
    for (Map.Entry<String, Tensor> weight : mean.weights().entrySet()) {
      float[] a = Tensors.toFloats(one.weights().get(weight.getKey()));
      float[] b = Tensors.toFloats(two.weights().get(weight.getKey()));
      float[] found = Tensors.toFloats(weight.getValue());
      for (int i = 0; i < found.length; i++) {
        assertEquals(0.4 * a[i] + 0.6 * b[i], found[i], 1e-6, weight.getKey());
        moved |= a[i] != b[i];
      }
    }
    assertTrue(moved, "two fresh generators differ");
  }

  @Test
  void whatHasNoMeanIsRefused() throws IOException {
    GeneratorCheckpoint one = fresh(1);
    GeneratorCheckpoint other = GeneratorCheckpoint.load(TestTensors.goldenPath("experts-tiny"));
    assertThrows(
        IllegalArgumentException.class,
        () -> GeneratorAverage.of(List.of(new Part(one, 1), new Part(other, 1))));
    for (double weight : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> GeneratorAverage.of(List.of(new Part(one, 1), new Part(one, weight))));
    }
  }
}
