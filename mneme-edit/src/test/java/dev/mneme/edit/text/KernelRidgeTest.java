package dev.mneme.edit.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

  private static LetterGrams letters(List<String> texts) {
    return new LetterGrams(LetterGrams.Script.ENGLISH, texts);
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
    KernelRidge machine = KernelRidge.fit(wide, letters(texts), targets, importance).machine();
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
    KernelRidge machine = KernelRidge.fit(examples, letters(texts), targets, importance).machine();
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
    KernelRidge.Fit all = KernelRidge.fit(examples, letters(texts), targets, importance);
    for (int out : new int[] {0, 6, 11}) {
      double[] without = importance.clone();
      without[out] = 1e-9;
      KernelRidge.Fit rest = KernelRidge.fit(examples, letters(texts), targets, without);
      double[] scores = rest.machine().scores(examples.get(out), texts.get(out));
      for (int t = 0; t < OUTPUTS; t++) {
        assertEquals(scores[t], all.leftOut()[out * OUTPUTS + t], PACKED, "left " + out);
      }
    }
  }

  @Test
  void scoresDoNotDependOnTheOrderOfExamples() {
    KernelRidge one = KernelRidge.fit(examples, letters(texts), targets, importance).machine();
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
    KernelRidge two =
        KernelRidge.fit(turned, letters(turnedTexts), turnedTargets, turnedImportance).machine();
    float[] asked = {1, -2, 0.5f, 0, 3};
    assertEquals(
        Arrays.stream(one.scores(asked, "warm and dark")).sum(),
        Arrays.stream(two.scores(asked, "warm and dark")).sum(),
        1e-5);
  }
}
