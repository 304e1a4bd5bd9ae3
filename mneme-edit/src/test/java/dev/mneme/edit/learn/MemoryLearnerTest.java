package dev.mneme.edit.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.TinyEditor;
import dev.mneme.edit.WordEncoder;
import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.learn.MemoryLearner;
import dev.mneme.learn.Progress;
import dev.mneme.learn.Schedule;
import dev.mneme.learn.Trainer;
import dev.mneme.learn.TrainingConfig;
import dev.mneme.memory.generator.FunctionalMemory;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole road: glance, recall, the frozen base, the loss, and back into the memory alone. */
class MemoryLearnerTest {
  private static final int STEPS = 60;

  @TempDir Path folder;

  private final Map<String, Tensor> weights = TinyEditor.weights(TinyEditor.CONFIG, 1);
  private final EditorBase base = new EditorBase(TinyEditor.CONFIG, TinyEditor.RANK, weights, true);

  private EditBatches batches(int size) throws IOException {
    List<Photo> photos = TinyEditor.photographs(folder, 3).train();
    ExampleMaker maker = new ExampleMaker(Wording.TRAIN, new WordEncoder(), 32, 0);
    return new EditBatches(photos, List.of(EditTasks.named("darken")), maker, size, 3);
  }

  private static FunctionalMemory memory() {
    return FunctionalMemory.fresh(
        TinyEditor.generator(TinyEditor.CONFIG.layout(TinyEditor.RANK)), 5);
  }

  @Test
  void aFrozenBaseLearnsThroughItsMemoryAlone() throws IOException {
    Map<String, float[]> before = new HashMap<>();
    weights.forEach((name, w) -> before.put(name, Tensors.toFloats(w)));
    EditBatches batches = batches(4);
    FunctionalMemory memory = memory();
    MemoryLearner<EditBatch> learner = new MemoryLearner<>(memory, new EditObjective(base));
    EditBatch question = batches.batch(10_000);
    double first = mean(learner.loss(question));
    TrainingConfig config =
        new TrainingConfig(folder, new Schedule(STEPS, 5, 4e-3, 0.1), 0, 1, 1, 30, 30);
    new Trainer(config, Precision.FP32).run(learner, batches, Progress.NONE);
    double last = mean(learner.loss(question));
    assertTrue(last < 0.6 * first, first + " to " + last);
    weights.forEach(
        (name, w) -> {
          assertArrayEquals(before.get(name), Tensors.toFloats(w), name);
          assertFalse(w.grad().defined(), name);
          assertFalse(w.requires_grad(), name);
        });
  }

  @Test
  void theLossIsThatOfTheRecalledAdapters() throws IOException {
    EditBatch batch = batches(3).batch(0);
    FunctionalMemory memory = TinyEditor.memory(base.layout(), 2);
    EditObjective.Posed posed = new EditObjective(base).pose(batch);
    assertEquals(3, posed.condition().batch());
    assertFalse(posed.condition().states().requires_grad());
    float[] together = Tensors.toFloats(posed.loss(memory.recall(posed.condition())));
    MemoryLearner<EditBatch> learner = memoryLearner(memory);
    assertArrayEquals(together, Tensors.toFloats(learner.loss(batch)), 1e-6f);
    for (int i = 0; i < 3; i++) {
      EditBatch alone = new EditBatch(List.of(batch.examples().get(i)), false);
      assertEquals(together[i], Tensors.toFloats(learner.loss(alone))[0], 1e-5);
    }
  }

  /** What pairs tell is read, and solved in closed form, for the request they were shown for. */
  @Test
  void whatIsShownIsTheClosedFormAndWhatTheMemoryAdds() throws IOException {
    List<Photo> photos = TinyEditor.photographs(folder, 3).train();
    ExampleMaker maker = new ExampleMaker(Wording.TRAIN, new WordEncoder(), 32, 0, 0.5);
    EditBatches batches = new EditBatches(photos, List.of(EditTasks.named("darken")), maker, 8, 3);
    EditBatch batch = batches.batch(1);
    EditBatch silent =
        new EditBatch(
            batch.examples().stream()
                .map(
                    e ->
                        new EditExample(
                            e.task(), e.sentence(), e.text(), e.glance(), e.tile(), e.place()))
                .toList(),
            batch.whole());
    float[] shown = Tensors.toFloats(memoryLearner(memory()).loss(batch)); // it writes nothing yet
    float[] words = Tensors.toFloats(memoryLearner(memory()).loss(silent));
    int pairs = 0;
    for (int i = 0; i < shown.length; i++) {
      if (batch.examples().get(i).shown().isEmpty()) {
        assertEquals(words[i], shown[i], 1e-5);
      } else {
        assertTrue(shown[i] < words[i], shown[i] + " with pairs, without " + words[i]);
        pairs++;
      }
    }
    assertTrue(pairs > 1 && pairs < shown.length, pairs + " of 8");
    FunctionalMemory other = TinyEditor.memory(base.layout(), 2);
    assertFalse(
        Arrays.equals(
            Tensors.toFloats(
                other.recall(new EditObjective(base).pose(batch).condition()).tensors().get(0)),
            Tensors.toFloats(
                other.recall(new EditObjective(base).pose(silent).condition()).tensors().get(0))),
        "the memory reads the pairs");
  }

  private MemoryLearner<EditBatch> memoryLearner(FunctionalMemory memory) {
    return new MemoryLearner<>(memory, new EditObjective(base));
  }

  @Test
  void needsAMemoryAndAnObjective() {
    assertThrows(
        NullPointerException.class, () -> new MemoryLearner<>(null, new EditObjective(base)));
    assertThrows(NullPointerException.class, () -> new MemoryLearner<EditBatch>(memory(), null));
  }

  private static double mean(Tensor loss) {
    double sum = 0;
    float[] values = Tensors.toFloats(loss);
    for (float v : values) {
      sum += v / values.length;
    }
    return sum;
  }
}
