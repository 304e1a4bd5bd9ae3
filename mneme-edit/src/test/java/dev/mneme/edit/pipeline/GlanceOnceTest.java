package dev.mneme.edit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.TinyEditor;
import dev.mneme.edit.WordEncoder;
import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.Pictures;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.tensor.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The picture an operator was written for is glanced at once; the result is the same to the bit.
 */
class GlanceOnceTest {
  @TempDir Path folder;

  private final List<Stage> heard = new ArrayList<>();
  private final RasterImage photo = RasterImage.of(Pictures.scene(75, 50));

  private Editor editor(Precision precision) {
    EditorBase base = TinyEditor.base(1);
    Editor.Parts parts =
        new Editor.Parts(
            base, TinyEditor.memory(base.layout(), 2), new ModelDigests("editor", "memory"));
    return new Editor(parts, new WordEncoder(), precision, (stage, nanos) -> heard.add(stage));
  }

  private int glances() {
    return Collections.frequency(heard, Stage.GLANCE);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void onceForItsOwnPictureAndAnewForOthers(Precision precision) throws IOException {
    try (Editor editor = editor(precision);
        Operator operator = editor.recall(photo, "make it warm")) {
      RasterImage first = editor.apply(photo, operator, 1, TileProgress.NONE);
      RasterImage again =
          editor.apply(RasterImage.of(photo.toPicture()), operator, 1, TileProgress.NONE);
      assertEquals(1, glances(), "the same pixels, whatever holds them");
      assertTrue(first.sameAs(again));

      operator.save(folder);
      try (Operator loaded = Operator.load(folder, editor)) {
        RasterImage anew = editor.apply(photo, loaded, 1, TileProgress.NONE);
        assertEquals(2, glances(), "a saved operator has seen nothing");
        assertTrue(first.sameAs(anew), "a kept context is the one a new glance gives");
      }

      RasterImage other = RasterImage.of(Pictures.noise(75, 50, 3));
      RasterImage fresh;
      try (Operator loaded = Operator.load(folder, editor)) {
        fresh = editor.apply(other, loaded, 1, TileProgress.NONE);
      }
      assertTrue(fresh.sameAs(editor.apply(other, operator, 1, TileProgress.NONE)));
      assertEquals(4, glances());
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aPictureThatChangedIsLookedAtAgain(Precision precision) throws IOException {
    try (Editor editor = editor(precision);
        Operator operator = editor.recall(photo, "make it warm")) {
      operator.save(folder);
      photo.put(new Picture(1, 1, new float[] {1, 1, 1}), 40, 20);
      RasterImage found = editor.apply(photo, operator, 1, TileProgress.NONE);
      assertEquals(2, glances());
      try (Operator loaded = Operator.load(folder, editor)) {
        assertTrue(editor.apply(photo, loaded, 1, TileProgress.NONE).sameAs(found));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void anotherEditorLooksForItself(Precision precision) throws IOException {
    try (Editor editor = editor(precision);
        Editor other = editor(precision);
        Operator operator = editor.recall(photo, "make it warm")) {
      other.apply(photo, operator, 1, TileProgress.NONE);
      assertEquals(2, glances());
    }
  }
}
