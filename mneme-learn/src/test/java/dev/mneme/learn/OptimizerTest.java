package dev.mneme.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class OptimizerTest {
  private static final double DECAY = 0.1;

  private final Random random = new Random(3);

  private Tensor parameter(long... shape) {
    Engine.start();
    return Tensors.fromFloats(values(shape), shape).set_requires_grad(true);
  }

  private float[] values(long... shape) {
    int size = 1;
    for (long s : shape) {
      size *= (int) s;
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Leaves {@code gradient} at the parameter. */
  private static void reach(Tensor p, float[] gradient) {
    p.mul(Tensors.fromFloats(gradient, p.shape())).sum().backward();
  }

  /** Adam with decoupled weight decay on one number, in doubles. */
  private static final class ScalarAdam {
    double p;
    double m;
    double v;

    void step(double g, int t, double rate, double decay) {
      p *= 1 - rate * decay;
      m = 0.9 * m + 0.1 * g;
      v = 0.98 * v + 0.02 * g * g;
      double unbiased = m / (1 - Math.pow(0.9, t));
      p -= rate * unbiased / (Math.sqrt(v / (1 - Math.pow(0.98, t))) + 1e-8);
    }
  }

  @Test
  void isAdamWithDecayOfMatricesAlone() {
    for (long[] shape : new long[][] {{3, 5}, {7}, {2, 3, 2}}) {
      Tensor p = parameter(shape);
      Optimizer optimizer = new Optimizer(Map.of("x", p), DECAY, 1, Precision.FP32);
      float[] start = Tensors.toFloats(p);
      ScalarAdam[] scalars = new ScalarAdam[start.length];
      for (int i = 0; i < scalars.length; i++) {
        scalars[i] = new ScalarAdam();
        scalars[i].p = start[i];
      }
      for (int t = 0; t < 12; t++) {
        double rate = 0.01 * (t + 1);
        double scale = t % 3 == 0 ? 0.25 : 1;
        float[] g = values(shape);
        reach(p, g);
        optimizer.step(t, rate, scale);
        for (int i = 0; i < scalars.length; i++) {
          scalars[i].step(scale * g[i], t + 1, rate, shape.length > 1 ? DECAY : 0);
        }
      }
      float[] found = Tensors.toFloats(p);
      for (int i = 0; i < scalars.length; i++) {
        assertEquals(scalars[i].p, found[i], 2e-5 * Math.max(1, Math.abs(scalars[i].p)));
      }
    }
  }

  @Test
  void movesMatricesInsideBlocksByMuon() {
    long[] shape = {4, 6};
    Tensor p = parameter(shape);
    Tensor expected = Tensors.fromFloats(Tensors.toFloats(p), shape);
    Tensor momentum = Tensors.fromFloats(new float[24], shape);
    Optimizer optimizer = new Optimizer(Map.of("blocks.1.mlp.weight", p), DECAY, 1, Precision.FP32);
    assertEquals(Set.of("moment.first.blocks.1.mlp.weight"), optimizer.state().keySet());
    for (int t = 0; t < 3; t++) {
      float[] g = values(shape);
      reach(p, g);
      optimizer.step(t, 0.05, 1);
      expected.mul_(new org.bytedeco.pytorch.Scalar(1 - 0.05 * DECAY));
      Muon.step(expected, Tensors.fromFloats(g, shape), momentum, 0.05, Precision.FP32);
    }
    assertArrayEquals(Tensors.toFloats(expected), Tensors.toFloats(p));
  }

  @Test
  void everythingElseIsLeftToAdam() {
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    parameters.put("blocks.0.weight", parameter(2, 3));
    parameters.put("blocks.0.bias", parameter(3));
    parameters.put("blocks.0.row", parameter(1, 3));
    parameters.put("blocks.0.cube", parameter(2, 3, 2));
    parameters.put("head.weight", parameter(2, 3));
    Set<String> second = new Optimizer(parameters, 0, 1, Precision.FP32).state().keySet();
    assertFalse(second.contains("moment.second.blocks.0.weight"));
    for (String name :
        new String[] {"blocks.0.bias", "blocks.0.row", "blocks.0.cube", "head.weight"}) {
      assertTrue(second.contains("moment.second." + name), name);
    }
    assertEquals(10, new Optimizer(parameters, 0, 0, Precision.FP32).state().size());
  }

  @Test
  void clearsGradients() {
    Tensor p = parameter(2, 2);
    Optimizer optimizer = new Optimizer(Map.of("x", p), 0, 1, Precision.FP32);
    reach(p, new float[] {1, 2, 3, 4});
    optimizer.step(0, 0.1, 1);
    assertArrayEquals(new float[4], Tensors.toFloats(p.grad()));
  }

  @Test
  void aParameterThatWasNeverReachedStays() {
    Tensor p = parameter(2, 2);
    float[] before = Tensors.toFloats(p);
    Optimizer optimizer = new Optimizer(Map.of("x", p), DECAY, 1, Precision.FP32);
    optimizer.step(0, 0.1, 1);
    assertArrayEquals(before, Tensors.toFloats(p));
    assertEquals(Set.of("x"), optimizer.unreached());
    reach(p, new float[4]);
    assertEquals(Set.of(), optimizer.unreached());
  }

  /** From then on it is moved by its momentum also where a step does not reach it. */
  @Test
  void aParameterThatIsReachedLaterMovesFromThenOn() {
    Tensor always = parameter(2);
    Tensor seldom = parameter(1);
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    parameters.put("always", always);
    parameters.put("seldom", seldom);
    Optimizer optimizer = new Optimizer(parameters, DECAY, 1, Precision.FP32);
    ScalarAdam scalar = new ScalarAdam();
    scalar.p = seldom.item_float();
    for (int t = 0; t < 6; t++) {
      float g = t == 2 || t == 5 ? t : 0;
      reach(always, new float[] {1, -1});
      if (g != 0) {
        reach(seldom, new float[] {g});
      }
      optimizer.step(t, 0.1, 0.5);
      scalar.step(0.5 * g, t + 1, 0.1, 0);
      assertEquals(scalar.p, seldom.item_float(), 1e-5, "step " + t);
    }
  }

  @Test
  void theNormIsOverAllGradients() {
    Tensor p = parameter(2, 2);
    Tensor q = parameter(1);
    Map<String, Tensor> parameters = Map.of("p", p, "q", q, "unreached", parameter(3));
    Optimizer optimizer = new Optimizer(parameters, 0, 1, Precision.FP32);
    assertEquals(0, optimizer.gradientNorm());
    reach(p, new float[] {1, -2, 4, 0});
    reach(q, new float[] {2});
    assertEquals(5, optimizer.gradientNorm(), 1e-6);
  }
}
