package dev.mneme.memory.generator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.AdapterSite;
import dev.mneme.memory.LoraFactors;
import dev.mneme.memory.TestTensors;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class ParameterTokensTest {
  private static AdapterLayout published() {
    return new AdapterLayout(
        "model.layers.",
        32,
        16,
        List.of(
            AdapterSite.dense("self_attn.qkv_proj", 4096, 6144),
            AdapterSite.dense("self_attn.o_proj", 4096, 4096),
            AdapterSite.dense("mlp.shared_mlp.gate_and_up_proj", 4096, 6144),
            AdapterSite.dense("mlp.shared_mlp.down_proj", 3072, 4096),
            new AdapterSite("mlp.experts.w1", 4096, 3072, 64),
            new AdapterSite("mlp.experts.w2", 3072, 4096, 64),
            new AdapterSite("mlp.experts.w3", 4096, 3072, 64)));
  }

  @Test
  void countsThePublishedTokensAndValues() {
    ParameterTokens tokens = new ParameterTokens(published(), 1024);

    assertEquals(719, tokens.ofA());
    assertEquals(660, tokens.ofB());
    assertEquals(1379, tokens.total());
    assertEquals(722_993_152L, published().valuesPerSample());
    assertEquals(722_993_152L, 32L * tokens.total() * 16 * 1024, "no padding");
  }

  @Test
  void countsThePublishedWeights() {
    GeneratorConfig config =
        GeneratorConfig.builder(published(), 4096)
            .tokenDim(1024)
            .alpha(64)
            .dimAccumulation(4)
            .dModel(4096)
            .headDim(128)
            .blocks(24)
            .build();
    long weights = 0;
    for (long[] shape : GeneratorShapes.of(config).values()) {
      weights += shape.length == 1 ? shape[0] : shape[0] * shape[1];
    }
    assertEquals(8.097, weights / 1e9, 0.0005);
  }

  @Test
  void cutsTokensRowMajorAndDropsThePadding() {
    // rank 2, tokens 2 × 4: A of x is 2 × 3 = 6 values in one token of 8, B is 5 × 2 = 10 in two.
    AdapterLayout layout = new AdapterLayout("l.", 2, 2, List.of(new AdapterSite("x", 3, 5, 0)));
    ParameterTokens tokens = new ParameterTokens(layout, 4);
    assertEquals(3, tokens.total());
    int values = 3 * 2 * 3 * 2 * 4;
    float[] counted = new float[values];
    for (int i = 0; i < values; i++) {
      counted[i] = i;
    }

    Map<String, LoraFactors> factors =
        tokens.split(Tensor.create(counted, 3, 2, 3, 2, 4)); // B 3, N 2, T 3

    LoraFactors last = factors.get("l.1.x").select(2);
    int base = (2 * 2 + 1) * 24;
    assertArrayEquals(
        new float[] {base, base + 1, base + 2, base + 3, base + 4, base + 5},
        TestTensors.values(last.a()));
    float[] b = TestTensors.values(last.b());
    for (int i = 0; i < 10; i++) {
      assertEquals(base + 8 + i, b[i]);
    }
  }
}
