package dev.mneme.edit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.TinyEditor;
import dev.mneme.edit.base.ModelException;
import dev.mneme.edit.picture.Pictures;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.edit.text.Verdict;
import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.Condition;
import dev.mneme.memory.generator.FunctionalMemory;
import dev.mneme.memory.generator.GeneratorConfig;
import dev.mneme.memory.peft.PeftAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memories beside the first. */
class MemoriesTest {
  private static final AdapterLayout LAYOUT = TinyEditor.CONFIG.layout(TinyEditor.RANK);

  @TempDir Path models;

  @BeforeEach
  void save() throws IOException {
    TinyEditor.saveModels(models);
  }

  private Path beside(AdapterLayout layout, String tasks) throws IOException {
    Path place = models.resolve("memory-weather");
    TinyEditor.memory(layout, 3).save(place);
    if (tasks != null) {
      Files.writeString(place.resolve(Memories.TASKS), tasks);
    }
    return place;
  }

  @Test
  void aTaskIsWrittenByTheMemoryThatIsForIt() throws IOException {
    beside(LAYOUT, "snow\n\n  rain\n");
    Memories memories = Memories.load(models, TinyEditor.CONFIG);
    assertSame(memories.first(), memories.of("warm"));
    assertNotSame(memories.first(), memories.of("snow"));
    assertSame(memories.of("snow"), memories.of("rain"));
    assertSame(memories.of("rain"), memories.of(new Verdict(1, 0, "brighten", "rain")));
    assertSame(memories.first(), memories.of(new Verdict(1, 0, "rain", "warm")));
  }

  @Test
  void oneMemoryIsForAll() throws IOException {
    Memories memories = Memories.load(models, TinyEditor.CONFIG);
    assertSame(memories.first(), memories.of("snow"));
    assertTrue(memories.others().isEmpty());
  }

  @Test
  void whatDoesNotFitIsRefused() throws IOException {
    Path place = beside(LAYOUT, null);
    String missing =
        assertThrows(ModelException.class, () -> Memories.load(models, TinyEditor.CONFIG))
            .getMessage();
    assertTrue(missing.contains("tasks.txt"), missing);
    beside(TinyEditor.CONFIG.layout(TinyEditor.RANK + 2), "snow");
    String other =
        assertThrows(ModelException.class, () -> Memories.load(models, TinyEditor.CONFIG))
            .getMessage();
    assertTrue(other.contains(place.getFileName().toString()), other);
    GeneratorConfig wide =
        GeneratorConfig.builder(LAYOUT, 2 * TinyEditor.CONFIG.width())
            .tokenDim(32)
            .dimAccumulation(2)
            .dModel(32)
            .headDim(16)
            .blocks(1)
            .build();
    FunctionalMemory.fresh(wide, 1).save(place);
    String reads =
        assertThrows(ModelException.class, () -> Memories.load(models, TinyEditor.CONFIG))
            .getMessage();
    assertTrue(reads.contains("reads " + 2 * TinyEditor.CONFIG.width()), reads);
  }

  /** A LoRA with something in every weight, kept as a task's own. */
  private Adapters own(String task, long seed) throws IOException {
    Adapters lora = TinyEditor.adapters(LAYOUT, 1, 0.5, seed);
    PeftAdapter.write(models.resolve(Memories.OWN).resolve(task), lora);
    return lora;
  }

  @Test
  void aTasksOwnIsAddedWhereItIsHeardAndReadInPlainWords() throws IOException {
    Adapters lora = own("warm", 4);
    Memories memories = Memories.load(models, TinyEditor.CONFIG);
    Verdict plainly = new Verdict(1, -1, "warm", "warm", "make it warm");
    assertEquals(lora.digest(), memories.own(plainly).digest());
    assertTrue(memories.own(new Verdict(1, -1, "warm", "warm")).isEmpty(), "other words");
    assertEquals(
        0.25 * memories.own(plainly).scale(), memories.own(plainly.showing(0.25)).scale(), 1e-12);
    assertTrue(memories.own(plainly.showing(0)).isEmpty(), "nothing is amiss");
    assertTrue(memories.own(new Verdict(1, -1, "cool", "cool", "cool it")).isEmpty());
    assertTrue(memories.alone().own(plainly).isEmpty());

    Condition condition = Condition.of(torch.rand(1, 3, TinyEditor.CONFIG.width()));
    Adapters recalled = memories.recall(plainly, condition);
    Adapters written = memories.first().recall(condition);
    for (String key : LAYOUT.keys()) {
      Tensor sum = change(written, key).add(change(lora, key));
      assertTrue(sum.sub(change(recalled, key)).abs().max().item_float() < 1e-4, key);
    }
  }

  private static Tensor change(Adapters adapters, String key) {
    return adapters.at(key).product().mul(new Scalar(adapters.scale()));
  }

  /** What the base does alone needs nothing of a memory, but may have a LoRA of its own. */
  @Test
  void aTaskOfTheBaseGetsItsOwnAlone() throws IOException {
    Adapters lora = own("darken", 4);
    Memories memories = Memories.load(models, TinyEditor.CONFIG);
    Condition condition = Condition.of(torch.rand(1, 3, TinyEditor.CONFIG.width()));
    Adapters recalled =
        memories.recall(new Verdict(1, 1, "darken", "warm", "make it darker"), condition);
    for (String key : LAYOUT.keys()) {
      Tensor apart = change(recalled, key).sub(change(lora, key));
      assertTrue(apart.abs().max().item_float() < 1e-5, key);
    }
  }

  @Test
  void aTasksOwnThatIsNoneIsRefused() throws IOException {
    own("warm", 4);
    Path place = models.resolve(Memories.OWN).resolve("warm");
    Files.writeString(place.resolve("adapter_model.safetensors"), "not weights");
    assertEquals(ModelException.Kind.CORRUPT, refused(place));
    AdapterLayout deeper =
        new AdapterLayout(LAYOUT.prefix(), LAYOUT.layers() + 1, LAYOUT.rank(), LAYOUT.sites());
    PeftAdapter.write(place, TinyEditor.adapters(deeper, 1, 1, 1));
    assertEquals(ModelException.Kind.CORRUPT, refused(place));
    Files.delete(place.resolve("adapter_config.json"));
    assertEquals(ModelException.Kind.MISSING, refused(place.resolve("adapter_config.json")));
  }

  private ModelException.Kind refused(Path named) {
    ModelException e =
        assertThrows(ModelException.class, () -> Memories.load(models, TinyEditor.CONFIG));
    assertTrue(e.getMessage().startsWith(named + ": "), e.getMessage());
    return e.kind();
  }

  /** Example pairs are read by the memory that was taught to. */
  @Test
  void theMemoryForPairsReadsThem() throws IOException {
    RasterImage photo = RasterImage.of(Pictures.scene(40, 40));
    List<ExamplePair> pairs =
        List.of(new ExamplePair(photo, RasterImage.of(Pictures.noise(40, 40, 1))));
    String alone;
    try (Editor editor = Editor.open(models);
        Operator operator = editor.shown(pairs)) {
      alone = operator.digest();
    }
    beside(LAYOUT, Editor.SHOWN);
    try (Editor editor = Editor.open(models);
        Operator operator = editor.shown(pairs)) {
      assertNotEquals(alone, operator.digest());
      assertEquals(25, editor.memoryDigest().length(), "two of 12 digits");
    }
  }
}
