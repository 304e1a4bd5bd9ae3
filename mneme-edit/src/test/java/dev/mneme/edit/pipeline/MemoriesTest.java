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
import dev.mneme.edit.text.Understanding.Verdict;
import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.generator.FunctionalMemory;
import dev.mneme.memory.generator.GeneratorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
