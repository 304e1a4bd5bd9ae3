package dev.mneme.edit.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.TinyEditor;
import dev.mneme.edit.WordEncoder;
import dev.mneme.edit.base.EditorConfig;
import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.pipeline.Memories;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.edit.text.Verdict;
import dev.mneme.learn.Progress;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.LoraFactors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskMixTest {
  @TempDir Path folder;
  private Path models;
  private TaskMix mix;

  @BeforeEach
  void open() throws IOException {
    models = Files.createDirectory(folder.resolve("models"));
    TinyEditor.saveModels(models);
    Path photos = Files.createDirectory(folder.resolve("photos"));
    List<Photo> train = TinyEditor.photographs(photos, 3).train();
    mix = new TaskMix(models, train, new WordEncoder(), 7);
  }

  @Test
  void bettersWhatTheMemoryWritesInTwoPlaces() throws IOException {
    TaskMix.Bettered blur = mix.solve(EditTasks.named("blur"), Progress.NONE);
    assertTrue(blur.helps() && blur.after() > blur.before() + 1, blur.toString());
    for (Map.Entry<String, LoraFactors> e : blur.lora().factors().entrySet()) {
      boolean mixes =
          List.of("blocks.0." + EditorConfig.MIX, EditorConfig.SECOND).contains(e.getKey());
      assertEquals(mixes, e.getValue().b().abs().max().item_float() > 0, e.getKey());
    }
    assertTrue(blur.again());
    blur.save(models.resolve(Memories.OWN).resolve("blur"));
    Adapters read =
        Memories.load(models, TinyEditor.CONFIG)
            .own(new Verdict(1, -1, "blur", "blur", "make it blurry"));
    for (String key : read.factors().keySet()) {
      double apart = TinyEditor.difference(blur.lora().at(key).product(), read.at(key).product());
      assertTrue(apart < 1e-5, key);
    }
  }

  /** The same examples, the same answer. */
  @Test
  void isSolvedTheSameWayEachTime() {
    TaskMix.Bettered one = mix.solve(EditTasks.named("darken"), Progress.NONE);
    TaskMix.Bettered other = mix.solve(EditTasks.named("darken"), Progress.NONE);
    assertEquals(one.lora().digest(), other.lora().digest());
    assertEquals(one.after(), other.after());
  }

  @Test
  void whatGainsNoMoreThanChanceIsNotKept() {
    Adapters any = Adapters.none();
    assertTrue(new TaskMix.Bettered(30, 30.3, 0.1, any).helps());
    assertFalse(new TaskMix.Bettered(30, 30.15, 0.1, any).helps());
    assertFalse(new TaskMix.Bettered(30, 29, 0.1, any).helps());
  }

  @Test
  void aSecondMixSeesNoMoreThanItNeeds() {
    assertEquals(0, TaskMix.least(sights(36.95, 36.60, 35.54)));
    assertEquals(1, TaskMix.least(sights(38.10, 38.03, 32.15)));
    assertEquals(1, TaskMix.least(sights(30.84, 31.23, 30.93)));
    assertEquals(2, TaskMix.least(sights(27.78, 27.70, 27.72)));
  }

  private static List<TaskMix.Bettered> sights(double... after) {
    return DoubleStream.of(after)
        .mapToObj(psnr -> new TaskMix.Bettered(20, psnr, 0.1, Adapters.none()))
        .toList();
  }

  /** It takes time in every edit. */
  @Test
  void aSecondMixMustGainMuchWhereMuchIsLeft() {
    Adapters any = Adapters.none();
    assertTrue(new TaskMix.Bettered(30, 30.4, 0.1, any).helpsAgain());
    assertFalse(new TaskMix.Bettered(30, 30.25, 0.1, any).helpsAgain());
    assertFalse(new TaskMix.Bettered(30, 30.4, 0.3, any).helpsAgain());
    assertFalse(new TaskMix.Bettered(37, 39, 0.1, any).helpsAgain());
  }
}
