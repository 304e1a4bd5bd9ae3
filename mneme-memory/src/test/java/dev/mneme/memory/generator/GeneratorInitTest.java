package dev.mneme.memory.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.AdapterSite;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.Condition;
import dev.mneme.memory.LoraFactors;
import dev.mneme.memory.TestTensors;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class GeneratorInitTest {
  private final GeneratorConfig config = SmallGenerator.config();
  private final Condition condition =
      Condition.of(TestTensors.random(1, 3, 4, SmallGenerator.WIDTH));

  @Test
  void aFreshMemoryChangesNothingYetCanLearn() {
    FunctionalMemory memory = FunctionalMemory.fresh(config, 5);
    Adapters recalled = memory.recall(condition);
    for (LoraFactors f : recalled.factors().values()) {
      assertEquals(0, f.product().abs().max().item_float(), "exactly no change");
      float size = f.a().square().mean().sqrt().item_float();
      assertTrue(size > 0.01 && size < 1, () -> "A is of size " + size);
    }

    Tensor loss = null;
    for (LoraFactors f : recalled.factors().values()) {
      Tensor miss = f.product().sub(new Scalar(1)).square().sum();
      loss = loss == null ? miss : loss.add(miss);
    }
    loss.backward();
    Map<String, Tensor> parameters = memory.parameters();
    assertEquals(GeneratorShapes.of(config).keySet(), parameters.keySet());
    assertTrue(parameters.get("model.proj_out_B.weight").grad().abs().max().item_float() > 0);
    assertTrue(parameters.get("model.proj_out_B.bias").grad().abs().max().item_float() > 0);
  }

  @Test
  void learnsToAnswerItsConditions() {
    FunctionalMemory memory = FunctionalMemory.fresh(config, 5);
    Tensor wanted = TestTensors.random(2, 3, 11, 7);
    double first = 0;
    double last = 0;
    for (int step = 0; step < 60; step++) {
      Adapters recalled = memory.recall(condition);
      Tensor miss = recalled.at("model.layers.0.attn.qkv").product().sub(wanted).square().mean();
      miss.backward();
      last = miss.item_float();
      first = step == 0 ? last : first;
      try (var guard = new org.bytedeco.pytorch.NoGradGuard()) {
        memory
            .parameters()
            .values()
            .forEach(
                w -> {
                  w.sub_(w.grad(), new Scalar(0.1));
                  w.grad().zero_();
                });
      }
    }
    double start = first;
    double end = last;
    assertTrue(end < 0.9 * start, () -> "loss went from " + start + " to " + end);
  }

  @Test
  void theSameSeedGivesTheSameWeights() {
    Map<String, Tensor> one = GeneratorInit.fresh(config, 5);
    Map<String, Tensor> same = GeneratorInit.fresh(config, 5);
    Map<String, Tensor> other = GeneratorInit.fresh(config, 6);
    String name = "model.blocks.1.self_attn_n.W_q.weight";
    assertEquals(0, TestTensors.difference(one.get(name), same.get(name)));
    assertNotEquals(0, TestTensors.difference(one.get(name), other.get(name)));
    assertNotEquals(
        0, TestTensors.difference(one.get(name), one.get("model.blocks.1.self_attn_n.W_k.weight")));
    assertEquals(-0.114035, one.get(name).select(0, 0).select(0, 0).item_float(), 1e-5);
  }

  @Test
  void refusesShapesThatCannotBe() {
    AdapterLayout layout = SmallGenerator.layout();
    assertEquals(
        "A generator needs head_dim, a multiple of 4 that divides d_model 16, found 6",
        messageOf(() -> GeneratorConfig.builder(layout, 3).dModel(16).headDim(6).build()));
    assertEquals(
        "A generator needs dim_accumulation that divides rank 4 and d_model 18, found 4",
        messageOf(() -> GeneratorConfig.builder(layout, 3).dModel(18).dimAccumulation(4).build()));
    assertEquals(
        "A generator needs num_pg_layers ≥ 1, found 0",
        messageOf(() -> GeneratorConfig.builder(layout, 3).blocks(0).build()));
    AdapterLayout odd = new AdapterLayout("l.", 1, 2, List.of(new AdapterSite("w1", 3, 3, 2)));
    assertTrue(
        messageOf(() -> GeneratorConfig.builder(odd, 3).build())
            .startsWith("Expert sites must be named NAME.sub"));
  }

  private static String messageOf(Runnable work) {
    return assertThrows(IllegalArgumentException.class, work::run).getMessage();
  }
}
