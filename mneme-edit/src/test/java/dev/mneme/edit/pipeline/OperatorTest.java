package dev.mneme.edit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.TinyEditor;
import dev.mneme.edit.base.ModelException;
import dev.mneme.edit.base.ModelException.Kind;
import dev.mneme.edit.picture.Measures;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.Pictures;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.AdapterMismatchException;
import dev.mneme.memory.peft.PeftAdapter;
import dev.mneme.tensor.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorTest {
  private static final String SENTENCE = "使它更暖 \"quoted\"";

  @TempDir Path folder;

  private final RasterImage photo = RasterImage.of(Pictures.scene(75, 50));
  private final RasterImage other = RasterImage.of(Pictures.noise(45, 61, 3));
  private final Editor editor = EditorTest.editor(Precision.FP32);

  @BeforeEach
  void save() throws IOException {
    try (Operator operator = editor.recall(photo, SENTENCE)) {
      operator.save(folder);
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aSavedOperatorDoesWhatTheOneAtHandDoes(Precision precision) throws IOException {
    Editor own = EditorTest.editor(precision);
    try (Operator direct = own.recall(photo, SENTENCE)) {
      direct.save(folder);
      try (Operator loaded = Operator.load(folder, own)) {
        assertEquals(direct.sentence(), loaded.sentence());
        assertEquals(direct.digest(), loaded.digest());
        for (RasterImage picture : List.of(photo, other)) {
          for (double strength : new double[] {1, 0.3}) {
            RasterImage expected = own.apply(picture, direct, strength, TileProgress.NONE);
            RasterImage found = own.apply(picture, loaded, strength, TileProgress.NONE);
            assertTrue(expected.sameAs(found));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mneme.json", "adapter_config.json", "adapter_model.safetensors"})
  void aMissingFileIsNamed(String name) throws IOException {
    Files.delete(folder.resolve(name));
    requireRefused(Kind.MISSING, name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"sentence\": 3}",
        "{}",
        "{\"sentence\": \"darken it\", \"ceiling\": 0}",
        "{\"sentence\": \"darken it\", \"ceiling\": 1.5}",
        "{\"sentence\": \"darken it\", \"ceiling\": \"high\"}"
      })
  void aSentenceThatIsNoneIsCorrupt(String text) throws IOException {
    Files.writeString(folder.resolve("mneme.json"), text);
    requireRefused(Kind.CORRUPT, "mneme.json");
  }

  @Test
  void aCeilingIsKept() throws IOException {
    Files.writeString(
        folder.resolve("mneme.json"), "{\"sentence\": \"darken it\", \"ceiling\": 0.4}");
    RasterImage bright = RasterImage.of(Pictures.noise(40, 30, 7));
    Picture below = bright.toPicture().below(0.4);
    try (Operator operator = Operator.load(folder, editor)) {
      assertEquals(0.4, operator.wishes().ceiling());
      operator.save(folder);
      Picture edited = editor.apply(bright, operator, 1, TileProgress.NONE).toPicture();
      Picture expected =
          editor.apply(RasterImage.of(below), operator, 1, TileProgress.NONE).toPicture();
      assertTrue(Measures.psnr(expected, edited) > 40, "as of a picture without anything brighter");
    }
    try (Operator again = Operator.load(folder, editor)) {
      assertEquals(0.4, again.wishes().ceiling());
    }
  }

  @Test
  void damagedWeightsAreCorrupt() throws IOException {
    Path file = folder.resolve("adapter_model.safetensors");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 1));
    requireRefused(Kind.CORRUPT, "adapter_model.safetensors");
  }

  private void requireRefused(Kind kind, String said) {
    ModelException e = assertThrows(ModelException.class, () -> Operator.load(folder, editor));
    assertEquals(kind, e.kind(), e.getMessage());
    assertTrue(e.getMessage().contains(said), e.getMessage());
    assertTrue(e.getMessage().contains("expected"), e.getMessage());
  }

  @Test
  void weightsForAnotherEditorAreRefused() throws IOException {
    AdapterLayout own = editor.layout();
    AdapterLayout deeper = new AdapterLayout(own.prefix(), 3, own.rank(), own.sites());
    PeftAdapter.write(folder, TinyEditor.adapters(deeper, 1, 1, 5));
    assertThrows(AdapterMismatchException.class, () -> Operator.load(folder, editor));
  }
}
