package dev.mneme.memory;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdapterLayoutTest {
  private final AdapterLayout layout =
      new AdapterLayout("layers.", 2, 3, List.of(AdapterSite.dense("o", 5, 7)));

  private final AdaptableBase base = () -> layout;

  private static String messageOf(Runnable work) {
    return assertThrows(AdapterMismatchException.class, work::run).getMessage();
  }

  @Test
  void namesKeysByPrefixLayerAndModule() {
    assertEquals(List.of("layers.0.o", "layers.1.o"), layout.keys());
    assertEquals("layers.1.o", layout.key(1, layout.sites().get(0)));
    assertEquals("layers.0–1, rank 3, 72 values for each sample: o 5→7", layout.describe());
    assertEquals(
        "model.layers.0–1, rank 3, 300 values for each sample: attn.qkv 7→11, mlp.down 5→7, mlp.experts.w1 7→3 ×2 experts",
        TestTensors.smallLayout().describe());
  }

  @Test
  void acceptsAnyRankAndNoAdapters() {
    assertDoesNotThrow(() -> base.check(Adapters.none()));
    assertDoesNotThrow(() -> base.check(TestTensors.adapters(layout, 4, 9, 1, 1)));
    assertDoesNotThrow(() -> base.check(TestTensors.adapters(layout.withRank(8), 1, 8, 1, 1)));
  }

  @Test
  void refusesAnotherShapeWithBothShapes() {
    AdapterLayout other = new AdapterLayout("layers.", 2, 3, List.of(AdapterSite.dense("o", 5, 8)));
    Adapters adapters = TestTensors.adapters(other, 2, 3, 1, 1);
    assertEquals(
        "Adapter does not fit at layers.0.o: expected lora_A [B, r, 5] and lora_B [B, 7, r], found lora_A [2, 3, 5] and lora_B [2, 8, 3]. Recall it from a memory made for this layout.",
        messageOf(() -> base.check(adapters)));
  }

  @Test
  void refusesAnUnknownKey() {
    AdapterLayout other = new AdapterLayout("layers.", 3, 3, List.of(AdapterSite.dense("o", 5, 7)));
    Adapters adapters = TestTensors.adapters(other, 1, 3, 1, 1);
    assertEquals(
        "Unknown adapter key layers.2.o: expected keys of the layout layers.0–1, rank 3, 72 values for each sample: o 5→7, found 3 keys. Recall the adapter from a memory made for this layout.",
        messageOf(() -> base.check(adapters)));
  }

  @Test
  void refusesASiteWithoutWeights() {
    Map<String, LoraFactors> factors = new LinkedHashMap<>();
    factors.put("layers.0.o", TestTensors.factors(layout.sites().get(0), 1, 3, 1));
    assertEquals(
        "Site layers.1.o has no weights: expected lora_A [B, r, 5] and lora_B [B, 7, r], found none. Give factors for every site of the layout.",
        messageOf(() -> Adapters.of(layout, factors, 1)));
  }

  @Test
  void refusesExpertsWhereALinearIs() {
    AdapterLayout other =
        new AdapterLayout("layers.", 2, 3, List.of(new AdapterSite("o", 5, 7, 2)));
    Adapters adapters = TestTensors.adapters(other, 1, 3, 1, 1);
    assertEquals(
        "Adapter does not fit at layers.0.o: expected lora_A [B, r, 5] and lora_B [B, 7, r], found lora_A [1, 2, 3, 5] and lora_B [1, 2, 7, 3]. Recall it from a memory made for this layout.",
        messageOf(() -> base.check(adapters)));
  }

  @Test
  void refusesFactorsThatDoNotBelongTogether() {
    assertEquals(
        "Expected lora_A [B, r, in] with lora_B [B, out, r], or [B, E, r, in] with [B, E, out, r], found [1, 3, 5] with [1, 7, 4]",
        messageOf(
            () -> new LoraFactors(TestTensors.random(1, 1, 3, 5), TestTensors.random(1, 1, 7, 4))));
  }

  @Test
  void refusesBatchesThatDiffer() {
    Map<String, LoraFactors> factors = new LinkedHashMap<>();
    factors.put("layers.0.o", TestTensors.factors(layout.sites().get(0), 2, 3, 1));
    factors.put("layers.1.o", TestTensors.factors(layout.sites().get(0), 4, 3, 1));
    assertEquals(
        "Expected a batch of 2 at every site, found 4 at layers.1.o",
        messageOf(() -> Adapters.of(layout, factors, 1)));
  }

  @Test
  void refusesAKeyThatIsNotThere() {
    Adapters adapters = TestTensors.adapters(layout, 1, 3, 1, 1);
    assertEquals(
        "No adapter weights at layers.0.q: expected a key of the layout layers.0–1, rank 3, 72 values for each sample: o 5→7. Check adapters with AdaptableBase.check before a forward.",
        messageOf(() -> adapters.at("layers.0.q")));
  }

  @Test
  void refusesImpossibleLayouts() {
    AdapterSite site = AdapterSite.dense("o", 5, 7);
    assertThrows(
        IllegalArgumentException.class, () -> new AdapterLayout("l.", 0, 3, List.of(site)));
    assertThrows(
        IllegalArgumentException.class, () -> new AdapterLayout("l.", 1, 3, List.of(site, site)));
    assertThrows(IllegalArgumentException.class, () -> AdapterSite.dense("o", 0, 7));
    assertThrows(IllegalArgumentException.class, () -> AdapterSite.dense(" ", 1, 7));
  }
}
