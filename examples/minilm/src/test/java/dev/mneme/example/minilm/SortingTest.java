package dev.mneme.example.minilm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.learn.MemoryLearner;
import dev.mneme.learn.Progress;
import dev.mneme.learn.Trainer;
import dev.mneme.learn.TrainingConfig;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.generator.FunctionalMemory;
import dev.mneme.memory.generator.GeneratorConfig;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users sort by rules of their own, and a memory of their mail can learn it. */
final class SortingTest {
  private static final int RULE = 0b101100110010;

  private static Sorting sorting;

  @BeforeAll
  static void load() throws IOException {
    sorting = new Sorting(MiniLm.load());
  }

  @Test
  void aUserHasMailOfEachTopicHalfOfItOnEitherSide() {
    Mail mail = Mail.draw(List.of(RULE, RULE), new Random(3), 0, 5);
    assertEquals(2 * Mail.EACH, mail.texts().size());
    for (int user = 0; user < 2; user++) {
      float sum = 0;
      for (int i = 0; i < Mail.EACH; i++) {
        sum += mail.sides()[user * Mail.EACH + i];
      }
      assertEquals(0, sum);
    }
  }

  @Test
  void heldOutMailIsNeverLearnedFrom() {
    Set<String> known = new HashSet<>(Mail.draw(rules(200), new Random(1), 0, 5).texts());
    Set<String> heldOut = new HashSet<>(Mail.draw(rules(200), new Random(1), 5, 7).texts());
    assertTrue(known.size() > 200 && heldOut.size() > 80, known.size() + ", " + heldOut.size());
    assertTrue(Collections.disjoint(known, heldOut));
  }

  /** The same mail on the other side stands in the other half of the condition. */
  @Test
  void theConditionTellsTheSides() {
    try (PointerScope scope = new PointerScope()) {
      Mail mail = Mail.draw(List.of(RULE), new Random(5), 0, 5);
      float[] sides = mail.sides().clone();
      for (int i = 0; i < sides.length; i++) {
        sides[i] = -sides[i];
      }
      float[] one = condition(mail);
      float[] other = condition(new Mail(mail.texts(), sides));
      float[] swapped = new float[other.length];
      for (int i = 0; i < other.length; i++) {
        int half = i % (2 * MiniLm.WIDTH) < MiniLm.WIDTH ? MiniLm.WIDTH : -MiniLm.WIDTH;
        swapped[i] = other[i + half];
      }
      assertArrayEquals(one, swapped);
    }
  }

  @Test
  void aFewStepsOnOneBatchLowerItsLoss(@TempDir Path run) throws IOException {
    GeneratorConfig config =
        GeneratorConfig.builder(sorting.base().layout(), 2 * MiniLm.WIDTH)
            .dModel(32)
            .headDim(16)
            .blocks(1)
            .build();
    FunctionalMemory memory = FunctionalMemory.fresh(config, 1);
    Sorting.Users batch = Sorting.Users.draw(rules(8), new Random(2), 0, 5);
    double before;
    try (PointerScope scope = new PointerScope()) {
      before = sorting.pose(batch).loss(Adapters.none()).mean().item_double();
    }
    new Trainer(TrainingConfig.of(run, 8, 1e-2), Precision.FP32)
        .run(new MemoryLearner<>(memory, sorting), step -> batch, Progress.NONE);
    try (PointerScope scope = new PointerScope()) {
      Sorting.Read read = sorting.pose(batch);
      double after = read.loss(memory.recall(read.condition())).mean().item_double();
      assertTrue(after < before - 0.01, before + " became " + after);
    }
  }

  private static float[] condition(Mail sorted) {
    Sorting.Users users = new Sorting.Users(sorted, sorted, List.of("user"));
    return Tensors.toFloats(sorting.pose(users).condition().states());
  }

  private static List<Integer> rules(int users) {
    return Collections.nCopies(users, RULE);
  }
}
