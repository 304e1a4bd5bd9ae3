package dev.mneme.memory.generator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.memory.Condition;
import dev.mneme.memory.TestTensors;
import dev.mneme.tensor.Autocast;
import dev.mneme.tensor.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterGeneratorTest {
  private static final double TOLERANCE = 1e-5;
  private final ParameterGenerator frozen = generator(false);

  private static ParameterGenerator generator(boolean trainable) {
    return new ParameterGenerator(SmallGenerator.config(), SmallGenerator.weights(1, trainable));
  }

  private static Condition condition(long seed, int batch, int length) {
    return Condition.of(TestTensors.random(seed, batch, length, SmallGenerator.WIDTH));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyPaddedRowIsTheRowAlone(boolean trainable) {
    ParameterGenerator generator = generator(trainable);
    List<Condition> rows = List.of(condition(1, 1, 7), condition(2, 1, 1), condition(3, 1, 4));

    Tensor together = generator.forward(Condition.stack(rows));

    ParameterTokens tokens = ParameterTokens.of(SmallGenerator.config());
    assertArrayEquals(new long[] {3, 2, tokens.total(), 4, 8}, together.shape());
    for (int i = 0; i < rows.size(); i++) {
      close(generator.forward(rows.get(i)), together.narrow(0, i, 1));
    }
  }

  @Test
  void aTokenThatIsNotThereHasNoEffectWhereverItStands() {
    Tensor states = TestTensors.random(4, 1, 5, SmallGenerator.WIDTH);
    Tensor present = Tensor.create(new boolean[] {false, true, false, true, true}, 1, 5);
    Tensor left =
        torch.cat(
            new TensorVector(states.narrow(1, 1, 1), states.narrow(1, 3, 2)), 1); // tokens 1, 3, 4

    Tensor masked = frozen.forward(new Condition(states, present));

    close(frozen.forward(Condition.of(left)), masked);
    Tensor loud = states.mul(torch.where(present.unsqueeze(2), new Scalar(1f), new Scalar(1e4f)));
    close(masked, frozen.forward(new Condition(loud, present)));
    assertTrue(
        TestTensors.difference(masked, frozen.forward(Condition.of(states))) > 1e-3,
        "tokens that are there count");
  }

  @Test
  void aMaskOfAllTokensIsNoMask() {
    Condition all = condition(5, 3, 4);
    Condition masked =
        new Condition(all.states(), all.states().select(2, 0).isfinite()); // all true
    close(frozen.forward(all), frozen.forward(masked));
  }

  @Test
  void whatIsKeptBetweenCallsIsWhatIsRecomputed() {
    Condition condition = condition(6, 2, 3);
    close(generator(true).forward(condition), frozen.forward(condition));
    close(frozen.forward(condition), frozen.forward(condition));
    try (Autocast fast = Autocast.on(Precision.BF16)) {
      new ParameterGenerator(SmallGenerator.config(), frozen.weights()).forward(condition);
    }
    ParameterGenerator madeInAutocast;
    try (Autocast fast = Autocast.on(Precision.BF16)) {
      madeInAutocast = new ParameterGenerator(SmallGenerator.config(), frozen.weights());
    }
    close(frozen.forward(condition), madeInAutocast.forward(condition));
  }

  @Test
  void positionsOfConditionTokensMatter() {
    Condition condition = condition(7, 1, 3);
    Condition reversed = Condition.of(condition.states().flip(1));
    assertTrue(TestTensors.difference(frozen.forward(condition), frozen.forward(reversed)) > 1e-3);
  }

  @Test
  void frozenWeightsGiveNoGradient() {
    assertFalse(frozen.trainable());
    assertFalse(frozen.forward(condition(8, 1, 2)).requires_grad());
    ParameterGenerator trainable = generator(true);
    assertTrue(trainable.forward(condition(8, 1, 2)).requires_grad());
    try (NoGradGuard guard = new NoGradGuard()) {
      assertFalse(trainable.forward(condition(8, 1, 2)).requires_grad());
    }
  }

  /** The slope along a random direction in weight space, against a central difference. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void gradientsMatchFiniteDifferences(long seed) {
    Condition condition = Condition.stack(List.of(condition(9, 1, 4), condition(10, 1, 2)));
    Tensor pull = TestTensors.random(seed, frozen.forward(condition).shape());
    Map<String, Tensor> weights = SmallGenerator.weights(1, true);
    Map<String, Tensor> direction = new LinkedHashMap<>();
    weights.forEach(
        (name, w) ->
            direction.put(name, TestTensors.random(seed + 1 + direction.size(), w.shape())));

    Tensor loss =
        new ParameterGenerator(SmallGenerator.config(), weights).forward(condition).mul(pull).sum();
    loss.backward();

    double slope = 0;
    for (Map.Entry<String, Tensor> e : weights.entrySet()) {
      assertTrue(e.getValue().grad().defined(), e.getKey());
      assertTrue(
          e.getValue().grad().abs().max().item_float() > 0 || e.getKey().endsWith("W_k.bias"),
          e.getKey());
      slope += e.getValue().grad().mul(direction.get(e.getKey())).sum().item_float();
    }
    double step = 1e-3;
    double expected =
        (moved(weights, direction, step, condition, pull)
                - moved(weights, direction, -step, condition, pull))
            / (2 * step);
    assertEquals(expected, slope, 0.01 * Math.abs(expected) + 0.05);
  }

  private static double moved(
      Map<String, Tensor> weights,
      Map<String, Tensor> direction,
      double step,
      Condition condition,
      Tensor pull) {
    Map<String, Tensor> moved = new LinkedHashMap<>();
    weights.forEach(
        (name, w) -> moved.put(name, w.detach().add(direction.get(name), new Scalar(step))));
    ParameterGenerator generator = new ParameterGenerator(SmallGenerator.config(), moved);
    return generator.forward(condition).to(ScalarType.Double).mul(pull).sum().item_double();
  }

  @Test
  void bf16AutocastStaysNearInBothDirections() {
    Condition condition = Condition.stack(List.of(condition(14, 1, 4), condition(15, 1, 2)));
    ParameterGenerator precise = generator(true);
    ParameterGenerator fast = generator(true);
    Tensor expected = precise.forward(condition);
    expected.square().sum().backward();
    Tensor found;
    try (Autocast autocast = Autocast.on(Precision.BF16)) {
      found = fast.forward(condition);
    }
    found.square().sum().backward();

    assertEquals(ScalarType.Float, found.scalar_type().intern());
    double apart = TestTensors.difference(expected, found);
    assertTrue(apart > 0 && apart < 0.05, () -> "bf16 is apart by " + apart);
    Tensor slope = precise.weights().get("hidden_in.weight").grad();
    double gradientApart =
        TestTensors.difference(slope, fast.weights().get("hidden_in.weight").grad());
    assertTrue(gradientApart < 0.1, () -> "bf16 gradients are apart by " + gradientApart);
  }

  @Test
  void bf16WeightsRunWithoutAutocast() {
    Map<String, Tensor> halved = new LinkedHashMap<>();
    frozen.weights().forEach((name, w) -> halved.put(name, w.to(ScalarType.BFloat16)));
    Condition condition = condition(16, 2, 3);
    Tensor found = new ParameterGenerator(SmallGenerator.config(), halved).forward(condition);
    double apart = TestTensors.difference(frozen.forward(condition), found);
    assertTrue(apart < 0.05, () -> "apart by " + apart);
  }

  @Test
  void threadsDoNotDisturbEachOther() throws Exception {
    int threads = 8;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Double>> apart = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        Condition mine = condition(20 + t, 1 + t % 3, 1 + t % 5);
        float[] alone = TestTensors.values(frozen.forward(mine));
        apart.add(
            pool.submit(
                () -> {
                  double worst = 0;
                  for (int i = 0; i < 10; i++) {
                    try (PointerScope scope = new PointerScope()) {
                      float[] found = TestTensors.values(frozen.forward(mine));
                      worst = Math.max(worst, TestTensors.difference(alone, found));
                    }
                  }
                  return worst;
                }));
      }
      for (Future<Double> worst : apart) {
        assertTrue(worst.get() <= 1e-6);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void refusesConditionsOfAnotherWidth() {
    Condition wide = Condition.of(TestTensors.random(1, 1, 2, 9));
    assertEquals(
        "This generator reads conditions of width 6, found 9",
        assertThrows(IllegalArgumentException.class, () -> frozen.forward(wide)).getMessage());
  }

  @Test
  void refusesWeightsThatDoNotFit() {
    Map<String, Tensor> weights = SmallGenerator.weights(1, false);
    weights.remove("hidden_in.bias");
    assertEquals(
        "Generator weights do not fit: expected tensors [hidden_in.bias], found none of these names",
        assertThrows(
                IllegalArgumentException.class,
                () -> new ParameterGenerator(SmallGenerator.config(), weights))
            .getMessage());
  }

  private static void close(Tensor expected, Tensor found) {
    double apart = TestTensors.difference(expected, found);
    assertTrue(apart <= TOLERANCE, () -> "apart by " + apart);
  }
}
