package dev.mneme.edit.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.edit.TinyEditor;
import dev.mneme.edit.WordEncoder;
import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.base.EditorModel;
import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.learn.Progress;
import dev.mneme.learn.Schedule;
import dev.mneme.learn.TrainingConfig;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.StaticMemory;
import dev.mneme.memory.generator.FunctionalMemory;
import dev.mneme.memory.peft.PeftAdapter;
import dev.mneme.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every run that made a shipped model, at a tiny size. */
class EditRunsTest {
  private static final int RANK = 4;
  private static final List<EditTask> TASKS =
      List.of(EditTasks.named("darken"), EditTasks.named("denoise"));

  @TempDir static Path folder;
  private static List<Photo> photos;
  private static Path editor;

  @BeforeAll
  static void pretrain() throws IOException {
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    photos = TinyEditor.photographs(pictures, 3).train();
    RunConfig run = run("base", 8);
    EditRuns.pretrain(run, TinyEditor.CONFIG, null, new WordEncoder(), Progress.NONE);
    editor = folder.resolve("base").resolve(EditRuns.MODEL);
  }

  private static RunConfig run(String name, long steps) {
    TrainingConfig training =
        new TrainingConfig(
            folder.resolve(name), new Schedule(steps, 2, 3e-3, 0.1), 0.01, 1, 1, 2, 1);
    return new RunConfig(training, photos, TASKS, 2, 0.3, 11);
  }

  @Test
  void pretrainingLeavesABaseThatPaints() throws IOException {
    EditorBase base = EditorModel.load(editor, RANK);
    assertEquals(TinyEditor.CONFIG, base.config());
    Map<String, Tensor> weights = EditorModel.weights(editor, base.config());
    assertTrue(weights.get("blocks.0.paint.proj.weight").any().item_bool());
    assertEquals(8, lines("base").size());
  }

  /**
   * Also where only some steps reach a weight: Chinese sentences, the context of larger pictures.
   */
  @Test
  void pretrainingGoesOnWhereItWasStopped() throws IOException {
    for (int stop : new int[] {3, 5}) {
      String name = "stopped" + stop;
      Progress stopping =
          (done, total, loss) -> {
            if (done == stop) {
              throw new IllegalStateException("stopped");
            }
          };
      assertThrows(
          IllegalStateException.class,
          () ->
              EditRuns.pretrain(
                  run(name, 8), TinyEditor.CONFIG, null, new WordEncoder(), stopping));
      assertFalse(Files.exists(folder.resolve(name).resolve(EditRuns.MODEL)));
      EditRuns.pretrain(run(name, 8), TinyEditor.CONFIG, null, new WordEncoder(), Progress.NONE);
      assertEquals(lines("base"), lines(name));
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("base/checkpoint.safetensors")),
          Files.readAllBytes(folder.resolve(name).resolve("checkpoint.safetensors")));
      assertArrayEquals(
          Files.readAllBytes(editor.resolve("model.safetensors")),
          Files.readAllBytes(
              folder.resolve(name).resolve(EditRuns.MODEL).resolve("model.safetensors")));
    }
  }

  /** The lens' lesson comes first; a run may be stopped after it or in the middle. */
  @Test
  void learningAMemoryGoesOnWhereItWasStopped() throws IOException {
    EditRuns.learnMemory(run("whole", 4), editor, RANK, new WordEncoder(), Progress.NONE);
    Progress stopping =
        (done, total, loss) -> {
          if (done == 3) {
            throw new IllegalStateException("stopped");
          }
        };
    RunConfig again = run("again", 4);
    assertThrows(
        IllegalStateException.class,
        () -> EditRuns.learnMemory(again, editor, RANK, new WordEncoder(), stopping));
    assertFalse(Files.exists(folder.resolve("again").resolve(EditRuns.MODEL)));
    EditRuns.learnMemory(again, editor, RANK, new WordEncoder(), Progress.NONE);
    assertEquals(lines("whole"), lines("again"));
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("whole/model/model.safetensors")),
        Files.readAllBytes(folder.resolve("again/model/model.safetensors")));
  }

  @Test
  void theMemoryLeavesAGeneratorThatFitsTheBase() throws IOException {
    byte[] before = Files.readAllBytes(editor.resolve("model.safetensors"));
    EditRuns.learnMemory(run("memory", 4), editor, RANK, new WordEncoder(), Progress.NONE);
    FunctionalMemory memory =
        FunctionalMemory.load(folder.resolve("memory").resolve(EditRuns.MODEL));
    EditorBase base = EditorModel.load(editor, RANK);
    assertEquals(base.layout().required(), memory.layout());
    Adapters recalled =
        memory.recall(dev.mneme.memory.Condition.of(TinyEditor.random(1, 1, 5, 32)));
    boolean moved = recalled.factors().values().stream().anyMatch(f -> f.b().any().item_bool());
    assertTrue(moved, "a fresh memory writes zeros, a trained one does not");
    assertArrayEquals(before, Files.readAllBytes(editor.resolve("model.safetensors")));
  }

  @Test
  void theSharedLoraIsAPeftDirectory() throws IOException {
    EditRuns.learnShared(run("shared", 4), editor, 3, new WordEncoder(), Progress.NONE);
    Adapters shared =
        PeftAdapter.read(
            folder.resolve("shared").resolve(EditRuns.MODEL), TinyEditor.CONFIG.layout(3));
    assertEquals(3, shared.rank());
    assertEquals(2, shared.scale(), 1e-9);
    Adapters fresh =
        StaticMemory.fresh(TinyEditor.CONFIG.layout(3), 2, 11)
            .recall(dev.mneme.memory.Condition.of(TinyEditor.random(1, 1, 1, 1)));
    assertFalse(shared.digest().equals(fresh.digest()), "it has learned");
  }

  @Test
  void fineTuningLeavesAnotherBase() throws IOException {
    EditRuns.fineTune(run("full", 3), editor, new WordEncoder(), Progress.NONE);
    Path tuned = folder.resolve("full").resolve(EditRuns.MODEL);
    assertEquals(TinyEditor.CONFIG, EditorModel.load(tuned, 1).config());
    String weight = "blocks.1.mlp.down_proj.weight";
    assertFalse(
        Arrays.equals(
            Tensors.toFloats(EditorModel.weights(editor, TinyEditor.CONFIG).get(weight)),
            Tensors.toFloats(EditorModel.weights(tuned, TinyEditor.CONFIG).get(weight))));
  }

  @Test
  void aMatchedLoraHasAsManyWeightsAsTheMemory() {
    int rank = EditRuns.matchedRank(TinyEditor.CONFIG, RANK);
    long memory =
        parameters(
            FunctionalMemory.fresh(EditRuns.generator(TinyEditor.CONFIG, RANK), 0).parameters());
    long lora = parameters(StaticMemory.fresh(TinyEditor.CONFIG.layout(rank), 2, 0).parameters());
    long one = parameters(StaticMemory.fresh(TinyEditor.CONFIG.layout(1), 2, 0).parameters());
    assertTrue(Math.abs(memory - lora) <= one, memory + " and " + lora);
  }

  private static long parameters(Map<String, Tensor> parameters) {
    return parameters.values().stream().mapToLong(Tensor::numel).sum();
  }

  @Test
  void theMemorysOwnTasksHaveMostSharesAndThoseThatDependOnThePictureMore() {
    List<EditTask> shares = EditRuns.memoryShares();
    for (EditTask task : EditTasks.all()) {
      long expected =
          switch (task.name()) {
            case "deblur" -> 8;
            case "clear_haze" -> 10;
            case "denoise" -> 6;
            case "add_haze", "remove_grain" -> 3;
            default ->
                switch (task.learner()) {
                  case MEMORY -> task.pictureDependent() ? 6 : 4;
                  case BASE -> 1;
                  case LATER -> 0;
                };
          };
      assertEquals(expected, shares.stream().filter(task::equals).count(), task.name());
    }
  }

  /** Lines of a run's metrics without the time they took. */
  private static List<ObjectNode> lines(String run) throws IOException {
    List<ObjectNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(run).resolve("metrics.jsonl"))) {
      ObjectNode node = (ObjectNode) new ObjectMapper().readTree(line);
      node.remove("seconds");
      lines.add(node);
    }
    return lines;
  }
}
