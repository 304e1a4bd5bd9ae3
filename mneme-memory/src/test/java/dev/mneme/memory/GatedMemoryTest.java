package dev.mneme.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.tensor.AtomicFiles;
import dev.mneme.tensor.safetensors.SafetensorsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatedMemoryTest extends MemoryContractTest {
  private static final AdapterLayout LAYOUT = TestTensors.smallLayout();

  /** Open where the first value of the first token is between a half and three. */
  private static final LinearGate GATE =
      new LinearGate(4, List.of(-1f, 0f, 0f, 0f, 1f, 0f, 0f, 0f), List.of(0.5f, -3f));

  private final Memory inner = StaticMemory.of(TestTensors.adapters(LAYOUT, 1, 2, 1, 1));
  private final Memory memory =
      new GatedMemory(
          new Memory() {
            @Override
            public AdapterLayout layout() {
              return LAYOUT;
            }

            @Override
            public Adapters recall(Condition condition) {
              return inner.recall(condition).detached();
            }
          },
          GATE);

  @Override
  protected Memory memory() {
    return memory;
  }

  @Override
  protected int width() {
    return 4;
  }

  /** Rows whose first tokens begin with these; a second token says the opposite. */
  private static Condition condition(float... first) {
    Tensor states = torch.zeros(first.length, 2, 4);
    for (int i = 0; i < first.length; i++) {
      states
          .select(0, i)
          .select(0, 0)
          .narrow(0, 0, 1)
          .add_(new org.bytedeco.pytorch.Scalar(first[i]));
      states
          .select(0, i)
          .select(0, 1)
          .narrow(0, 0, 1)
          .sub_(new org.bytedeco.pytorch.Scalar(first[i]));
    }
    return Condition.of(states);
  }

  @Test
  void aClosedRowChangesNothingAndAnOpenOneIsAsItWas() {
    Adapters recalled = memory.recall(condition(1, 0, 2));
    assertEquals(3, recalled.batch());
    Adapters whole = inner.recall(condition(1));
    assertTrue(TestTensors.difference(whole, recalled.select(0)) <= 1e-6);
    assertTrue(TestTensors.difference(whole, recalled.select(2)) <= 1e-6);
    recalled
        .select(1)
        .factors()
        .forEach((key, f) -> assertEquals(0, f.product().abs().max().item_float(), key));
    memory.layout().check(memory.recall(condition(0)));
  }

  @Test
  void onlyTheFirstTokenIsAsked() {
    assertArrayEquals(
        new boolean[] {true, false, false, false}, GATE.open(condition(0.6f, 0.4f, -3, 4)));
  }

  @Test
  void anotherWidthIsRefused() {
    String said =
        assertThrows(
                IllegalArgumentException.class,
                () -> memory.recall(Condition.of(torch.zeros(1, 1, 5))))
            .getMessage();
    assertTrue(said.contains("width 4") && said.contains("5"), said);
  }

  @Test
  void isTheSameReadBack(@TempDir Path folder) throws IOException {
    LinearGate gate =
        new LinearGate(3, List.of(0.25f, -1.5f, 3e-9f, 1f, 2f, 3f), List.of(7.125f, -1f));
    gate.save(folder.resolve("gate.safetensors"));
    assertEquals(gate, LinearGate.load(folder.resolve("gate.safetensors")));
    AtomicFiles.writeString(folder.resolve("no.safetensors"), "this is no gate at all");
    assertThrows(
        SafetensorsException.class, () -> LinearGate.load(folder.resolve("no.safetensors")));
  }
}
