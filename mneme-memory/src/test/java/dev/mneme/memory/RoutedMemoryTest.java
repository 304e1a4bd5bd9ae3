package dev.mneme.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutedMemoryTest extends MemoryContractTest {
  private static final AdapterLayout LAYOUT = TestTensors.smallLayout();
  private final Map<String, Adapters> bank = bank();
  private final RoutedMemory memory =
      new RoutedMemory(
          LAYOUT, bank, row -> row.states().sum().item_float() > 0 ? "blur" : "sharpen");

  private static Map<String, Adapters> bank() {
    Map<String, Adapters> bank = new LinkedHashMap<>();
    bank.put("blur", TestTensors.adapters(LAYOUT, 1, 2, 1, 1));
    bank.put("sharpen", TestTensors.adapters(LAYOUT, 1, 3, 0.5, 2));
    bank.put("keep", Adapters.none());
    return bank;
  }

  @Override
  protected Memory memory() {
    return memory;
  }

  @Override
  protected int width() {
    return 4;
  }

  @Test
  void theRouterSeesEachRowAlone() {
    Condition mixed =
        Condition.stack(
            List.of(
                Condition.of(org.bytedeco.pytorch.global.torch.ones(1, 2, 4)),
                Condition.of(org.bytedeco.pytorch.global.torch.ones(1, 3, 4).neg())));
    Adapters recalled = memory.recall(mixed);
    close(bank.get("blur"), recalled.select(0));
    close(bank.get("sharpen"), recalled.select(1));
  }

  @Test
  void recallsByName() {
    assertEquals(List.of("blur", "sharpen", "keep"), memory.names());
    Adapters told = memory.recall(List.of("keep", "blur", "keep"));
    close(bank.get("blur"), told.select(1));
    told.select(2)
        .factors()
        .values()
        .forEach(f -> assertEquals(0, f.product().abs().max().item_float()));
    assertEquals(
        "The bank has no LoRA named fog: expected one of [blur, sharpen, keep]",
        assertThrows(IllegalArgumentException.class, () -> memory.recall(List.of("fog")))
            .getMessage());
  }

  @Test
  void refusesWhatIsNoBank() {
    RoutedMemory.Router router = row -> "a";
    assertThrows(
        IllegalArgumentException.class,
        () -> new RoutedMemory(LAYOUT, Map.of("a", Adapters.none()), router));
    assertThrows(
        AdapterMismatchException.class,
        () ->
            new RoutedMemory(
                LAYOUT, Map.of("a", TestTensors.adapters(LAYOUT, 2, 1, 1, 1)), router));
    AdapterLayout elsewhere = new AdapterLayout("x.", 2, 3, LAYOUT.sites());
    assertThrows(
        AdapterMismatchException.class,
        () ->
            new RoutedMemory(
                LAYOUT, Map.of("a", TestTensors.adapters(elsewhere, 1, 1, 1, 1)), router));
  }

  private static void close(Adapters expected, Adapters found) {
    double apart = TestTensors.difference(expected, found);
    assertTrue(apart <= 1e-5, () -> "apart by " + apart);
  }
}
