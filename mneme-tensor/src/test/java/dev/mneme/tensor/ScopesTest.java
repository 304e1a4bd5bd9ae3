package dev.mneme.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ScopesTest {
  private static final float[] ONE_TWO = {1, 2};

  @BeforeAll
  static void start() {
    Engine.start();
  }

  @Test
  void theResultSurvivesAndTheRestDoesNot() {
    Tensor[] inside = new Tensor[1];
    Tensor result =
        Scopes.call(
            () -> {
              inside[0] = Tensors.fromFloats(ONE_TWO, 2);
              return inside[0].add(inside[0]);
            });
    assertTrue(inside[0].isNull());
    assertArrayEquals(new float[] {2, 4}, Tensors.toFloats(result));
    result.close();
    assertTrue(result.isNull());
  }

  @Test
  void theResultBelongsToTheScopeAround() {
    Tensor result;
    try (PointerScope outer = new PointerScope()) {
      result = Scopes.call(() -> Scopes.call(() -> Tensors.fromFloats(ONE_TWO, 2)));
      assertArrayEquals(ONE_TWO, Tensors.toFloats(result));
    }
    assertTrue(result.isNull());
  }

  @Test
  void whatWasThereBeforeIsLeftAlone() {
    Tensor weight = Tensors.fromFloats(ONE_TWO, 2);
    try (PointerScope outer = new PointerScope()) {
      assertArrayEquals(ONE_TWO, Tensors.toFloats(Scopes.call(() -> weight)));
    }
    assertFalse(weight.isNull());
    assertArrayEquals(ONE_TWO, Tensors.toFloats(weight));
    weight.close();
  }

  @Test
  void severalResultsSurvive() {
    List<Tensor> pair =
        Scopes.callAll(() -> List.of(Tensors.fromFloats(ONE_TWO, 2), torch.ones(3)));
    assertArrayEquals(ONE_TWO, Tensors.toFloats(pair.get(0)));
    assertArrayEquals(new float[] {1, 1, 1}, Tensors.toFloats(pair.get(1)));
    pair.forEach(Tensor::close);

    Named named =
        Scopes.call(
            () -> new Named("x", Tensors.fromFloats(ONE_TWO, 2), torch.ones(1)),
            n -> List.of(n.kept()));
    assertArrayEquals(ONE_TWO, Tensors.toFloats(named.kept()));
    assertTrue(named.dropped().isNull());
    named.kept().close();
  }

  @Test
  void nullAndExceptionsPassThrough() {
    assertNull(Scopes.<Tensor, RuntimeException>call(() -> null));
    PointerScope before = PointerScope.getInnerScope();
    Tensor[] inside = new Tensor[1];
    assertThrows(
        java.io.IOException.class,
        () ->
            Scopes.<Tensor, java.io.IOException>call(
                () -> {
                  inside[0] = torch.ones(2);
                  throw new java.io.IOException();
                }));
    assertTrue(inside[0].isNull());
    assertEquals(before, PointerScope.getInnerScope());
  }

  @Test
  void memoryStaysFlat() {
    iterate(2_000);
    long before = NativeMemory.residentBytes();
    iterate(20_000);
    long growth = NativeMemory.residentBytes() - before;
    // One leaked tensor per round would be 20,000 × 40 kB = 800 MB; the Java heap may grow by some
    // tens.
    assertTrue(growth < 200L << 20, "grew by " + (growth >> 20) + " MiB");
  }

  private static void iterate(int rounds) {
    for (int i = 0; i < rounds; i++) {
      Tensor alone = Scopes.call(() -> torch.ones(10_000).add(torch.ones(10_000)));
      try (PointerScope outer = new PointerScope()) {
        Tensor inner = Scopes.call(() -> alone.add(alone));
        assertFalse(inner.isNull());
      }
      alone.close();
    }
  }

  private record Named(String name, Tensor kept, Tensor dropped) {}
}
