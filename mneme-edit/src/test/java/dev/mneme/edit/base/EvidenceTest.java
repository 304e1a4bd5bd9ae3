package dev.mneme.edit.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.TinyEditor;
import dev.mneme.edit.WordEncoder;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.Pictures;
import dev.mneme.memory.Condition;
import dev.mneme.tensor.Scopes;
import dev.mneme.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class EvidenceTest {
  private static final int TILE = TinyEditor.CONFIG.tile();
  private static final int LENS = TinyEditor.CONFIG.lens();

  private final EditorBase base = TinyEditor.base(1);

  private static Picture darkerCorners(Picture picture) {
    float[] out = picture.rgb().clone();
    for (int i = 0; i < out.length; i++) {
      int at = i % picture.plane();
      double u = (at % TILE + 0.5) / TILE - 0.5;
      double v = (at / TILE + 0.5) / TILE - 0.5;
      out[i] *= (float) (1 - 0.5 * 2 * (u * u + v * v));
    }
    return new Picture(TILE, TILE, out);
  }

  private Evidence evidence(Picture... pictures) {
    return Evidence.of(
        base, Arrays.stream(pictures).map(p -> Shown.whole(p, darkerCorners(p))).toList());
  }

  /** By hand: sums over pixels of what changed times the source's distance-weighted red. */
  @Test
  void momentsAreMeansOverAllPixelsOfAllPairs() {
    Picture[] pictures = {Pictures.noise(TILE, TILE, 1), Pictures.scene(TILE, TILE)};
    double expected = 0;
    for (Picture picture : pictures) {
      Picture after = darkerCorners(picture);
      for (int i = 0; i < picture.plane(); i++) {
        double u = (i % TILE + 0.5) / TILE - 0.5;
        double v = (i / TILE + 0.5) / TILE - 0.5;
        double change = after.rgb()[i] - picture.rgb()[i];
        expected += change * picture.rgb()[i] * 2 * (u * u + v * v) / picture.plane() / 2;
      }
    }
    double red = expected;
    Scopes.run(
        () -> {
          Evidence told = evidence(pictures);
          assertArrayEquals(new long[] {3, LENS + 3}, told.moments().shape());
          assertEquals(red, Tensors.toFloats(told.moments())[LENS], 1e-5);
        });
  }

  @Test
  void aMemoryReadsItBehindWhatItReadsAnyway() {
    Scopes.run(
        () -> {
          Picture picture = Pictures.scene(TILE, TILE);
          Tensor tiles = torch.tensor(picture.rgb()).view(1, 3, TILE, TILE).expand(2, -1, -1, -1);
          TextBatch text = TextBatch.of(List.of(new WordEncoder().encode("warm it"))).expandedTo(2);
          Condition plain = Glance.take(base, tiles, text).condition();
          Evidence told = evidence(picture);
          Condition shown =
              Glance.take(base, tiles, text, List.of(Optional.of(told), Optional.empty()))
                  .condition();
          int more = Evidence.tokens(TinyEditor.CONFIG);
          assertEquals(plain.length() + more, shown.length());
          Tensor read = shown.states().narrow(1, plain.length(), more);
          assertArrayEquals(
              Tensors.toFloats(told.read(TinyEditor.CONFIG.width())),
              Tensors.toFloats(read.select(0, 0)));
          Tensor mask = shown.mask().narrow(1, plain.length(), more);
          assertTrue(mask.select(0, 0).all().item_bool());
          assertFalse(mask.select(0, 1).any().item_bool());
          assertArrayEquals(
              Tensors.toFloats(plain.states()),
              Tensors.toFloats(shown.states().narrow(1, 0, plain.length())));
        });
  }

  @Test
  void allThatIsReadIsFiniteAndOfOrderOne() {
    Scopes.run(
        () -> {
          for (float value :
              Tensors.toFloats(
                  evidence(Pictures.noise(TILE, TILE, 5)).read(TinyEditor.CONFIG.width()))) {
            assertTrue(Math.abs(value) < 50, "found " + value);
          }
        });
  }
}
