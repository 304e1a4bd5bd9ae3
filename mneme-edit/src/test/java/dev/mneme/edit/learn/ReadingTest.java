package dev.mneme.edit.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mneme.edit.TinyEditor;
import dev.mneme.edit.WordEncoder;
import dev.mneme.edit.base.EditorWeights;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.learn.Progress;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingTest {
  private static final List<EditTask> TASKS =
      List.of(EditTasks.named("blur"), EditTasks.named("invert"), EditTasks.named("sketch"));

  @TempDir private Path folder;

  private Map<String, Tensor> read(String name) throws IOException {
    Engine.start();
    Map<String, Tensor> weights = EditorWeights.fresh(TinyEditor.CONFIG, 5);
    weights.values().forEach(w -> w.set_requires_grad(true));
    Reading.learn(folder.resolve(name), weights, TASKS, new WordEncoder(), 3, 50, Progress.NONE);
    return weights;
  }

  @Test
  void sentencesAreToldApartAfterwards() throws IOException {
    read("a");
    List<String> lines = Files.readAllLines(folder.resolve("a/metrics.jsonl"));
    assertEquals(2, lines.size(), "200 steps, a line each 100");
    double last = new ObjectMapper().readTree(lines.get(1)).path("loss").asDouble();
    assertTrue(last < 0.5 * Math.log(3), "loss " + last + " of a guess's " + Math.log(3));
  }

  @Test
  void onlyTheReadingWeightsChangeAndAFinishedLessonIsReadBack() throws IOException {
    Map<String, Tensor> fresh = EditorWeights.fresh(TinyEditor.CONFIG, 5);
    Map<String, Tensor> once = read("a");
    Map<String, Tensor> again = read("a");
    fresh.forEach(
        (name, w) -> {
          float[] before = Tensors.toFloats(w);
          float[] after = Tensors.toFloats(once.get(name));
          assertEquals(name.startsWith("text."), !Arrays.equals(before, after), name);
          assertArrayEquals(after, Tensors.toFloats(again.get(name)), name);
        });
  }
}
