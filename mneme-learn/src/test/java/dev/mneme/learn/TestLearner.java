package dev.mneme.learn;

import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Tensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A small network that learns the sine of sums. One weight is reached by every fourth step only, as
 * an encoder's projection is where a batch has no sentence of its language; one is never reached.
 */
public final class TestLearner implements Learner<TestLearner.Points> {
  private static final int IN = 5;
  private static final int INNER = 6;
  private static final int OUT = 3;
  private static final int BATCH = 8;

  private final Map<String, Tensor> parameters = new LinkedHashMap<>();

  public TestLearner(long seed) {
    Engine.start();
    Random random = new Random(seed);
    put("blocks.0.weight", random, INNER, IN);
    put("head.weight", random, OUT, INNER);
    put("head.bias", random, OUT);
    put("rare.weight", random, OUT, INNER);
    put("never.weight", random, 2, 2);
  }

  private void put(String name, Random random, long... shape) {
    int size = 1;
    for (long s : shape) {
      size *= (int) s;
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (0.5 * random.nextGaussian());
    }
    parameters.put(name, Tensors.fromFloats(values, shape).set_requires_grad(true));
  }

  /**
   * Points of one step.
   *
   * @param step the step's number
   * @param x [8, 5]
   * @param y [8, 3]
   */
  public record Points(long step, float[] x, float[] y) implements Batch {
    @Override
    public List<String> labels() {
      List<String> labels = new ArrayList<>();
      for (int i = 0; i < BATCH; i++) {
        labels.add(i % 3 == 0 ? "third" : "other");
      }
      return labels;
    }
  }

  /** Batches that depend on the step alone. */
  public static BatchSource<Points> source() {
    return step -> {
      Random random = new Random(1_000 + step);
      float[] x = new float[BATCH * IN];
      float[] y = new float[BATCH * OUT];
      for (int i = 0; i < BATCH; i++) {
        float sum = 0;
        for (int j = 0; j < IN; j++) {
          x[i * IN + j] = (float) random.nextGaussian();
          sum += x[i * IN + j];
        }
        for (int j = 0; j < OUT; j++) {
          y[i * OUT + j] = (float) Math.sin(sum + j);
        }
      }
      return new Points(step, x, y);
    };
  }

  @Override
  public Map<String, Tensor> parameters() {
    return parameters;
  }

  @Override
  public Tensor loss(Points batch) {
    Tensor x = Tensors.fromFloats(batch.x(), BATCH, IN);
    Tensor h = torch.linear(x, parameters.get("blocks.0.weight")).tanh();
    Tensor out = torch.linear(h, parameters.get("head.weight")).add(parameters.get("head.bias"));
    if (batch.step() % 4 == 1) {
      out = out.add(torch.linear(h, parameters.get("rare.weight")));
    }
    Tensor apart = out.sub(Tensors.fromFloats(batch.y(), BATCH, OUT)).square();
    return apart.sum(1).mul(new Scalar(1.0 / OUT));
  }

  /** Every parameter's values by name. */
  public Map<String, List<Float>> values() {
    Map<String, List<Float>> values = new TreeMap<>();
    parameters.forEach(
        (name, t) -> {
          List<Float> list = new ArrayList<>();
          for (float v : Tensors.toFloats(t)) {
            list.add(v);
          }
          values.put(name, list);
        });
    return values;
  }

  /** Settings of a short run. */
  public static TrainingConfig config(Path directory, long steps, long every, boolean muon) {
    Schedule schedule = new Schedule(steps, 3, 0.02, 0.1);
    return new TrainingConfig(directory, schedule, 0.1, 1.0, muon ? 1 : 0, every, every / 2);
  }
}
