package dev.mneme.edit.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.tensor.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KernelRidgeTest {
  private static final int COUNT = 17;
  private static final int WIDTH = 5;
  private static final int OUTPUTS = 2;

  /** What is asked is not packed, what was fitted to is: scores differ by so much. */
  private static final double PACKED = 1e-2;

  private static final String[] WORDS = {"warm", "cool", "dark", "grey", "soft"};

  private final List<float[]> examples = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final float[] targets = new float[COUNT * OUTPUTS];
  private final double[] importance = new double[COUNT];

  KernelRidgeTest() {
    Engine.start();
    Random random = new Random(4);
    for (int i = 0; i < COUNT; i++) {
      float[] example = new float[WIDTH];
      for (int k = 0; k < WIDTH; k++) {
        example[k] = (float) random.nextGaussian();
      }
      examples.add(example);
      texts.add(WORDS[i % WORDS.length] + " and " + WORDS[i / WORDS.length]);
      targets[i * OUTPUTS] = i % 3 == 0 ? 1 : 0;
      targets[i * OUTPUTS + 1] = (float) random.nextGaussian();
      importance[i] = i % 2 == 0 ? 1 : 0.4;
    }
  }

  private static KernelRidgeFit fit(
      List<float[]> features, List<String> texts, float[] targets, double[] importance) {
    return fit(features, texts, targets, importance, COUNT);
  }

  private static KernelRidgeFit fit(
      List<float[]> features, List<String> texts, float[] targets, double[] importance, int most) {
    return KernelRidgeFit.of(
        new KernelRidgeFit.Examples(
            features, LetterGrams.Script.ENGLISH, texts, targets, importance),
        most);
  }

  /** Seventeen points have sixteen directions from their centre, however wide they are. */
  @Test
  void wideExamplesAreKeptAlongTheAxesOnWhichTheyDiffer() {
    List<float[]> wide = new ArrayList<>();
    Random random = new Random(5);
    for (float[] example : examples) {
      float[] more = Arrays.copyOf(example, 600);
      for (int k = WIDTH; k < more.length; k++) {
        more[k] = (float) random.nextGaussian();
      }
      wide.add(more);
    }
    KernelRidge machine = fit(wide, texts, targets, importance).machine();
    int axes = machine.space().width();
    assertEquals(512, axes);
    assertEquals(COUNT, machine.points().count());
    for (int i = 0; i < COUNT; i++) {
      double score = machine.scores(wide.get(i), texts.get(i))[0];
      double slack = 0.1 / importance[i] * machine.weights()[i * OUTPUTS];
      assertEquals(targets[i * OUTPUTS], score + slack, PACKED, "" + i);
    }
    float[] points = machine.points().values();
    float[] one = Arrays.copyOfRange(points, 0, axes);
    float[] other = Arrays.copyOfRange(points, axes, 2 * axes);
    assertEquals(cosine(wide, 0, 1), product(one, other), 2e-2);
  }

  private static double cosine(List<float[]> all, int i, int j) {
    float[] a = all.get(i).clone();
    float[] b = all.get(j).clone();
    for (int k = 0; k < a.length; k++) {
      int at = k;
      double mean = all.stream().mapToDouble(x -> x[at]).average().orElseThrow();
      a[k] -= (float) mean;
      b[k] -= (float) mean;
    }
    return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
  }

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  /** The weights solve (K + ridge / importance) w = y, all written out. */
  @Test
  void theWeightsSolveTheEquations() {
    KernelRidge machine = fit(examples, texts, targets, importance).machine();
    for (int i = 0; i < COUNT; i++) {
      double[] scores = machine.scores(examples.get(i), texts.get(i));
      for (int t = 0; t < OUTPUTS; t++) {
        double slack = 0.1 / importance[i] * machine.weights()[i * OUTPUTS + t];
        assertEquals(targets[i * OUTPUTS + t], scores[t] + slack, PACKED, i + ", " + t);
      }
    }
  }

  /** An example that weighs next to nothing is as good as left out. */
  @Test
  void leftOutIsWhatAllOthersSay() {
    KernelRidgeFit all = fit(examples, texts, targets, importance);
    for (int out : new int[] {0, 6, 11}) {
      double[] without = importance.clone();
      without[out] = 1e-9;
      KernelRidgeFit rest = fit(examples, texts, targets, without);
      double[] scores = rest.machine().scores(examples.get(out), texts.get(out));
      for (int t = 0; t < OUTPUTS; t++) {
        assertEquals(scores[t], all.leftOut()[out * OUTPUTS + t], PACKED, "left " + out);
      }
    }
  }

  /**
   * Of more examples than are kept all have their say: the weights make the sum of what is missed,
   * weighed by importance, and of the weights among themselves least, so no other weights do
   * better.
   */
  @Test
  void whatIsNotKeptIsLearnedFromAllTheSame() {
    int most = 8;
    KernelRidge machine = fit(examples, texts, targets, importance, most).machine();
    assertEquals(most, machine.points().count());
    assertEquals(most, machine.letters().texts().size());
    double best = cost(machine, 0, 0);
    for (int i = 0; i < most; i++) {
      for (float by : new float[] {-0.05f, 0.05f}) {
        assertTrue(cost(machine, i, by) > best, i + " by " + by);
      }
    }
  }

  /** What is missed and what the weights weigh, of the first score, with one weight changed. */
  private double cost(KernelRidge machine, int changed, float by) {
    float[] weights = machine.weights().clone();
    weights[changed * OUTPUTS] += by;
    KernelRidge other =
        new KernelRidge(machine.space(), machine.points(), weights, machine.letters());
    double cost = 0;
    for (int i = 0; i < COUNT; i++) {
      double missed = targets[i * OUTPUTS] - other.scores(examples.get(i), texts.get(i))[0];
      cost += missed * missed * importance[i] / 0.1;
    }
    int width = machine.points().width();
    for (int i = 0; i < machine.points().count(); i++) {
      float[] like = machine.letters().like(machine.letters().texts().get(i));
      for (int j = 0; j < machine.points().count(); j++) {
        double cosine = 0;
        for (int k = 0; k < width; k++) {
          float[] all = machine.points().values();
          cosine += all[i * width + k] * all[j * width + k];
        }
        double near = Math.exp(2 * (cosine - 1)) + 0.5 * like[j];
        cost += weights[i * OUTPUTS] * near * weights[j * OUTPUTS];
      }
    }
    return cost;
  }

  /** As when all are kept: what weighs next to nothing is as good as left out. */
  @Test
  void leftOutIsWhatAllOthersSayWhereFewAreKept() {
    KernelRidgeFit all = fit(examples, texts, targets, importance, 8);
    for (int out : new int[] {1, 6, 11}) {
      double[] without = importance.clone();
      without[out] = 1e-9;
      KernelRidgeFit rest = fit(examples, texts, targets, without, 8);
      if (rest.machine().letters().texts().equals(all.machine().letters().texts())) {
        double[] scores = rest.machine().scores(examples.get(out), texts.get(out));
        for (int t = 0; t < OUTPUTS; t++) {
          assertEquals(scores[t], all.leftOut()[out * OUTPUTS + t], PACKED, "left " + out);
        }
      }
    }
  }

  /** Two examples that are the same in all but what they are to score. */
  @Test
  void pointsThatAreTheSameAreNoTrouble() {
    examples.set(1, examples.get(0));
    texts.set(1, texts.get(0));
    KernelRidge machine = fit(examples, texts, targets, importance).machine();
    double between = (targets[0] + 0.4 * targets[OUTPUTS]) / 1.4; // by importance
    assertEquals(between, machine.scores(examples.get(0), texts.get(0))[0], 0.15);
  }

  @Test
  void scoresDoNotDependOnTheOrderOfExamples() {
    KernelRidge one = fit(examples, texts, targets, importance).machine();
    List<float[]> turned = new ArrayList<>(examples);
    Collections.rotate(turned, 1);
    List<String> turnedTexts = new ArrayList<>(texts);
    Collections.rotate(turnedTexts, 1);
    float[] turnedTargets = new float[targets.length];
    double[] turnedImportance = new double[COUNT];
    for (int i = 0; i < COUNT; i++) {
      int from = (i + COUNT - 1) % COUNT;
      System.arraycopy(targets, from * OUTPUTS, turnedTargets, i * OUTPUTS, OUTPUTS);
      turnedImportance[i] = importance[from];
    }
    KernelRidge two = fit(turned, turnedTexts, turnedTargets, turnedImportance).machine();
    float[] asked = {1, -2, 0.5f, 0, 3};
    assertEquals(
        Arrays.stream(one.scores(asked, "warm and dark")).sum(),
        Arrays.stream(two.scores(asked, "warm and dark")).sum(),
        1e-5);
  }
}
