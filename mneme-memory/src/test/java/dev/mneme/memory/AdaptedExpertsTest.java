package dev.mneme.memory;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class AdaptedExpertsTest {
  private static final double TOLERANCE = 1e-5;
  private static final String KEY = "l.0.mlp.experts";
  private static final AdapterLayout LAYOUT =
      new AdapterLayout(
          "l.",
          1,
          4,
          List.of(
              new AdapterSite("mlp.experts.w1", 48, 40, 3),
              new AdapterSite("mlp.experts.w2", 40, 48, 3),
              new AdapterSite("mlp.experts.w3", 48, 40, 3)));

  private final Map<String, Tensor> golden = TestTensors.golden("experts_with_lora.safetensors");

  AdaptedExpertsTest() throws IOException {}

  private AdaptedExperts experts(int topK) {
    List<AdaptedExperts.Expert> experts = new ArrayList<>();
    for (int e = 0; e < 3; e++) {
      String name = "module.experts." + e + ".";
      experts.add(
          new AdaptedExperts.Expert(
              golden.get(name + "gate_and_up_proj.weight"), golden.get(name + "down_proj.weight")));
    }
    return new AdaptedExperts(golden.get("module.gate.wg.weight"), experts, topK);
  }

  private Adapters goldenAdapters() {
    Map<String, LoraFactors> factors = new LinkedHashMap<>();
    for (String w : List.of("w1", "w2", "w3")) {
      factors.put(
          KEY + "." + w,
          new LoraFactors(
              golden.get("lora." + w + ".lora_A"), golden.get("lora." + w + ".lora_B")));
    }
    return Adapters.of(LAYOUT, factors, golden.get("scale").item_float());
  }

  @Test
  void givesTheReferenceNumbers() {
    AdaptedExperts experts = experts(2);
    close(golden.get("y_without"), experts.forward(golden.get("x"), Adapters.none(), KEY));
    close(golden.get("y"), experts.forward(golden.get("x"), goldenAdapters(), KEY));
  }

  @Test
  void everyRowOfABatchIsTheRowAlone() {
    for (int topK = 1; topK <= 3; topK++) {
      AdaptedExperts experts = experts(topK);
      Tensor x =
          torch.cat(
              new TensorVector(golden.get("x"), TestTensors.random(1, 2, 9, 48)), 0); // [3, 9, 48]
      Adapters adapters =
          Adapters.stack(
              List.of(
                  goldenAdapters(), Adapters.none(), TestTensors.adapters(LAYOUT, 1, 2, 0.1, 3)));
      Tensor y = experts.forward(x, adapters, KEY);
      for (int i = 0; i < 3; i++) {
        Tensor alone = experts.forward(x.narrow(0, i, 1), adapters.select(i), KEY);
        close(alone.select(0, 0), y.select(0, i));
      }
    }
  }

  @Test
  void gradientsReachEveryExpertsFactors() {
    Adapters adapters =
        goldenAdapters()
            .map(
                f ->
                    new LoraFactors(
                        f.a().clone().set_requires_grad(true),
                        f.b().clone().set_requires_grad(true)));
    experts(3).forward(golden.get("x"), adapters, KEY).square().sum().backward();
    adapters
        .factors()
        .forEach(
            (key, f) -> {
              for (int e = 0; e < 3; e++) {
                assertTrue(f.a().grad().select(1, e).abs().max().item_float() > 0, key);
                assertTrue(f.b().grad().select(1, e).abs().max().item_float() > 0, key);
              }
            });
  }

  @Test
  void refusesImpossibleRouters() {
    Tensor gate = golden.get("module.gate.wg.weight");
    List<AdaptedExperts.Expert> experts = experts(1).experts();
    assertThrows(IllegalArgumentException.class, () -> new AdaptedExperts(gate, experts, 4));
    assertThrows(
        IllegalArgumentException.class, () -> new AdaptedExperts(gate, experts.subList(0, 2), 1));
  }

  private static void close(Tensor expected, Tensor found) {
    double apart = TestTensors.difference(expected, found);
    assertTrue(apart <= TOLERANCE, () -> "apart by " + apart);
  }
}
