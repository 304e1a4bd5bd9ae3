package dev.mneme.edit.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.TinyEditor;
import dev.mneme.edit.WordEncoder;
import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.base.EditorConfig;
import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.learn.MemoryLearner;
import dev.mneme.learn.Progress;
import dev.mneme.learn.Schedule;
import dev.mneme.learn.TrainingConfig;
import dev.mneme.memory.Memory;
import dev.mneme.memory.NoMemory;
import dev.mneme.memory.StaticMemory;
import dev.mneme.memory.SumMemory;
import dev.mneme.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MixLessonTest {
  private static final int RANK = 5;

  @TempDir Path folder;

  private final EditorBase base = TinyEditor.base(1);
  private final WordEncoder encoder = new WordEncoder();
  private RunConfig run;
  private EditBatch batch;

  @BeforeEach
  void photographs() throws IOException {
    List<Photo> photos = TinyEditor.photographs(folder, 3).train();
    TrainingConfig training =
        new TrainingConfig(folder.resolve("run"), new Schedule(10, 1, 1e-3, 0.1), 0, 1, 1, 10, 10);
    run = new RunConfig(training, photos, List.of(EditTasks.named("blur")), 8, 0, 7);
    ExampleMaker maker = new ExampleMaker(Wording.PLAIN, encoder, base.config().tile(), 0);
    batch = new EditBatches(photos, run.tasks(), maker, 8, 5).batch(1);
  }

  private StaticMemory fresh() {
    return StaticMemory.fresh(base.layout().withRank(RANK), 2, 3);
  }

  private double loss(Memory written, StaticMemory lora) {
    try (NoGradGuard guard = new NoGradGuard()) {
      SumMemory both = new SumMemory(written, lora);
      Tensor loss = new MemoryLearner<>(both, new EditObjective(base)).loss(batch);
      return loss.mean().item_float();
    }
  }

  @Test
  void besideAnyMemoryTheMixBringsPicturesNearer() {
    for (Memory written :
        List.of(new NoMemory(base.layout()), TinyEditor.memory(base.layout(), 2))) {
      StaticMemory lora = fresh();
      double before = loss(written, lora);
      MixLesson.learn(lora, written, base, run, encoder, Progress.NONE);
      double after = loss(written, lora);
      assertTrue(after < 0.8 * before, before + " to " + after);
    }
  }

  @Test
  void whatIsNotTheMixIsLeftToBeLearned() {
    StaticMemory lora = fresh();
    MixLesson.learn(lora, new NoMemory(base.layout()), base, run, encoder, Progress.NONE);
    StaticMemory untouched = fresh();
    String mix = base.layout().key(0, EditorConfig.MIX);
    lora.parameters()
        .forEach(
            (name, weight) -> {
              Tensor was = untouched.parameters().get(name);
              if (!name.startsWith(mix + ".")) {
                assertArrayEquals(Tensors.toFloats(was), Tensors.toFloats(weight), name);
              } else if (name.endsWith("lora_A")) {
                long rest = RANK - MixLesson.RANK;
                Tensor apart =
                    was.narrow(1, MixLesson.RANK, rest).sub(weight.narrow(1, MixLesson.RANK, rest));
                assertEquals(0, apart.abs().max().item_float(), "free ranks");
              }
            });
    double without = loss(new NoMemory(base.layout()), lora);
    try (NoGradGuard guard = new NoGradGuard()) {
      lora.parameters().get(mix + ".lora_A").mul_(new Scalar(1.2));
    }
    assertTrue(loss(new NoMemory(base.layout()), lora) > without, "the scale is right");
  }
}
