package dev.mneme.lab.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KernelRouterTest {
  private static final int WIDTH = 6;

  /** Points around one axis, each axis on a scale of its own. */
  private static float[] near(int axis, Random random) {
    float[] point = new float[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      point[i] = (float) ((i == axis ? 4 : 0) + 0.3 * random.nextGaussian()) * (1 + 10 * i) + 7;
    }
    return point;
  }

  private static Map<String, List<float[]>> kept(int each) {
    Random random = new Random(1);
    Map<String, List<float[]>> kept = new LinkedHashMap<>();
    for (int axis = 0; axis < 4; axis++) {
      List<float[]> rows = new ArrayList<>();
      for (int i = 0; i < each; i++) {
        rows.add(near(axis, random));
      }
      kept.put("task" + axis, rows);
    }
    return kept;
  }

  @Test
  void whatLiesNearWhatWasKeptScoresNearOneAndTheOthersNearNone() {
    KernelRouter router = KernelRouter.fit(kept(20));
    Random random = new Random(2);
    for (int axis = 0; axis < 4; axis++) {
      double[] scores = router.scores(near(axis, random));
      for (int i = 0; i < scores.length; i++) {
        assertEquals(i == axis ? 1 : 0, scores[i], 0.25, "task" + i + " near " + axis);
      }
    }
  }

  @Test
  void whatLiesNearNothingScoresLittle() {
    KernelRouter router = KernelRouter.fit(kept(20));
    float[] far = new float[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      far[i] = -40 * (1 + 10 * i);
    }
    for (double score : router.scores(far)) {
      assertTrue(score < 0.6, "" + score);
    }
  }

  @Test
  void oneConditionOfEachIsEnoughToBegin() {
    KernelRouter router = KernelRouter.fit(kept(1));
    double[] scores = router.scores(kept(1).get("task2").get(0));
    for (int i = 0; i < scores.length; i++) {
      assertTrue(i == 2 || scores[i] < scores[2]);
    }
  }
}
