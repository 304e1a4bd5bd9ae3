package dev.mneme.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AutocastTest {
  @BeforeAll
  static void start() {
    Engine.start();
  }

  @Test
  void productsAreBf16InsideOnly() {
    assertEquals(ScalarType.Float, product());
    try (Autocast autocast = Autocast.on(Precision.BF16)) {
      assertEquals(ScalarType.BFloat16, product());
      try (Autocast inner = Autocast.on(Precision.FP32)) {
        assertEquals(ScalarType.Float, product());
      }
      assertEquals(ScalarType.BFloat16, product());
    }
    assertEquals(ScalarType.Float, product());
  }

  @Test
  void restoresAfterAnException() {
    assertThrows(
        ArithmeticException.class,
        () -> {
          try (Autocast autocast = Autocast.on(Precision.BF16)) {
            throw new ArithmeticException();
          }
        });
    assertFalse(torch.is_autocast_enabled(DeviceType.CPU));
    assertEquals(ScalarType.Float, product());
    // Nesting is back at zero too: otherwise the copies of weights would never be dropped.
    assertEquals(1, torch.increment_nesting());
    assertEquals(0, torch.decrement_nesting());
  }

  @Test
  void seesAWeightChangedBetweenRegions() {
    try (PointerScope scope = new PointerScope()) {
      Tensor weight = torch.ones(4, 4).set_requires_grad(true);
      Tensor input = torch.ones(1, 4);
      float[] sums = new float[2];
      for (int i = 0; i < 2; i++) {
        try (Autocast autocast = Autocast.on(Precision.BF16)) {
          sums[i] = torch.matmul(input, weight).sum().item_float();
        }
        weight.data().fill_(new org.bytedeco.pytorch.Scalar(2f));
      }
      assertEquals(16f, sums[0]);
      assertEquals(32f, sums[1]);
    }
  }

  @Test
  void belongsToOneThread() {
    try (Autocast autocast = Autocast.on(Precision.BF16)) {
      assertEquals(ScalarType.Float, CompletableFuture.supplyAsync(AutocastTest::product).join());
      CompletionException failure =
          assertThrows(
              CompletionException.class, () -> CompletableFuture.runAsync(autocast::close).join());
      assertTrue(failure.getCause() instanceof IllegalStateException, failure.toString());
      assertEquals(ScalarType.BFloat16, product());
    }
  }

  @Test
  void closingTwiceIsHarmless() {
    try (Autocast outer = Autocast.on(Precision.BF16)) {
      Autocast inner = Autocast.on(Precision.FP32);
      inner.close();
      inner.close();
      assertEquals(ScalarType.BFloat16, product());
    }
    assertEquals(ScalarType.Float, product());
  }

  private static ScalarType product() {
    try (PointerScope scope = new PointerScope()) {
      return torch.matmul(torch.ones(2, 2), torch.ones(2, 2)).scalar_type().intern();
    }
  }
}
