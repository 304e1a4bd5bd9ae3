package dev.mneme.edit.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.TinyEditor;
import dev.mneme.edit.WordEncoder;
import dev.mneme.edit.picture.Measures;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.Pictures;
import dev.mneme.memory.Adapters;
import dev.mneme.tensor.Scopes;
import dev.mneme.tensor.Tensors;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class ShownMixTest {
  private static final int TILE = TinyEditor.CONFIG.tile();

  private final EditorBase base =
      TinyEditor.constant(TinyEditor.CONFIG, new float[TinyEditor.CONFIG.paintWidth()]);

  private static Picture mapped(Picture picture, DoubleUnaryOperator map) {
    float[] out = new float[picture.rgb().length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) map.applyAsDouble(picture.rgb()[i]);
    }
    return new Picture(picture.width(), picture.height(), out);
  }

  private Picture edited(Picture picture, Adapters adapters) {
    TextBatch text = TextBatch.of(List.of(new WordEncoder().encode("like the examples")));
    Tensor tiles = torch.tensor(picture.rgb()).view(1, 3, TILE, TILE);
    Tensor place = torch.tensor(0f, 0f, 1f, 1f).view(1, 4);
    Tensor context = Glance.take(base, tiles, text).context();
    float[] out =
        Tensors.toFloats(base.forward(new EditorInput(tiles, text, context, place), adapters));
    return new Picture(TILE, TILE, out);
  }

  private Adapters write(List<Shown> pairs) {
    return ShownMix.write(base, List.of(Optional.of(Evidence.of(base, pairs))));
  }

  /** Squares, roots and the source are features: such a curve is a mix of them. */
  @Test
  void aMixOfFeaturesIsFoundAndHoldsForOtherPictures() {
    DoubleUnaryOperator curve = x -> 0.15 + 0.5 * x + 0.3 * x * x;
    List<Shown> pairs =
        List.of(1, 2).stream()
            .map(seed -> Pictures.noise(TILE, TILE, seed))
            .map(p -> Shown.whole(p, mapped(p, curve)))
            .toList();
    Scopes.run(
        () -> {
          Adapters adapters = write(pairs);
          assertEquals(1, adapters.batch());
          assertEquals(3, adapters.rank());
          Picture other = Pictures.scene(TILE, TILE);
          double before = Measures.psnr(other, mapped(other, curve));
          double after = Measures.psnr(edited(other, adapters), mapped(other, curve));
          assertTrue(after > before + 10, "%.1f dB, %.1f before".formatted(after, before));
        });
  }

  @Test
  void pairsThatShowNoChangeWriteNone() {
    Picture picture = Pictures.noise(TILE, TILE, 3);
    Scopes.run(
        () -> {
          Adapters adapters = write(List.of(Shown.whole(picture, picture)));
          assertEquals(0, Pictures.largestDifference(picture, edited(picture, adapters)), 1e-6);
        });
  }

  @Test
  void requestsOfABatchThatWereShownNothingGetNothing() {
    Picture picture = Pictures.noise(TILE, TILE, 3);
    Picture other = Pictures.scene(TILE, TILE);
    List<Shown> pairs = List.of(Shown.whole(picture, mapped(picture, x -> 1 - x)));
    Scopes.run(
        () -> {
          Optional<Evidence> told = Optional.of(Evidence.of(base, pairs));
          Adapters both = ShownMix.write(base, List.of(Optional.empty(), told));
          assertEquals(2, both.batch());
          assertEquals(0, Pictures.largestDifference(other, edited(other, both.select(0))), 1e-6);
          Picture alone = edited(other, ShownMix.write(base, List.of(told)));
          assertEquals(0, Pictures.largestDifference(alone, edited(other, both.select(1))), 1e-5);
          assertTrue(Pictures.largestDifference(other, alone) > 0.1);
        });
  }

  @Test
  void cornersSpreadOverLargePicturesAndStayInside() {
    assertEquals(1, Shown.corners(128, 128, 128).size());
    assertEquals(16, Shown.corners(4000, 3000, 128).size());
    for (int[] size : new int[][] {{128, 500}, {129, 128}, {4001, 2999}}) {
      List<int[]> corners = Shown.corners(size[0], size[1], 128);
      for (int[] corner : corners) {
        assertTrue(corner[0] >= 0 && corner[0] + 128 <= size[0]);
        assertTrue(corner[1] >= 0 && corner[1] + 128 <= size[1]);
      }
      assertEquals(corners.size(), corners.stream().map(c -> c[0] + " " + c[1]).distinct().count());
    }
  }

  @Test
  void aPairOfTwoSizesIsRefused() {
    Picture small = Pictures.noise(4, 4, 1);
    Picture large = Pictures.noise(5, 4, 1);
    String message =
        assertThrows(IllegalArgumentException.class, () -> Shown.whole(small, large)).getMessage();
    assertTrue(message.contains("4 x 4 before and 5 x 4 after"), message);
  }
}
