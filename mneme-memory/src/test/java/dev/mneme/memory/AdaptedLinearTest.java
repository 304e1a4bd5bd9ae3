package dev.mneme.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdaptedLinearTest {
  private static final double TOLERANCE = 1e-5;
  private static final AdapterSite SITE = AdapterSite.dense("o", 5, 7);
  private final Tensor weight = TestTensors.random(1, 7, 5);
  private final Tensor bias = TestTensors.random(2, 7);

  @Test
  void givesTheReferenceNumbers() throws IOException {
    Map<String, Tensor> golden = TestTensors.golden("linear_with_lora.safetensors");
    Tensor y =
        AdaptedLinear.forward(
            golden.get("x"),
            golden.get("weight"),
            golden.get("bias"),
            new LoraFactors(golden.get("lora_A"), golden.get("lora_B")),
            golden.get("scale").item_float());
    close(golden.get("y"), y);
  }

  @Test
  void agreesWithAScalarLoop() {
    Tensor x = TestTensors.random(3, 2, 3, 5);
    LoraFactors f = TestTensors.factors(SITE, 2, 4, 4);
    float[] y = TestTensors.values(AdaptedLinear.forward(x, weight, bias, f, 0.5));
    float[] xs = TestTensors.values(x);
    float[] ws = TestTensors.values(weight);
    float[] bs = TestTensors.values(bias);
    float[] as = TestTensors.values(f.a());
    float[] lb = TestTensors.values(f.b());
    float[] expected = new float[y.length];
    for (int s = 0; s < 2; s++) {
      for (int n = 0; n < 3; n++) {
        for (int o = 0; o < 7; o++) {
          double sum = bs[o];
          for (int i = 0; i < 5; i++) {
            double w = ws[o * 5 + i];
            for (int r = 0; r < 4; r++) {
              w += 0.5 * lb[(s * 7 + o) * 4 + r] * as[(s * 4 + r) * 5 + i];
            }
            sum += w * xs[(s * 3 + n) * 5 + i];
          }
          expected[(s * 3 + n) * 7 + o] = (float) sum;
        }
      }
    }
    assertTrue(TestTensors.difference(expected, y) <= TOLERANCE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void everyRowOfABatchIsTheRowAlone(int batch) {
    Tensor x = TestTensors.random(3, batch, 3, 5);
    LoraFactors f = TestTensors.factors(SITE, batch, 4, 4);
    Tensor y = AdaptedLinear.forward(x, weight, bias, f, 2);
    Tensor flat = AdaptedLinear.forward(x.select(1, 0), weight, bias, f, 2); // [B, in]
    Tensor deep = AdaptedLinear.forward(x.unsqueeze(2), weight, null, f, 2); // [B, 3, 1, in]
    for (int i = 0; i < batch; i++) {
      Tensor alone =
          AdaptedLinear.forward(x.narrow(0, i, 1), weight, bias, f.select(i), 2).select(0, 0);
      close(alone, y.select(0, i));
      close(alone.select(0, 0), flat.select(0, i));
      close(alone, deep.select(0, i).squeeze(1).add(bias));
    }
  }

  @Test
  void oneAdapterServesTheWholeBatchAndCanBeMerged() {
    Tensor x = TestTensors.random(3, 4, 3, 5);
    LoraFactors one = TestTensors.factors(SITE, 1, 2, 4);
    Tensor merged = AdaptedLinear.merged(weight, one, 3);
    close(
        AdaptedLinear.forward(x, merged, bias, null, 1),
        AdaptedLinear.forward(x, weight, bias, one, 3));
    assertEquals(weight, AdaptedLinear.merged(weight, null, 3));
  }

  @Test
  void someOutputsAreThoseOfTheWhole() {
    Tensor x = TestTensors.random(3, 2, 3, 5);
    LoraFactors f = TestTensors.factors(SITE, 2, 4, 4);
    Tensor whole = AdaptedLinear.forward(x, weight, bias, f, 0.5);
    Tensor part =
        AdaptedLinear.forward(
            x, weight.narrow(0, 2, 3), bias.narrow(0, 2, 3), f.outputs(2, 3), 0.5);
    close(whole.narrow(2, 2, 3), part);
  }

  @Test
  void namedAdaptersAreFoundByKey() {
    AdapterLayout layout = new AdapterLayout("l.", 2, 2, List.of(SITE));
    Adapters adapters = TestTensors.adapters(layout, 3, 2, 0.5, 1);
    Tensor x = TestTensors.random(3, 3, 2, 5);
    Tensor expected = AdaptedLinear.forward(x, weight, bias, adapters.at("l.1.o"), 0.5);
    close(expected, adapters.apply(x, weight, bias, "l.1.o"));
    close(expected, AdaptedLinear.forward(x, weight, bias, adapters, "l.1.o"));
    close(
        AdaptedLinear.forward(x, weight, bias, null, 1),
        AdaptedLinear.forward(x, weight, bias, Adapters.none(), "anything"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void gradientsOfFactorsAndInputMatchTheMergedWeight(int batch) {
    Tensor x = TestTensors.random(3, 3, 2, 5).set_requires_grad(true);
    Tensor a = TestTensors.random(5, batch, 2, 5).set_requires_grad(true);
    Tensor b = TestTensors.random(6, batch, 7, 2).set_requires_grad(true);
    AdaptedLinear.forward(x, weight, bias, new LoraFactors(a, b), 2).square().sum().backward();

    Tensor x2 = x.detach().clone().set_requires_grad(true);
    Tensor a2 = a.detach().clone().set_requires_grad(true);
    Tensor b2 = b.detach().clone().set_requires_grad(true);
    Tensor whole = weight.add(b2.matmul(a2), new org.bytedeco.pytorch.Scalar(2)); // [batch, 7, 5]
    x2.matmul(whole.transpose(1, 2)).add(bias).square().sum().backward();

    close(x2.grad(), x.grad());
    close(a2.grad(), a.grad());
    close(b2.grad(), b.grad());
  }

  @Test
  void manyThreadsShareTheBaseAndNeverSeeEachOthersWeights() throws Exception {
    int threads = 32;
    AdapterLayout layout = new AdapterLayout("l.", 3, 2, List.of(AdapterSite.dense("o", 6, 6)));
    List<Tensor> stack =
        List.of(
            TestTensors.random(1, 6, 6), TestTensors.random(2, 6, 6), TestTensors.random(3, 6, 6));
    Tensor x = TestTensors.random(4, 2, 3, 6);
    List<Adapters> adapters = new ArrayList<>();
    List<float[]> alone = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      adapters.add(
          t == 0 ? Adapters.none() : TestTensors.adapters(layout, 1 + t % 2, 1 + t % 4, 1, t));
      alone.add(run(stack, x, adapters.get(t)));
      if (t > 0) {
        assertTrue(TestTensors.difference(alone.get(t - 1), alone.get(t)) > 0.01, "all differ");
      }
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CountDownLatch together = new CountDownLatch(threads);
      List<Future<Double>> worst = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int me = t;
        worst.add(
            pool.submit(
                () -> {
                  together.countDown();
                  together.await();
                  double apart = 0;
                  for (int i = 0; i < 20; i++) {
                    float[] y = run(stack, x, adapters.get(me));
                    apart = Math.max(apart, TestTensors.difference(alone.get(me), y));
                  }
                  return apart;
                }));
      }
      for (Future<Double> apart : worst) {
        assertTrue(apart.get() <= 1e-6, () -> "weights of another thread were seen");
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static float[] run(List<Tensor> stack, Tensor x, Adapters adapters) {
    try (PointerScope scope = new PointerScope()) {
      Tensor h = x;
      for (int i = 0; i < stack.size(); i++) {
        h = torch.silu(adapters.apply(h, stack.get(i), null, "l." + i + ".o"));
      }
      return TestTensors.values(h);
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    Tensor x = TestTensors.random(3, 4, 3, 5);
    LoraFactors two = TestTensors.factors(SITE, 2, 4, 4);
    LoraFactors wide = TestTensors.factors(AdapterSite.dense("o", 6, 7), 1, 4, 4);
    assertEquals(
        "Expected adapters with a batch of 1 or 4, the batch of x [4, 3, 5], found lora_A [2, 4, 5] and lora_B [2, 7, 4]",
        messageOf(() -> AdaptedLinear.forward(x, weight, bias, two, 1)));
    assertEquals(
        "Expected lora_A [B, r, 5] and lora_B [B, 7, r] for a weight [7, 5], found lora_A [1, 4, 6] and lora_B [1, 7, 4]",
        messageOf(() -> AdaptedLinear.forward(x, weight, bias, wide, 1)));
    assertEquals(
        "Only one sample's weights can be merged: expected a batch of 1, found 2. Use Adapters.select first.",
        messageOf(() -> AdaptedLinear.merged(weight, two, 1)));
  }

  private static String messageOf(Runnable work) {
    return assertThrows(AdapterMismatchException.class, work::run).getMessage();
  }

  private static void close(Tensor expected, Tensor found) {
    double apart = TestTensors.difference(expected, found);
    assertTrue(apart <= TOLERANCE, () -> "apart by " + apart);
  }
}
