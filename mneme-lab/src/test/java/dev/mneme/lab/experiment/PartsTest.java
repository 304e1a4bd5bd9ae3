package dev.mneme.lab.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.base.Glance;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.edit.task.PhrasingsReader;
import dev.mneme.lab.experiment.GeometryExperiment.Summary;
import dev.mneme.lab.stats.Products;
import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.AdapterSite;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.Condition;
import dev.mneme.memory.LoraFactors;
import dev.mneme.memory.Memory;
import dev.mneme.memory.StaticMemory;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Tensors;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the experiments are made of. */
class PartsTest {
  @BeforeAll
  static void start() {
    Engine.start();
  }

  @Test
  void cosinesWithinAndAcrossWorkedOutByHand() {
    // Two tasks of two samples; the second sample of the first is nearest to the other task.
    double[][] cosines = {
      {1, 0.6, 0.1, 0.2}, {0.6, 1, 0.7, 0.3}, {0.1, 0.7, 1, 0.8}, {0.2, 0.3, 0.8, 1}
    };
    Summary found = GeometryExperiment.summary(cosines, 2);
    assertEquals((0.6 + 0.8) / 2, found.within(), 1e-12);
    assertEquals((0.1 + 0.2 + 0.7 + 0.3) / 4, found.across(), 1e-12);
    assertEquals(0.75, found.nearest(), 1e-12);
    double[][] means = GeometryExperiment.means(cosines, 2);
    assertArrayEquals(new double[] {0.6, 0.325}, means[0], 1e-12);
    assertArrayEquals(new int[] {1, 3}, GeometryExperiment.nearest(cosines[0], 0, 2));
  }

  @Test
  void rivalsGetTheStepsThatFitIntoTheMemorysTime() {
    assertEquals(250, TimeExperiment.steps(100, 50, 0.2));
    assertEquals(80, TimeExperiment.steps(100, 40, 0.5));
    assertEquals(400, TimeExperiment.steps(100, 50, 0.001), "four times as many at most");
    assertEquals(1, TimeExperiment.steps(100, 0.1, 10));
    assertEquals(100, TimeExperiment.steps(100, Double.NaN, 0.2), "one step is not timed");
  }

  @Test
  void conflictingPairsAreAGroupOfTheirOwn() {
    assertEquals(
        List.of("all tasks", "memory's tasks", "base's tasks", "conflicting pairs"),
        List.copyOf(Numbers.groups(List.of("blur", "deblur", "invert", "sepia")).keySet()));
    assertTrue(Numbers.groups(List.of("blur", "sepia")).get("conflicting pairs").test("blur"));
  }

  @Test
  void conflictOfPairsWorkedOutByHand() {
    double[][] cosines = {{1, -0.5, 0.2}, {-0.5, 1, -0.3}, {0.2, -0.3, 1}};
    assertEquals((-0.5 + 0.2 - 0.3) / 3, ConflictExperiment.meanOfPairs(cosines), 1e-12);
    assertEquals(2.0 / 3, ConflictExperiment.shareApart(cosines), 1e-12);
    assertEquals(List.of(0L, 15L, 30L, 45L, 60L), ConflictExperiment.steps(60));
    assertEquals(List.of(0L, 1L, 2L), ConflictExperiment.steps(2));
  }

  @Test
  void aRandomChangeHasTheSizeOfTheKnownOneAtEverySite() {
    AdapterLayout layout =
        new AdapterLayout(
            "l.", 2, 2, List.of(AdapterSite.dense("v", 5, 3), AdapterSite.dense("w", 4, 6)));
    StaticMemory known = StaticMemory.fresh(layout, 0.5, 1);
    known.parameters().forEach((n, p) -> p.detach().copy_(torch.randn(p.shape())));
    Memory random = new SameNorm(known, 3);
    Condition any = Condition.of(Tensors.fromFloats(new float[4], 2, 1, 2));
    Adapters a = known.recall(any);
    Adapters b = random.recall(any);
    assertEquals(a.scale(), b.scale());
    for (String key : layout.keys()) {
      LoraFactors f = a.at(key);
      LoraFactors g = b.at(key);
      assertEquals(norm(f.product()), norm(g.product()), 1e-3, key);
    }
    double cosine = Tensors.toFloats(Products.inner(a, b))[0];
    double own = Tensors.toFloats(Products.inner(a, a))[0];
    assertTrue(Math.abs(cosine / own) < 0.7, "another direction");
    assertEquals(b.digest(), random.recall(any).digest());
  }

  private static double norm(Tensor t) {
    return t.norm().item_double();
  }

  @Test
  void partsOfAConditionAreLeftOut() {
    int width = 60; // three tokens of statistics
    int length = 3 + 16 + 1 + 1 + 3;
    Tensor states = Tensors.fromFloats(new float[2 * length * width], 2, length, width);
    boolean[][] expected = {
      {true, false, true, false, false},
      {false, true, false, true, true},
      {true, true, false, false, false},
      {false, false, true, true, false}
    };
    int[] ends = {3, 19, 20, 21, length};
    for (PartialSight.Part part : PartialSight.Part.values()) {
      Condition seen = new PartialSight(null, part).seen(Condition.of(states));
      float[] mask = Tensors.toFloats(seen.mask());
      int which = 0;
      for (int i = 0; i < length; i++) {
        which += i == ends[which] ? 1 : 0;
        assertEquals(expected[part.ordinal()][which] ? 1 : 0, mask[length + i], part + " " + i);
      }
    }
  }

  /** Tokens are told apart by their first number; the mean of a masked sentence leaves it out. */
  @Test
  void layersAreMixedByLearnedShares() {
    int width = 8;
    int sentence = 3;
    int length = sentence + 18 + Glance.statistics(width);
    float[] values = new float[length * width];
    for (int i = 0; i < length; i++) {
      values[i * width] = i < sentence ? i : i < sentence + 16 ? 10 : i == sentence + 16 ? 4 : 20;
    }
    Tensor there = torch.ones(1, length);
    there.select(1, 2).zero_(); // the sentence has two tokens: 0 and 1
    Condition whole =
        new Condition(
            Tensors.fromFloats(values, 1, length, width), there.to(torch.ScalarType.Bool));
    LayerMix even = LayerMix.fresh(null);
    Condition seen = even.mixed(whole);
    float[] states = Tensors.toFloats(seen.states().detach());
    assertEquals(length * width, states.length);
    assertEquals((0.5 + 4) / 2, states[(sentence + 16) * width], 1e-5);
    assertEquals((10.0 + 20) / 2, states[(sentence + 17) * width], 1e-5);
    float[] mask = Tensors.toFloats(seen.mask().to(torch.ScalarType.Float));
    for (int i = 0; i < length; i++) {
      assertEquals(i == sentence + 16 || i == sentence + 17 ? 1 : 0, mask[i], "" + i);
    }
    seen.states().sum().backward();
    float[] gradient = Tensors.toFloats(even.shares().grad());
    assertEquals((0.5 - 4) / 4, gradient[0], 1e-4);
    assertEquals((10.0 - 20) / 4, gradient[1], 1e-4);
    assertEquals((0.5 + 4 + 10 + 20) / 2, gradient[2], 1e-4);
  }

  @Test
  void looksAreSmoothAndEachUsersOwn() {
    float[] rgb = new float[3 * 64];
    for (int i = 0; i < 64; i++) {
      for (int c = 0; c < 3; c++) {
        rgb[c * 64 + i] = i / 63f;
      }
    }
    Picture ramp = new Picture(64, 1, rgb);
    for (long user = 0; user < 20; user++) {
      EditTask look = new PrivateLook(user);
      Picture out = look.apply(ramp, 1, new Random(1)).target();
      for (int c = 0; c < 3; c++) {
        for (int i = 1; i < 64; i++) {
          float step = out.at(c, i, 0) - out.at(c, i - 1, 0);
          assertTrue(step >= -1e-6 && step < 0.05, "rises smoothly: " + step);
        }
      }
      assertArrayEquals(out.rgb(), look.apply(ramp, 1, new Random(2)).target().rgb());
      assertArrayEquals(rgb, look.apply(ramp, 0, new Random(2)).target().rgb());
    }
    assertNotEquals(
        new PrivateLook(1).apply(ramp, 1, new Random(1)).target().at(0, 30, 0),
        new PrivateLook(2).apply(ramp, 1, new Random(1)).target().at(0, 30, 0));
    assertTrue(PhrasingsReader.of(new PrivateLook(1)).english().size() >= 16);
  }

  @Test
  void everyTaskHasASentenceInFrench() {
    Map<String, String> french = LadderExperiment.french();
    EditTasks.all().forEach(t -> assertTrue(french.containsKey(t.name()), t.name()));
    assertTrue(LadderExperiment.letters(new Random(1)).matches("([b-z]{3,8} ?){3,6}"));
  }
}
